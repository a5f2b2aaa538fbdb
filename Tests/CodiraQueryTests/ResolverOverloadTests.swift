import CodiraModel
import CodiraQuery
import Testing

@Suite struct ResolverOverloadTests {
  private let traits: AnalyzerDescriptor.Traits = [.overloads, .constructorCalls]

  private func facts(_ text: String) -> MemoryFacts {
    let facts = MemoryFacts("file 1\n" + text, traits: traits)
    facts.table = [
      .init(from: "int", to: "long", phase: 0), .init(from: "int", to: "Integer", phase: 1),
      .init(from: "boolean", to: "Boolean", phase: 1), .init(from: "int", to: "int", phase: 0),
      .init(from: "List", to: "Collection", phase: 0), .init(from: "List", to: "", phase: 0),
      .init(from: "int", to: "Object", phase: 1), .init(from: "boolean", to: "boolean", phase: 0),
      .init(from: "[]", to: "[]", phase: 0), .init(from: "", to: "Object", phase: 0),
      .init(from: ";null", to: "Object", phase: 0),
    ]
    return facts
  }

  @Test func byArgumentCount() throws {
    let facts = facts(
      """
      class C#
      method C#m(int). @1-1
      method C#m(int,int). @2-2
      """)
    try check(facts, "call C# m", "exact C#m(int).", count: 1)
    try check(facts, "call C# m", "ambiguous C#m(int). C#m(int,int).")
    try check(facts, "call C# m", "unresolved", count: 3)
    try check(facts, "call C#m(). %", "exact C#m(int,int).", count: 2)
  }

  @Test func aCalledTypeMeansItsConstructors() throws {
    let facts = facts(
      """
      class C#
      constructor C#C(). @0-0
      constructor C#C(int). @1-1
      class D#
      class E#
      field E#c. > C#
      """)
    try check(facts, "call C#", "exact C#C(int).", count: 1)
    try check(facts, "call D#", "exact D#", count: 1)
    // What initializes a field is its type's.
    try check(facts, "call E# c new", "exact C#C().", count: 0)
  }

  @Test func aValueOfItsOwnTypeIsNotConstructedForEver() throws {
    let facts = MemoryFacts("file 1\nvariable a. > a.\nvariable b. > c.\nvariable c. > b.")
    try check(facts, "call a. new", "unresolved", count: 0)
    try check(facts, "call b. new", "unresolved", count: 0)
  }

  @Test func overriddenOnesAreDropped() throws {
    let facts = facts(
      """
      class A#
      method A#m(int). @1-1
      method A#m(p.String). @1-1
      class B# < A#
      method B#m(int). @1-1
      """)
    try check(facts, "call B# m", "ambiguous A#m(p.String). B#m(int).", count: 1)
    try check(facts, "call B# m", "exact B#m(int).", count: 1, arguments: ["EXT:int"])
    try check(facts, "call B# m", "exact A#m(p.String).", count: 1, arguments: ["EXT:String"])
  }

  @Test func byArgumentTypes() throws {
    let facts = facts(
      """
      class A#
      class B# < A#
      class Z#
      class C#
      method C#m(A). @1-1
      method C#m(Z). @1-1
      method C#n(A). @1-1
      method C#n(B). @1-1
      method C#o(long). @1-1
      method C#o(Integer). @1-1
      method C#o(boolean). @1-1
      variable b. > B#
      """)
    try check(facts, "call C# m", "exact C#m(A).", count: 1, arguments: ["b."])
    try check(facts, "call C# n", "exact C#n(B).", count: 1, arguments: ["b."])
    try check(facts, "call C# n", "exact C#n(A).", count: 1, arguments: ["A#"])
    try check(facts, "call C# o", "exact C#o(long).", count: 1, arguments: ["EXT:int"])
    try check(facts, "call C# o", "exact C#o(boolean).", count: 1, arguments: ["EXT:boolean"])
  }

