import CodiraModel
import CodiraTestSupport
import Testing

@Suite struct RustCorpusTests {
  private static let folder = "Plugins/Rust/Tests/Corpus"
  private let corpus: Corpus

  init() throws { corpus = try Corpus(analyzer: "rust", suffix: ".rs", folder: Self.folder) }

  @Test(arguments: Corpus.files(folder))
  func reportsWhatTheCorpusSays(_ file: String) throws { try corpus.check(file) }

  @Test(arguments: Corpus.files(folder))
  func appendingADefinitionRenamesNothing(_ file: String) throws {
    try corpus.checkAppending(file) { symbol in
      guard symbol.parent.text.hasSuffix("sample/"), !symbol.flags.contains(.local) else { return nil }
      switch symbol.kind {
      case .function: return "fn \(symbol.name)() {}\n"
      case .struct: return "struct \(symbol.name);\n"
      case .constant: return "const \(symbol.name): u8 = 0;\n"
      default: return nil
      }
    }
  }

  @Test(arguments: [
    "fn f() { " + String(repeating: "(", count: 10_000) + "g()" + String(repeating: ")", count: 10_000)
      + " }",
    "fn f() { " + String(repeating: "g(", count: 100_000) + String(repeating: ")", count: 100_000) + " }",
    "fn f() { a" + String(repeating: ".b()", count: 100_000) + " }",
    "fn f(x: " + String(repeating: "A<", count: 10_000) + "B" + String(repeating: ">", count: 10_000)
      + ") {}",
    String(repeating: "mod a {", count: 10_000) + String(repeating: "}", count: 10_000),
  ])
  func deepNestingIsCutNotFatal(_ source: String) throws {
    let artifacts = try corpus.analyze(CorpusCase(title: "deep"), source: source + "\nfn last() {}\n").get()
    #expect(artifacts.isPartial)
    #expect(artifacts.diagnostics.contains { $0.code == "nesting" })
    #expect(artifacts.symbols.contains { $0.id.text == "rust sample/last()." })
  }

  @Test func aZeroByteAmongTokensIsPassedOver() throws {
    let source = "fn f() { m!(a \0 b(c \0)); }\nfn last() {}\n"
    let artifacts = try corpus.analyze(CorpusCase(title: "zero"), source: source).get()
    #expect(artifacts.symbols.contains { $0.id.text == "rust sample/last()." })
  }

  @Test func deepTokensAreCut() throws {
    let tokens = String(repeating: "(", count: 500) + "g()" + String(repeating: ")", count: 500)
    _ = try corpus.analyze(CorpusCase(title: "tokens"), source: "fn f() { m!(\(tokens)); }").get()
  }
}
