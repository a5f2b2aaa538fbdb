import CodiraModel
import CodiraQuery
import Testing

@Suite struct GraphTests {
  private let shop = """
    file 1
    class a/Base#
    method a/Base#run().
    class a/Sub#
    method a/Sub#run().
    function a/help().
    file 2
    function b/one().
    function b/two().
    function b/three().
    """

  /// `one` calls `two`, `two` calls `help` and, for all it knows, `Base.run` or `Sub.run`.
  private func index() throws -> StoredIndex {
    var base = parse("inherits a/ Base").1
    base.owner = MemoryFacts.id("a/Sub#")
    var guess = call("b/two().", "b/ nothing", line: 7, name: "run")
    guess.candidates = []
    return try StoredIndex(
      shop,
      references: [
        1: [base, call("a/Sub#run().", "a/ help", line: 3)],
        2: [call("b/one().", "b/ two", line: 5), call("b/two().", "a/ help", line: 6), guess],
      ])
  }

  private func rows(_ name: String, _ view: IndexView) throws -> [FoundSymbol] {
    guard case .found(let rows) = try view.symbols(matching: name) else { return [] }
    return rows
  }

  @Test func walksGoNearestFirst() throws {
    try index().read { view in
      let walk = try GraphWalk(.callers, from: try rows("help", view), in: view.edges(), depth: 9)
      #expect(
        walk.steps.map { $0.to.text.dropFirst(2) } == ["a/Sub#run().", "b/two().", "b/one().", "b/two()."])
      #expect(walk.steps.map(\.depth) == [1, 1, 2, 2] && !walk.isCut)
      #expect(walk.reached.map(\.depth) == [1, 1, 2])
    }
  }

  @Test func overridersAreFoundBelow() throws {
    try index().read { view in
      let lines = TypeLines(view)
      let base = try rows("Base.run", view)[0].symbol
      #expect(try lines.overriders(of: base).map(\.symbol.symbol.qualifiedName) == ["a.Sub.run"])
      let sub = try rows("Sub.run", view)[0].symbol
      #expect(try lines.overridden(by: sub).map(\.symbol.symbol.qualifiedName) == ["a.Base.run"])
      #expect(try lines.subtypes(of: base.parent).map(\.certainty) == [.exact])
    }
  }

  @Test func impactFollowsWhatIsSureUnlessAskedForMore() throws {
    try index().read { view in
      func reached(_ name: String, ambiguous: Bool) throws -> [String] {
        let impact = try Impact(of: try rows(name, view), in: view, depth: 5, ambiguous: ambiguous)
        return impact.affected.map { "\($0.symbol.symbol.name) \($0.way.rawValue) \($0.certainty.rawValue)" }
      }
      let sure = try reached("Base.run", ambiguous: false)
      #expect(sure == ["run overrides exact"])
      let all = try reached("Base.run", ambiguous: true)
      #expect(all == ["two call ambiguous", "run overrides exact", "one call exact"])
      let help = try reached("help", ambiguous: false)
      #expect(help == ["run call exact", "two call exact", "one call exact"])
    }
  }

  @Test func theShortestPathWins() throws {
    try index().read { view in
      let goal: Set<StableID> = [MemoryFacts.id("a/help().")]
      let path = try CallPath(
        from: try rows("one", view), to: goal, in: view.edges(), depth: 9, ambiguous: false)
      #expect(path.steps?.map(\.to.text) == ["x b/two().", "x a/help()."])
      let none = try CallPath(
        from: try rows("three", view), to: goal, in: view.edges(), depth: 9, ambiguous: false)
      #expect(none.steps == nil && none.visited == 1)
    }
  }

  @Test func layersForbidDirections() throws {
    #expect(LayerRules.Rule("a->b") == nil && LayerRules.Rule("a -> a") == nil)
    let layers = [
      LayerRules.Layer(name: "low", globs: [PathGlob("src/f1.x")]),
      LayerRules.Layer(name: "high", globs: [PathGlob("src/f2.x")]),
    ]
    try index().read { view in
      func broken(_ rule: String) throws -> [UInt32] {
        let rules = LayerRules(layers: layers, rules: [try #require(LayerRules.Rule(rule))])
        return try ModuleGraph(ModuleGraph.Question(unit: .file, layers: rules), in: view).violations
          .map(\.edge.reference.range.start.line)
      }
      for rule in ["high -> low", "* -> low", "high -> *"] {
        let lines = try broken(rule)
        #expect(lines == [6])
      }
      let lines = try broken("low -> high")
      #expect(lines.isEmpty)
    }
    let wrong = LayerRules(layers: layers, rules: [try #require(LayerRules.Rule("low -> hihg"))])
    #expect(wrong.unknownLayer?.name == "hihg")
  }

  @Test func cyclesAreFoundWithAWayAround() throws {
    let index = try StoredIndex(
      """
      file 1
      function a/f().
      file 2
      function b/g().
      file 3
      function c/h().
      """,
      references: [
        1: [call("a/f().", "b/ g", line: 1), call("a/f().", "c/ h", line: 2)],
        2: [call("b/g().", "a/ f", line: 3)],
      ])
    try index.read { view in
      let graph = try ModuleGraph(ModuleGraph.Question(unit: .file), in: view)
      #expect(graph.cycles.map { $0.members.map { graph.modules[$0].name } } == [["src/f1.x", "src/f2.x"]])
      #expect(
        graph.cycles[0].example.map { graph.modules[graph.links[$0].to].name } == ["src/f2.x", "src/f1.x"])
      #expect(graph.hotspots.first?.name == "src/f1.x")
    }
  }
}