  @Test func byHowAnArgumentIsPassed() throws {
    let facts = facts(
      """
      class A#
      class B# < A#
      class C#
      method C#m(A&). @1-1 >#p0 A#
      method C#m(A&&). @1-1 >#p0 A#
      method C#m(int). @1-1 >#p0 EXT:int
      method C#m(A*). @1-1 >#p0,[] A#
      method C#t(T). @1-1
      method C#t(A&). @1-1 >#p0 A#
      method C#end(). @0-0
      method C#end(const). @0-0
      variable b. > B#
      """)
    facts.table = [
      .init(from: "?&", to: "?&", phase: 0), .init(from: "?&", to: "?", phase: 0),
      .init(from: "?&&", to: "?&&", phase: 0), .init(from: "?&&", to: "?", phase: 0),
      .init(from: "?", to: "?", phase: 0), .init(from: "?", to: "?&", phase: 0),
      .init(from: "?", to: "?&&", phase: 0), .init(from: "?*", to: "?*", phase: 0),
      .init(from: "", to: "?", phase: 0),
      .init(from: ";null", to: "?*", phase: 0), .init(from: "long", to: "int", phase: 1),
      .init(from: "long", to: "long", phase: 0), .init(from: "int", to: "int", phase: 0),
      .init(from: ";of:", to: ";", phase: 0), .init(from: ";of:", to: "const", phase: 1),
      .init(from: ";of:const", to: "const", phase: 0), .init(from: ";of:const", to: ";", phase: 5),
    ]
    try check(facts, "call C# m", "exact C#m(A&).", count: 1, arguments: ["EXT:;as:?& | A#"])
    try check(facts, "call C# m", "exact C#m(A&).", count: 1, arguments: ["EXT:;as:?& | b."])
    try check(facts, "call C# m", "exact C#m(A&&).", count: 1, arguments: ["EXT:;as:?&& | A#"])
    try check(facts, "call C# m", "exact C#m(A*).", count: 1, arguments: ["EXT:;as:?* | b."])
    // Null is never a closed type; what else takes it, nobody says.
    try check(
      facts, "call C# m", "ambiguous C#m(A&&). C#m(A&). C#m(A*).", count: 1, arguments: ["EXT:;null"])
    try check(facts, "call C# m", "exact C#m(int).", count: 1, arguments: ["EXT:;as:?&& | EXT:long"])
    // A type parameter takes anything: it gives way to an equal type alone.
    try check(facts, "call C# t", "exact C#t(A&).", count: 1, arguments: ["EXT:;as:?& | A#"])
    try check(facts, "call C# t", "ambiguous C#t(A&). C#t(T).", count: 1, arguments: ["EXT:;as:?& | b."])
    try check(facts, "call C# end", "exact C#end().", count: 0, arguments: ["EXT:;of:"])
    try check(facts, "call C# end", "exact C#end(const).", count: 0, arguments: ["EXT:;of:const"])
    try check(facts, "call C# end", "ambiguous C#end(). C#end(const).", count: 0)
  }

  @Test func anUnknownNeverDecides() throws {
    let facts = facts(
      """
      class C#
      method C#m(int,String). @2-2
      method C#m(int,Object). @2-2
      """)
    try check(
      facts, "call C# m", "ambiguous C#m(int,Object). C#m(int,String).", count: 2,
      arguments: ["EXT:int", "nowhere/x."])
    try check(facts, "call C# m", "exact C#m(int,String).", count: 2, arguments: ["EXT:int", "EXT:String"])
  }

  @Test func anExternalSupertypeCouldHoldABetterOne() throws {
    let facts = facts(
      """
      class W# < java/Writer#
      method W#write(boolean). @1-1
      """)
    try check(facts, "call W# write", "external", count: 1, arguments: ["EXT:int"])
    try check(facts, "call W# write", "external", count: 2)
    try check(facts, "call W# write", "exact W#write(boolean).", count: 1, arguments: ["EXT:boolean"])
  }

  @Test func insideAChainOneTypeIsEnough() throws {
    let facts = facts(
      """
      class T#
      method T#done(). @0-0
      class C#
      method C#m(int). > T#
      method C#m(long). > T#
      """)
    try check(facts, "call C# m done", "exact T#done().")
  }

