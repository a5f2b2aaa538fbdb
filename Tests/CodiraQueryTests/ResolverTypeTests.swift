import CodiraModel
import CodiraQuery
import Testing

/// Supertypes, value types and steps.
@Suite struct ResolverTypeTests {
  private let diamond = """
    file 1
    class A#
    method A#m().
    class B# < A#
    class C# < A#
    method C#m().
    class D# < B# < C#
    """

  @Test func supertypesNearestFirstOrByC3() throws {
    try check(MemoryFacts(diamond), "call D# m", "exact C#m().")
    try check(MemoryFacts(diamond, traits: [.c3]), "call D# m", "exact C#m().")
    let deep = """
      file 1
      class A#
      class B# < A#
      class M#
      method M#m().
      method A#m().
      class D# < B# < M#
      """
    try check(MemoryFacts(deep), "call D# m", "exact M#m().")
    try check(MemoryFacts(deep, traits: [.c3]), "call D# m", "exact A#m().")
  }

  @Test func twoOfOneDepthAreAmbiguous() throws {
    let facts = MemoryFacts(
      """
      file 1
      struct A#
      method A#m().
      struct B#
      method B#m().
      struct C# < A# < B#
      """)
    try check(facts, "call C# m", "ambiguous A#m(). B#m().")
  }

  @Test func extensionsAddMembersAndSupertypes() throws {
    let facts = MemoryFacts(
      """
      file 1
      struct S#
      method S#own().
      interface I#
      method I#provided().
      method I#both().
      interface J#
      method J#further().
      file 2
      extension S#[I] << I#
      method S#[I]both().
      method S#[I]own().
      extension I#[J] << J#
      """)
    try check(facts, "call S# own", "exact S#own().")
    try check(facts, "call S# both", "exact S#[I]both().")
    try check(facts, "call S# provided", "exact I#provided().")
    try check(facts, "call S# further", "exact J#further().")
    try check(facts, "call S# [I]", "unresolved")
  }

  @Test func superclassesComeBeforeInterfaces() throws {
    let facts = MemoryFacts(
      """
      file 1
      class Top#
      method Top#m().
      class Middle# < Top#
      interface I#
      method I#m().
      class C# < Middle# << I#
      """)
    try check(facts, "call C# m", "exact Top#m().")
  }

  @Test func valuesHaveTheMembersOfTheirTypes() throws {
    let facts = MemoryFacts(
      """
      file 1
      module a/
      class a/C# < a/B#
      class a/B#
      method a/B#m(). > a/D#
      class a/D#
      field a/D#f. > a/C#
      variable a/v. > a/ C
      field a/v.own. > a/D#
      type_alias a/U# > a/C#
      """)
    try check(facts, "call a/ v m", "exact a/B#m().")
    try check(facts, "call a/ v m f m", "exact a/B#m().")
    try check(facts, "imports a/ v own f", "exact a/D#f.")
    try check(facts, "call a/ U m", "exact a/B#m().")
  }

  @Test func theFirstAlternativeWithTheMemberCounts() throws {
    let facts = MemoryFacts(
      """
      file 1
      class A#
      class B#
      method B#m().
      variable v. > A# | B#
      variable w. > EXT:str | B#
      """)
    try check(facts, "call v. m", "exact B#m().")
    try check(facts, "call w. m", "external")
  }

  @Test func steps() throws {
    let facts = MemoryFacts(
      """
      file 1
      class T#
      method T#m().
      class K#
      method K#k().
      class Box# >[] T# >[k] K#
      class Sub# < Box#
      variable map. >[] T# >[k] K#
      variable nested. >[],[] T#
      variable box. > Box#
      function pair(). >#0 T# >#1 K#
      variable callback. >() T#
      function maker(). >() T#
      class Pointer# >* T#
      class List# >[] T#
      variable p. > Pointer#
      variable q. > T#
      variable l. >[] T#
      """)
    try check(facts, "call map. [] m", "exact T#m().")
    try check(facts, "call map. [k] k", "exact K#k().")
    try check(facts, "call nested. [] [] m", "exact T#m().")
    try check(facts, "call nested. [] m", "external")
    try check(facts, "call box. [] m", "exact T#m().")
    try check(facts, "call Sub# [] m", "exact T#m().")
    try check(facts, "call pair(). #1 k", "exact K#k().")
    try check(facts, "call callback. () m", "exact T#m().")
    try check(facts, "call maker(). () m", "exact T#m().")
    try check(facts, "call maker(). () () m", "exact T#m().")
    try check(facts, "call p. * m", "exact T#m().")
    try check(facts, "call q. * m", "exact T#m().")
    try check(facts, "call l. * m", "exact T#m().")
    try check(facts, "call List# * m", "exact T#m().")
    try check(facts, "call map. append", "external")
    try check(facts, "call T# () m", "exact T#m().")
  }

  @Test func constructors() throws {
    let facts = MemoryFacts(
      """
      file 1
      class A#
      constructor A#init().
      class B#
      method B#`new`().
      type_alias T# = A#
      """.replacing("`new`", with: "new"))
    try check(facts, "call A# new", "exact A#init().")
    try check(facts, "call B# new", "exact B#")
    try check(facts, "call T# new", "exact A#init().")
    try check(facts, "call B# `new`", "exact B#new().")
  }

  @Test func theReceiverIsWhatWasAsked() throws {
    let facts = MemoryFacts(
      """
      file 1
      class Base#
      method Base#chain(). > SELF
      class Sub# < Base#
      method Sub#own().
      variable s. > Sub#
      """)
    try check(facts, "call s. chain own", "exact Sub#own().")
    try check(facts, "call s. chain chain own", "exact Sub#own().")
    try check(facts, "call Base# chain own", "unresolved")
    try check(facts, "call Base#chain(). own", "unresolved")
  }

  @Test func aNamespaceIsImportedAndNothingElse() throws {
    let facts = MemoryFacts(
      """
      file 1
      module a/
      module a/copy/
      """)
    try check(facts, "imports a/copy/", "exact a/copy/")
    try check(facts, "call a/ copy | EXT:copy", "external")
  }

  @Test func aCallOfAValueIsNotACallOfItsType() throws {
    let facts = MemoryFacts(
      """
      file 1
      class T#
      variable handlers. >[] T#
      """)
    try check(facts, "call handlers. []", "unresolved", noName: true)
    try check(facts, "type_use handlers. []", "exact T#")
  }
}
