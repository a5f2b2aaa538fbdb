import CodiraModel
import CodiraTestSupport
import Testing

@Suite struct JSONCorpusTests {
  private static let folder = "Plugins/JSON/Tests/Corpus"
  private let corpus: Corpus

  init() throws { corpus = try Corpus(analyzer: "json", suffix: ".json", folder: Self.folder) }

  @Test(arguments: Corpus.files(folder))
  func reportsWhatTheCorpusSays(_ file: String) throws { try corpus.check(file) }

  @Test(arguments: [
    String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 20_000) + "1",
    "{\"a\": " + String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000) + "}",
  ])
  func deepNestingIsCutNotFatal(_ source: String) throws {
    let artifacts = try corpus.analyze(CorpusCase(title: "deep"), source: source).get()
    #expect(artifacts.isPartial)
    #expect(artifacts.symbols.first?.kind == .module)
    #expect(artifacts.symbols.count <= 5)
  }

  /// The rule that tells data from what people write, by what a file has: its root, its size, its repetition.
  @Test func dataIsTheFileAlone() throws {
    func keys(_ source: String) throws -> Int {
      try corpus.analyze(CorpusCase(title: "data"), source: source).get().symbols.count - 1
    }
    let record = "{\"id\": 1, \"name\": \"n\"}"
    let records = (0..<30).map { "\"r\($0)\": \(record)" }.joined(separator: ",")
    #expect(try keys("[\(record), \(record)]") == 0)
    #expect(try keys("{\(records)}") == 0)
    #expect(try keys("{\"title\": \"t\", \"rows\": {\(records)}}") == 2)
    #expect(try keys("{\"title\": \"t\", \"text\": \"\(String(repeating: "x", count: 70_000))\"}") == 0)
    let texts = (0..<15).map { group in
      "\"g\(group)\": {" + (0..<20).map { "\"k\($0)\": \"text\"" }.joined(separator: ",") + "}"
    }
    #expect(try keys("{\(texts.joined(separator: ","))}") == 0)
    #expect(try keys("{\"a\": {\"b\": {\"c\": {\"d\": {\"e\": 1}}}}}") == 4)
    #expect(try keys("{\"values\": [\((0..<100).map(String.init).joined(separator: ","))]}") == 1)
  }
}
