import CodiraModel
import CodiraQuery
import Testing

@Suite struct ResolverTests {
  @Test func candidatesAreTriedInOrder() throws {
    let facts = MemoryFacts(
      """
      file 1
      module a/
      function a/f().
      module b/
      function b/f().
      """)
    try check(facts, "call a/ f", "exact a/f().")
    try check(facts, "call nowhere/ f | b/ f", "exact b/f().")
    try check(facts, "call b/f(). | a/f().", "exact b/f().")
    try check(facts, "call EXT:lib.f | a/ f", "external")
  }

  @Test func whatHasNoRowIsExternal() throws {
    let facts = MemoryFacts(
      """
      file 1
      module a/
      class a/C# < lib/Base#
      class a/D#
      variable a/v. > lib/T#
      function b/c/f().
      """)
    try check(facts, "call os/path/join().", "external")
    try check(facts, "call os/ path join", "external")
    try check(facts, "call a/ C close", "external")
    try check(facts, "call a/ v close", "external")
    try check(facts, "call a/ D close", "unresolved")
    try check(facts, "call ROOT printf", "external")
    try check(facts, "call b/ c f", "external")
  }

  @Test func namespacesWithoutRowsHaveMembers() throws {
    let facts = MemoryFacts(
      """
      file 1
      module a/b/
      function a/b/f().
      function f().
      """)
    try check(facts, "call a/ b f", "exact a/b/f().")
    try check(facts, "call ROOT f", "exact f().")
    try check(facts, "call ROOT a b f", "external")
  }

  @Test func aliasesAreFollowed() throws {
    let facts = MemoryFacts(
      """
      file 1
      module a/
      import a/g. = b/ f
      import a/n. = numpy/
      import a/m. = b/
      type_alias a/T# = b/S#
      type_alias a/I# = EXT:int
      file 2
      module b/
      import b/f. = c/f().
      struct b/S#
      file 3
      module c/
      function c/f().
      """)
    try check(facts, "call a/ g", "exact c/f().")
    try check(facts, "call a/ m f", "exact c/f().")
    try check(facts, "call a/ n array", "external")
    try check(facts, "imports a/ n", "external")
    try check(facts, "imports a/ m", "exact b/")
    try check(facts, "call a/ m", "unresolved")
    try check(facts, "type_use a/ T", "exact b/S#")
    try check(facts, "type_use a/ I", "exact a/I#")
  }

  @Test func wildcardsBringPublicNames() throws {
    let facts = MemoryFacts(
      """
      file 1
      module a/
      import a/star. !wildcard = b/
      function a/own().
      file 2
      module b/
      import b/star. !wildcard = c/
      function b/own().
      function b/_hidden(). !private
      file 3
      module c/
      function c/deep().
      module d/
      import d/star. !wildcard = tkinter/
      """)
    try check(facts, "call a/ own", "exact a/own().")
    try check(facts, "call a/ deep", "exact c/deep().")
    try check(facts, "call a/ _hidden", "unresolved")
    try check(facts, "call d/ Button", "external")
  }

  @Test func membersAreCountedAndCyclesCut() throws {
    let facts = MemoryFacts(
      """
      file 1
      module a/
      class a/C#
      field a/C#next. > a/C#
      method a/C#m().
      import a/x. = a/ y
      import a/y. = a/ x
      class a/P# < a/Q#
      class a/Q# < a/P#
      method a/Q#q().
      function a/r(). > a/s().
      function a/s(). > a/r(). | a/C#
      """)
    let fifteen = Array(repeating: "next", count: 14).joined(separator: " ")
    try check(facts, "call a/ C \(fifteen) m", "exact a/C#m().")
    try check(facts, "call a/ C next next \(fifteen) m", "unresolved", noName: true)
    try check(facts, "call a/ x", "unresolved", noName: true)
    try check(facts, "call a/ P q", "exact a/Q#q().")
    try check(facts, "call a/ r m", "exact a/C#m().")
  }

  @Test func answersDoNotDependOnTheOrderOfQuestions() throws {
    let facts = MemoryFacts(
      """
      file 1
      module a/
      class a/C#
      method a/C#m().
      function a/p(). > a/ q | a/ r
      function a/q(). > a/ r | a/ p
      function a/r(). > a/ p | a/ q | a/C#
      """)
    let questions = ["call a/ p m", "call a/ q m", "call a/ r m", "call a/ p", "call a/ C m"]
    let alone = try questions.map { question in
      try Resolver(facts).resolve(parse(question).1, in: 1)
    }
    for start in questions.indices {
      let resolver = Resolver(facts)
      for index in questions.indices {
        let turn = (start + index * 2) % questions.count
        #expect(try resolver.resolve(parse(questions[turn]).1, in: 1) == alone[turn])
      }
    }
  }

