import CodiraModel
import CodiraQuery
import CodiraStore
import Testing

@Suite struct IndexViewTests {
  private let shop = """
    file 1
    module shop/
    class shop/Cart#
    method shop/Cart#add().
    function shop/total().
    file 2
    module app/
    import app/sum. = shop/ total
    import app/total. = shop/ total
    function app/run().
    function app/Add().
    """

  private func names(_ index: StoredIndex, _ name: String, filter: SymbolFilter = SymbolFilter()) throws
    -> [String]
  {
    try index.read { view in
      guard case .found(let found) = try view.symbols(matching: name, filter: filter) else { return [] }
      return found.map { String($0.symbol.id.text.dropFirst(2)) }
    }
  }

  @Test func aViewGoesWithItsQuestion() throws {
    let index = try StoredIndex(shop)
    weak var last: IndexView?
    try index.read { view in
      last = view
      let run = try #require(try view.edges().symbol(StableID("x app/run().")))
      _ = try view.edges().edges(reaching: [GraphNode(run.symbol)], roles: [.call])
      _ = try view.edges().edges(from: run.symbol.id, roles: [.call])
    }
    #expect(last == nil)
  }

  @Test func namesMatchExactlyThenByCaseThenAsSuffix() throws {
    let index = try StoredIndex(shop)
    #expect(try names(index, "add") == ["shop/Cart#add()."])
    #expect(try names(index, "Add") == ["app/Add()."])
    #expect(try names(index, "ADD") == ["shop/Cart#add().", "app/Add()."])
    #expect(try names(index, "Cart.add") == ["shop/Cart#add()."])
    #expect(try names(index, "shop::Cart::add") == ["shop/Cart#add()."])
    #expect(try names(index, "cart.ADD") == ["shop/Cart#add()."])
    #expect(try names(index, "art.add") == [])
    #expect(try names(index, "x shop/total().") == ["shop/total()."])
    #expect(try names(index, "total") == ["shop/total()."], "an import stands behind what it imports")
    #expect(try names(index, "sum") == ["app/sum."])
    #expect(try names(index, "add", filter: SymbolFilter(kinds: [.function])) == ["app/Add()."])
  }

  @Test func whatIsWrittenAboutCodeDoesNotHideIt() throws {
    let index = try StoredIndex(shop + "\nfile 3\nsection guide/total#\nsection guide/Buying#\n")
    #expect(try names(index, "total") == ["shop/total()."])
    #expect(try names(index, "Buying") == ["guide/Buying#"])
    #expect(try names(index, "x guide/total#") == ["guide/total#"])
    #expect(try names(index, "total", filter: SymbolFilter(kinds: [.section])) == ["guide/total#"])
  }

  @Test func unknownNamesHaveNeighbours() throws {
    let index = try StoredIndex(shop)
    try index.read { view in
      guard case .unknown(let nearest) = try view.symbols(matching: "totl") else {
        Issue.record("found")
        return
      }
      #expect(nearest == ["total"])
    }
  }

