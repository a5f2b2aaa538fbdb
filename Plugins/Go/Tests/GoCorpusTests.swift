import CodiraModel
import CodiraTestSupport
import Testing

@Suite struct GoCorpusTests {
  private static let folder = "Plugins/Go/Tests/Corpus"
  private let corpus: Corpus

  init() throws { corpus = try Corpus(analyzer: "go", suffix: ".go", folder: Self.folder) }

  @Test(arguments: Corpus.files(folder))
  func reportsWhatTheCorpusSays(_ file: String) throws { try corpus.check(file) }

  @Test(arguments: Corpus.files(folder))
  func appendingADefinitionRenamesNothing(_ file: String) throws {
    try corpus.checkAppending(file) { symbol in
      guard !symbol.flags.contains(.local), !symbol.parent.isEmpty, symbol.parent.text.hasSuffix("/") else {
        return nil
      }
      switch symbol.kind {
      case .function: return "func \(symbol.name)() {}\n"
      case .struct, .interface, .typeAlias: return "type \(symbol.name) struct{}\n"
      case .constant, .variable: return "var \(symbol.name) = 0\n"
      default: return nil
      }
    }
  }

  @Test(arguments: [
    "var x = " + String(repeating: "(", count: 10_000) + "f()" + String(repeating: ")", count: 10_000),
    "var x = a" + String(repeating: ".b()", count: 100_000),
    "var x " + String(repeating: "[]", count: 10_000) + "T",
    "func g() " + String(repeating: "{", count: 10_000) + String(repeating: "}", count: 10_000),
    "type t " + String(repeating: "struct { a ", count: 5_000) + "int" + String(repeating: "}", count: 5_000),
  ])
  func deepNestingIsCutNotFatal(_ source: String) throws {
    let artifacts = try corpus.analyze(
      CorpusCase(title: "deep"), source: "package p\n" + source + "\nfunc f() {}\n"
    ).get()
    #expect(artifacts.isPartial)
    #expect(artifacts.diagnostics.map(\.code).contains("nesting"))
    #expect(artifacts.symbols.contains { $0.id.text == "go p/f()." })
  }
}