  @Test func endlessChainsOfAliasesEnd() throws {
    let hops = (0..<3000).map { "import a/i\($0). = a/ i\($0 + 1)" }.joined(separator: "\n")
    let facts = MemoryFacts("file 1\nmodule a/\n" + hops + "\nfunction a/i3000().")
    try check(facts, "call a/ i0", "unresolved", noName: true)
    try check(facts, "call a/ i2990", "exact a/i3000().")
  }

  @Test func localsOfACallableAreNotItsMembers() throws {
    let facts = MemoryFacts(
      """
      file 1
      module a/
      function a/f(). > a/R#
      function a/f().inner(). !local
      variable a/f().cache.
      class a/R#
      method a/R#inner().
      """)
    try check(facts, "call a/ f inner", "exact a/R#inner().")
    try check(facts, "call a/ f cache", "exact a/f().cache.")
    try check(facts, "call a/f().inner().", "exact a/f().inner().")
  }

  @Test func namesAreGuessedOnlyWhereNothingIsKnown() throws {
    let facts = MemoryFacts(
      """
      file 1
      module a/
      function a/only(). @1-2
      function a/f().local(). !local
      file 2
      function b/twice().
      function c/twice(). @2-2
      function d/many().
      function e/many().
      function f/many().
      function g/many().
      function h/many().
      function i/many().
      """)
    try check(facts, "call a/x. only", "external")
    func guess(_ name: String, _ expected: String, count: Int32 = -1, noName: Bool = false, file: Int64 = 1)
      throws
    {
      let reference = Reference(
        owner: StableID("x main/"), role: .call, noName: noName, name: name, range: MemoryFacts.nowhere,
        argumentCount: count)
      #expect(describe(try Resolver(facts).resolve(reference, in: file), .call) == expected)
    }
    try guess("only", "name a/only().")
    try guess("only", "unresolved", noName: true)
    try guess("only", "unresolved", count: 3)
    try guess("twice", "ambiguous b/twice(). c/twice().")
    try guess("twice", "name b/twice().", count: 1)
    try guess("many", "unresolved")
    try guess("local", "name a/f().local().")
    try guess("local", "unresolved", file: 2)
  }

  @Test func whatALackingMemberGivesIsUnknown() throws {
    let facts = MemoryFacts(
      """
      file 1
      class A#
      field A#x. > A# missing
      class B#
      method B#only().
      """)
    try check(facts, "call A# only", "unresolved")
    try check(facts, "call A# missing only", "name B#only().")
    try check(facts, "call A# x only", "name B#only().")
  }

  @Test func whatIsKnownToBeOutsideIsExternal() throws {
    let facts = MemoryFacts("file 1\nfunction a/get().")
    var reference = parse("call").1
    reference.name = "get"
    reference.external = "dict.get"
    #expect(try Resolver(facts).resolve(reference, in: 1).certainty == .external)
    reference.external = ""
    reference.externalKind = .builtin
    #expect(try Resolver(facts).resolve(reference, in: 1).certainty == .external)
  }

  @Test func aCallMeansTheMethodBesideAFieldOfItsName() throws {
    let facts = MemoryFacts(
      """
      file 1
      struct a/S#
      field a/S#time.
      method a/S#time().
      struct a/T# < a/S#
      field a/T#kept.
      module a/spawn/
      function a/spawn().
      """)
    try check(facts, "call a/S# time", "exact a/S#time().")
    try check(facts, "call a/T# time", "exact a/S#time().")
    try check(facts, "call a/T# kept", "exact a/T#kept.")
    try check(facts, "call a/ spawn", "exact a/spawn().")
  }

  @Test func whatIsUsedAsACallableCanBeCalled() throws {
    let facts = MemoryFacts(
      """
      file 1
      module a/
      constant a/limit.
      variable a/text. > b/String#
      import a/other. = a/ f
      function a/f().
      class a/C#
      """)
    try check(facts, "callable_value a/ limit", "unresolved")
    try check(facts, "callable_value a/ text", "unresolved")
    try check(facts, "callable_value a/ other", "exact a/f().")
    try check(facts, "callable_value a/ C", "exact a/C#")
  }

  @Test func callsOfTypesAreTypeUsesWithoutConstructorCalls() throws {
    let text = "file 1\nmodule a/\nclass a/C#\nfunction a/f()."
    try check(MemoryFacts(text), "call a/ C", "exact a/C#")
    try check(MemoryFacts(text, traits: []), "call a/ C", "exact a/C# as type_use")
    try check(MemoryFacts(text, traits: []), "call a/ f", "exact a/f().")
  }

  @Test func aTypeAndAValueOfOneNameAreToldApartByUse() throws {
    let facts = MemoryFacts(
      """
      file 1
      module a/
      interface a/Z#
      method a/Z#parse().
      constant a/Z. > a/Maker#
      class a/Maker#
      method a/Maker#make().
      variable a/z. > a/ Z
      """)
    try check(facts, "type_use a/ Z", "exact a/Z#")
    try check(facts, "call a/ Z", "exact a/Z.")
    try check(facts, "call a/ Z make", "exact a/Maker#make().")
    try check(facts, "call a/ z parse", "exact a/Z#parse().")
  }
}
