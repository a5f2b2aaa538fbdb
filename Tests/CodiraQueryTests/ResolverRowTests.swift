import CodiraModel
import CodiraQuery
import Testing

/// One id, several rows.
@Suite struct ResolverRowTests {
  @Test func declarationsGiveWayToTheDefinition() throws {
    let facts = MemoryFacts(
      """
      file 1
      function f(). !declaration_only > Wrong#
      file 2
      function f(). > Right#
      struct Right#
      field Right#x.
      struct Wrong#
      field Wrong#x.
      """)
    try check(facts, "call f().", "exact f().")
    try check(facts, "imports f(). x", "exact Right#x.")
  }

  @Test func whatAStubDeclaresGivesWayToAnImport() throws {
    let facts = MemoryFacts(
      """
      file 1
      module a/
      import a/f. = b/ f
      file 2
      module a/
      function a/f(). !declaration_only
      function a/g(). !declaration_only
      file 3
      module b/
      function b/f().
      """)
    try check(facts, "call a/ f", "exact b/f().")
    try check(facts, "call a/ g", "exact a/g().")
  }

  @Test func aRowInTheReferringFileWins() throws {
    let facts = MemoryFacts(
      """
      file 1
      function main(). > A#
      class A#
      method A#run().
      file 2
      function main(). > B#
      class B#
      method B#run().
      """)
    try check(facts, "call main(). run", "exact A#run().", file: 1)
    try check(facts, "call main(). run", "exact B#run().", file: 2)
    try check(facts, "call main(). run", "ambiguous A#run(). B#run().", file: 3)
    try check(facts, "call main().", "exact main().", file: 3)
  }

  @Test func rowsThatDisagreeDoSoThroughAPackageOfSeveralFiles() throws {
    let facts = MemoryFacts(
      """
      file 1
      module p/
      function p/open(). > p/Unix#
      struct p/Unix#
      method p/Unix#close().
      file 2
      module p/
      function p/open(). > p/Windows#
      struct p/Windows#
      method p/Windows#close().
      """)
    try check(facts, "call p/ open close", "ambiguous p/Unix#close(). p/Windows#close().", file: 3)
    try check(facts, "call p/ open close", "exact p/Unix#close().", file: 1)
    try check(facts, "call p/ open", "exact p/open().", file: 3)
  }

  @Test func aCallIsToldFromATypeUseWhereOwnRowsWin() throws {
    let facts = MemoryFacts(
      """
      file 1
      function f().
      file 2
      function f().
      """, traits: [])
    try check(facts, "call f().", "exact f().", file: 1)
  }

  @Test func rowsThatAgreeAreOne() throws {
    let facts = MemoryFacts(
      """
      file 1
      function open(). > File#
      class File#
      method File#close().
      file 2
      function open(). > File#
      """)
    try check(facts, "call open(). close", "exact File#close().", file: 3)
  }

  @Test func redefinitionsAreListed() throws {
    let facts = MemoryFacts(
      """
      file 1
      module a/
      function a/f().
      function a/f(;+1).
      property a/C#size().
      property a/C#size(;setter).
      class a/C#
      """)
    try check(facts, "call a/ f", "ambiguous a/f(). a/f(;+1).")
    try check(facts, "call a/f(;+1).", "exact a/f(;+1).")
    try check(facts, "callable_value a/ C size", "exact a/C#size().")
  }

  @Test func aDefinitionWinsOverAnImportThatLeavesTheRepository() throws {
    let facts = MemoryFacts(
      """
      file 1
      module a/
      import a/loads. = simplejson/ loads
      function a/loads().
      """)
    try check(facts, "call a/ loads", "exact a/loads().")
  }
}