  @Test func laterPhasesAreTriedLast() throws {
    let facts = facts(
      """
      class C#
      method C#m(Object). @1-1
      method C#m(long). @1-1
      method C#m(int...). @0
      method C#n(String,Throwable). @2-2
      method C#n(String,Object...). @1
      """)
    try check(facts, "call C# m", "exact C#m(long).", count: 1, arguments: ["EXT:int"])
    try check(facts, "call C# m", "exact C#m(int...).", count: 1, arguments: ["EXT:int[]"])
    try check(facts, "call C# m", "exact C#m(int...).", count: 2, arguments: ["EXT:int", "EXT:int"])
    // The unknown argument may be no Throwable.
    try check(
      facts, "call C# n", "ambiguous C#n(String,Object...). C#n(String,Throwable).", count: 2,
      arguments: ["EXT:String", "nowhere/x."])
  }

  @Test func nullAndLambdasFitWhatIsNotClosed() throws {
    let facts = facts(
      """
      class C#
      method C#m(int). @1-1
      method C#m(Object). @1-1
      method C#m(Runnable). @1-1
      """)
    try check(facts, "call C# m", "exact C#m(Runnable).", count: 1, arguments: ["EXT:;null"])
    try check(
      facts, "call C# m", "ambiguous C#m(Object). C#m(Runnable).", count: 1, arguments: ["EXT:;lambda 0"])
  }

  @Test func arraysAreNoElements() throws {
    let facts = facts(
      """
      class C#
      method C#m(Foo[]). @1-1
      method C#m(Foo). @1-1
      method C#m(Object). @1-1
      class Foo#
      """)
    try check(facts, "call C# m", "exact C#m(Foo[]).", count: 1, arguments: ["EXT:Foo[]"])
    try check(facts, "call C# m", "exact C#m(Foo).", count: 1, arguments: ["Foo#"])
    try check(
      facts, "call C# m", "ambiguous C#m(Foo[]). C#m(Object).", count: 1, arguments: ["EXT:Bar[]"])
  }

  @Test func aTypeWithoutRowsIsKnownByItsName() throws {
    let facts = facts(
      """
      class C#
      method C#m(File). @1-1
      method C#m(Path). @1-1
      method C#file(). > java/io/File#
      class Own# < java/io/File#
      """)
    try check(facts, "call C# m", "exact C#m(File).", count: 1, arguments: ["java/io/File#"])
    try check(facts, "call C# m", "exact C#m(File).", count: 1, arguments: ["C# file"])
    // Its supertype may be a Path for all that is known.
    try check(facts, "call C# m", "ambiguous C#m(File). C#m(Path).", count: 1, arguments: ["Own#"])
    try check(facts, "call C# m", "ambiguous C#m(File). C#m(Path).", count: 1, arguments: ["java/io/Other#"])
  }

  @Test func aCallInsideAChainCountsItsArguments() throws {
    let facts = facts(
      """
      class T#
      method T#done(). @0-0
      class C#
      method C#tag(). > T# @0-0
      method C#tag(String). > C# @1-1
      field C#tag. > C#
      method C#done(). @0-0
      """)
    try check(facts, "call C# tag(0) done", "exact T#done().", count: 0)
    try check(facts, "call C# tag(1) done", "exact C#done().", count: 0)
    try check(facts, "call C# tag done", "exact C#done().", count: 0)
    try check(facts, "call C# tag", "exact C#tag().", count: 0)
  }

  @Test func partsOfATypeAreNoUnderlyingType() throws {
    let facts = facts(
      """
      class Foo#
      class List# >[] Foo#
      class C#
      method C#m(). @0-0
      """)
    try check(facts, "call List# m | C# m", "exact C#m().", count: 0)
  }

  @Test func aConstructorIsNoMemberByName() throws {
    let facts = facts(
      """
      class A#
      constructor A#A(). @0-0
      class B# < A#
      class Other#
      method Other#A(). @0-0
      """)
    try check(facts, "call B# A | Other# A", "exact Other#A().", count: 0)
    try check(facts, "call A# new", "exact A#A().", count: 0)
  }

  @Test func aTypeWhoseConversionsAreAllListedFitsNothingElse() throws {
    let facts = facts(
      """
      class C#
      method C#m(Collection). @1-1
      method C#m(Iterator). @1-1
      """)
    try check(facts, "call C# m", "exact C#m(Collection).", count: 1, arguments: ["EXT:List"])
    try check(
      facts, "call C# m", "ambiguous C#m(Collection). C#m(Iterator).", count: 1, arguments: ["EXT:Set"])
  }
}
