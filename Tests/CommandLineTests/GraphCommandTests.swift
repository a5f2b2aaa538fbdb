import Foundation
import Testing

@Suite struct GraphCommandTests {
  @Test func callersAreFollowedToTheirDepth() throws {
    let repository = try GraphRepository()
    #expect(try repository.results("calls check --callers", "qualified_name") == ["store.Memory.save"])
    let deep = "calls check --callers --depth 3"
    #expect(
      try repository.results(deep, "qualified_name") == [
        "store.Memory.save", "use.keep", "use.guess", "test_use.test_keep",
      ])
    #expect(try repository.results(deep, "depth") == ["1", "2", "2", "3"])
    #expect(try repository.results(deep, "column") == ["16", "19", "18", "12"])
    #expect(try repository.ask("calls check --callers --depth 2")["truncated"] as? Bool == true)
  }

  @Test func calleesNameWhatTheyReach() throws {
    let repository = try GraphRepository()
    let answer = try repository.ask("calls test_keep --callees --depth 3")
    let symbols = try #require(answer["symbols"] as? [[String: Any]])
    #expect(
      symbols.map { $0["qualified_name"] as? String }
        == ["use.keep", "store.Memory", "store.Memory.save", "store.check"])
  }

  @Test func nothingAmbiguousIsFollowedUnlessAsked() throws {
    let repository = try GraphRepository()
    #expect(try repository.results("calls Memory.save --callers", "resolution") == ["exact", "ambiguous"])
    let impact = "impact Memory.save"
    #expect(try repository.results(impact, "qualified_name") == ["use.keep", "test_use.test_keep"])
    #expect(try repository.ask(impact)["ambiguous_edges"] as? Int == 1)
    #expect(try repository.results(impact + " --ambiguous", "qualified_name").contains("use.guess"))
  }

  @Test func impactNamesTheTestsAndTheWayToThem() throws {
    let repository = try GraphRepository()
    let answer = try repository.ask("impact check --tests")
    let rows = try #require(answer["results"] as? [[String: Any]])
    #expect(rows.map { $0["name"] as? String } == ["test_keep"])
    #expect(
      rows.first?["chain"] as? [String] == [
        "python store/check().", "python store/Memory#save().", "python use/keep().",
        "python test_use/test_keep().",
      ])
    #expect(answer["affected"] as? Int == 3 && answer["affected_tests"] as? Int == 1)
    let text = try repository.repository.run("impact", "check", "--tests").output
    #expect(text.contains("by way of keep, save"))
  }

  @Test func overridingMembersAreReached() throws {
    let repository = try GraphRepository()
    #expect(try repository.results("impact Store.save --depth 1", "way") == ["overrides"])
    #expect(try repository.results("implementations Store.save", "id") == ["python store/Memory#save()."])
    #expect(try repository.results("implementations Store", "qualified_name") == ["store.Memory"])
    #expect(try repository.results("hierarchy Memory", "direction") == ["above"])
    #expect(try repository.results("hierarchy Memory.save", "qualified_name") == ["store.Store.save"])
  }

  @Test func aChangeToATypeReachesTheUsersOfItsMembers() throws {
    let repository = try GraphRepository()
    let names = try repository.results("impact Memory --depth 1", "qualified_name")
    #expect(Set(names).isSuperset(of: ["use.keep", "use"]))
  }

  @Test func theShortestPathIsShown() throws {
    let repository = try GraphRepository()
    #expect(
      try repository.results("path test_keep check", "to") == [
        "python use/keep().", "python store/Memory#save().", "python store/check().",
      ])
    let none = try repository.ask("path check test_keep")
    #expect(none["status"] as? String == "empty" && none["found"] as? Bool == false)
    #expect(none["visited"] as? Int == 1)
  }

  @Test func referencesAreToldApartByRole() throws {
    let repository = try GraphRepository()
    #expect(try repository.results("refs keep", "role") == ["imports", "call"])
    #expect(try repository.results("refs keep --role call", "path") == ["test_use.py"])
    #expect(try repository.results("refs Store", "role") == ["inherits"])
  }

  @Test func answersFollowAnEditElsewhere() throws {
    let repository = try GraphRepository()
    #expect(try repository.repository.run("calls", "later").status == 1)
    try repository.write("extra.py", "def later():\n    pass\n")
    try repository.index()
    #expect(try repository.results("calls later --callers", "qualified_name") == ["use.wait"])
    try repository.write("extra.py", "def sooner():\n    pass\n")
    try repository.index()
    #expect(try repository.repository.run("calls", "later").status == 1)
  }

  @Test func forbiddenDirectionsFail() throws {
    let repository = try GraphRepository()
    let layers =
      "[graph]\nforbidden = [\"low -> high\"]\n[graph.layers]\nlow = [\"store.py\"]\nhigh = [\"use.py\"]\n"
    try repository.write(".codira/config.toml", layers)
    #expect(try repository.repository.run("graph").output.contains("1 layer rule kept"))
    try repository.write("store.py", "from use import keep\n\nclass Memory:\n    pass\n\nkeep(1)\n")
    try repository.index()
    let outcome = try repository.repository.run("graph")
    #expect(outcome.status == 1 && outcome.output.contains("store.py:6:1"), "\(outcome.output)")
    let answer = try repository.ask("graph")
    #expect(answer["status"] as? String == "failed")
    #expect((answer["violations"] as? [[String: Any]])?.first?["rule"] as? String == "low -> high")
    let cycles = try #require(answer["cycles"] as? [[String: Any]])
    #expect(cycles.map { $0["modules"] as? [String] } == [["store", "use"]])
  }

  @Test func wrongLayerRulesAreNamed() throws {
    let repository = try GraphRepository()
    for (rules, code) in [("[\"low\"]", "bad_value"), ("[\"low -> hihg\"]", "unknown_layer")] {
      try repository.write(
        ".codira/config.toml",
        "[graph]\nforbidden = \(rules)\n[graph.layers]\nlow = [\"a\"]\nhigh = [\"b\"]\n")
      let outcome = try repository.repository.run("graph", "--json")
      #expect(outcome.status == 2 && outcome.output.contains(code), "\(outcome.output)")
    }
  }

  @Test func graphsAreDrawn() throws {
    let repository = try GraphRepository()
    let calls = try repository.repository.run("calls", "check", "--callers", "--depth", "2", "--dot")
    #expect(calls.status == 0 && calls.output.hasPrefix("digraph calls {"))
    #expect(calls.output.contains("label=\"use.keep\"") && calls.output.contains("n2 -> n1"))
    let guess = try repository.repository.run("calls", "guess", "--dot")
    #expect(guess.output.contains("style=dashed"))
    #expect(try repository.repository.run("graph", "--dot").output.contains("label=\"use\""))
  }

  @Test func textFitsEightyColumns() throws {
    let repository = try GraphRepository()
    for words in ["calls check --depth 3", "refs keep", "impact check", "hierarchy Memory", "graph --links"] {
      let output = try repository.repository.run(words.split(separator: " ").map(String.init)).output
      #expect(output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(words): \(output)")
    }
  }
}
