import CodiraModel
import CodiraQuery
import Testing

@Suite struct ResolverOverloadTests {
  private let traits: AnalyzerDescriptor.Traits = [.overloads, .constructorCalls]

  private func facts(_ text: String) -> MemoryFacts {
    let facts = MemoryFacts("file 1\n" + text, traits: traits)
    facts.table = [
      .init(from: "int", to: "long", phase: 0), .init(from: "int", to: "Integer", phase: 1),
      .init(from: "boolean", to: "Boolean", phase: 1),
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
}