  @Test func callersAreFoundByEveryName() throws {
    let index = try StoredIndex(
      shop,
      references: [
        2: [
          call("app/run().", "app/ sum", line: 3), call("app/run().", "app/ total", line: 4),
          call("app/run().", "shop/total().", line: 5), call("app/run().", "app/ Add", line: 6),
        ]
      ])
    try index.read { view in
      guard case .found(let found) = try view.symbols(matching: "total") else { return }
      let callers = try view.edges().edges(reaching: found.map { GraphNode($0.symbol) }, roles: [.call])
      #expect(callers.edges.map(\.reference.range.start.line) == [3, 4, 5])
      #expect(
        callers.edges.allSatisfy { $0.owner?.symbol.name == "run" && $0.resolution.certainty == .exact })
      #expect(callers.unresolvedCount == 0)
    }
  }

  @Test func unresolvedCallsOfTheNameAreCounted() throws {
    var unknown = call("app/run().", "app/ nothing", line: 7, name: "total")
    unknown.noName = true
    let index = try StoredIndex(shop, references: [2: [unknown]])
    try index.read { view in
      guard case .found(let found) = try view.symbols(matching: "total") else { return }
      let callers = try view.edges().edges(reaching: found.map { GraphNode($0.symbol) }, roles: [.call])
      #expect(callers.edges.isEmpty && callers.unresolvedCount == 1)
    }
  }

  @Test func outlinesAreNested() throws {
    let index = try StoredIndex(shop)
    try index.read { view in
      let file = try view.file(at: RepositoryPath(text: "src/f2.x"))
      #expect(try view.outline(of: file).map(\.found.symbol.name) == ["app", "run", "Add"])
      #expect(try view.outline(of: file, all: true).map(\.depth) == [0, 1, 1, 1, 1])
      #expect(throws: QueryError.unknownFile(path: "lib/f2.x", nearest: ["src/f2.x"])) {
        try view.file(at: RepositoryPath(text: "lib/f2.x"))
      }
    }
  }

  @Test func searchFusesWordsAndMeaning() throws {
    let vectors: [String: [Float]] = [
      "add": [1, 0], "total": [0, 1], "run": [0.6, 0.8], "shop": [-1, 0], "app": [-1, 0],
    ]
    let index = try StoredIndex(shop, vectors: vectors)
    let encoder = TableEncoder(vectors: [
      "the sum": [0, 1], "cart": [1, 0], "total": [0, 1], "zyxQ_7": [1, 0],
    ])
    func found(_ question: SearchQuestion, _ encoder: TableEncoder) throws -> ([String], SearchAnswer) {
      try index.read { view in
        let answer = try view.search(question, encoder: encoder)
        return (answer.results.map(\.name), answer)
      }
    }
    #expect(try found(SearchQuestion("the sum", mode: .semantic, limit: 2), encoder).0 == ["total", "run"])
    let hybrid = try found(SearchQuestion("cart"), encoder)
    // One answer for a type and its members.
    #expect(hybrid.0.first == "Cart" && !hybrid.0.contains("add"))
    #expect(hybrid.1.mode == .hybrid && hybrid.1.missingVectors > 0)
    #expect(try found(SearchQuestion("total"), encoder).0.first == "total")
    #expect(try found(SearchQuestion("zyxQ_7"), encoder).0.isEmpty)
    let few = try StoredIndex(shop, vectors: ["add": [1, 0]]).read {
      try $0.search(SearchQuestion("cart"), encoder: encoder)
    }
    #expect(few.mode == .lexical && few.missingVectors > 0 && few.reason?.contains("no vector yet") == true)
    let blind = try found(SearchQuestion("cart"), TableEncoder())
    #expect(blind.1.mode == .lexical && blind.1.reason != nil && blind.0.first == "Cart")
    #expect(throws: QueryError.modelMissing(identity: "test")) {
      try found(SearchQuestion("cart", mode: .semantic), TableEncoder())
    }
    let filter = SymbolFilter(path: PathGlob("src/f2.x"))
    #expect(
      try found(SearchQuestion("the sum", mode: .semantic, filter: filter, limit: 1), encoder).0 == ["run"])
    let kinds = SymbolFilter(kinds: [.method])
    #expect(
      try found(SearchQuestion("the sum", mode: .semantic, filter: kinds, limit: 1), encoder).0 == ["add"])
  }

  /// A caller of what answers gains by it; other parts of a file are named beside the one that is shown.
  @Test func neighboursAndOtherPartsCount() throws {
    let facts = """
      file 1
      function a/sumPrices().
      function a/sumTaxes().
      file 2
      function b/checkout().
      file 3
      function c/checkout().
      """
    func checkouts(_ references: [Int64: [Reference]]) throws -> [String] {
      try StoredIndex(facts, references: references).read { view in
        let question = SearchQuestion("checkout prices taxes", mode: .lexical)
        let answer = try view.search(question, encoder: TableEncoder())
        #expect(answer.results.first { $0.file.path.text == "src/f1.x" }?.others.map(\.name) == ["sumTaxes"])
        return answer.results.map(\.qualifiedName).filter { $0.hasSuffix("checkout") }
      }
    }
    #expect(try checkouts([:]) == ["b.checkout", "c.checkout"])
    let place = SourcePosition(offset: 0, line: 1, column: 1)
    let call = Reference(
      owner: StableID("x c/checkout()."), role: .call, name: "sumPrices",
      range: SourceRange(start: place, end: place))
    #expect(try checkouts([3: [call]]) == ["c.checkout", "b.checkout"])
  }

  @Test func whatResemblesASymbolIsFoundByItsVector() throws {
    let vectors: [String: [Float]] = ["add": [1, 0], "total": [0, 1], "run": [0.6, 0.8]]
    let index = try StoredIndex(shop, vectors: vectors)
    func names(_ name: String, _ filter: SymbolFilter = SymbolFilter(), limit: Int = 9) throws -> [String] {
      try index.read { view in
        guard case .found(let found) = try view.symbols(matching: name) else { return [] }
        let answer = try view.similar(to: found, filter: filter, limit: limit)
        #expect(
          answer.mode == .semantic && answer.results.map(\.score) == answer.results.map(\.score).sorted(by: >)
        )
        return answer.results.map(\.name)
      }
    }
    #expect(try names("total") == ["run", "add"])
    #expect(try names("total", limit: 1) == ["run"])
    #expect(try names("total", SymbolFilter(kinds: [.method])) == ["add"])
    #expect(throws: QueryError.notEmbedded(name: "shop.Cart")) { try names("Cart") }
    let bare = try StoredIndex(shop)
    #expect(throws: QueryError.noVectors) {
      try bare.read { view in
        guard case .found(let found) = try view.symbols(matching: "total") else { return }
        _ = try view.similar(to: found, filter: SymbolFilter(), limit: 1)
      }
    }
  }

  @Test func aDeclarationGivesItsPlaceToItsDefinition() throws {
    let index = try StoredIndex(
      """
      file 1
      function lib/open(). !declaration_only
      function lib/close(). !declaration_only
      file 2
      function lib/open().
      """)
    func found(_ text: String, _ filter: SymbolFilter = SymbolFilter()) throws -> [String] {
      try index.read { view in
        try view.search(SearchQuestion(text, mode: .lexical, filter: filter), encoder: TableEncoder()).results
          .map(\.file.path.text)
      }
    }
    #expect(try found("open") == ["src/f2.x"])
    #expect(try found("close") == ["src/f1.x"])
    #expect(try found("open", SymbolFilter(path: PathGlob("src/f1.x"))) == ["src/f1.x"])
  }

  @Test func exportsDoNotDependOnTheOrderOfWriting() throws {
    let references: [Int64: [Reference]] = [
      2: [call("app/run().", "app/ sum", line: 4), call("app/run().", "app/ total", line: 3)]
    ]
    func export(reversed: Bool) throws -> String {
      let index = try StoredIndex(shop, references: references, vectors: ["add": [1, 0]], reversed: reversed)
      return try index.read { view in
        var bytes: [UInt8] = []
        try IndexExport(view) { bytes += $0 }.run()
        return String(decoding: bytes, as: UTF8.self)
      }
    }
    let text = try export(reversed: false)
    #expect(try export(reversed: true) == text)
    let lines = text.split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("{\"type\":\"vector\"") } == 1)
    let places = lines.filter { $0.hasPrefix("{\"type\":\"reference\"") }.map { $0.contains("\"line\":3") }
    #expect(places == [true, false])
    #expect(text.contains(#""resolution":"exact","targets":["x shop/total()."]"#))
  }
}
