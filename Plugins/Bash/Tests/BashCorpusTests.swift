import CodiraModel
import CodiraTestSupport
import Testing

@Suite struct BashCorpusTests {
  private static let folder = "Plugins/Bash/Tests/Corpus"
  private let corpus: Corpus

  init() throws { corpus = try Corpus(analyzer: "bash", suffix: ".sh", folder: Self.folder) }

  @Test(arguments: Corpus.files(folder))
  func reportsWhatTheCorpusSays(_ file: String) throws { try corpus.check(file) }

  @Test(arguments: Corpus.files(folder))
  func appendingADefinitionRenamesNothing(_ file: String) throws {
    try corpus.checkAppending(file) { symbol in
      switch symbol.kind {
      case .function where !symbol.flags.contains(.test): return "\(symbol.name)() { :; }\n"
      case .constant, .variable: return "\(symbol.name)=0\n"
      default: return nil
      }
    }
  }

  @Test(arguments: [
    "x=" + String(repeating: "$(", count: 10_000) + "f" + String(repeating: ")", count: 10_000),
    String(repeating: "{ ", count: 10_000) + "f" + String(repeating: "; }", count: 10_000),
    String(repeating: "if a; then ", count: 5_000) + "f" + String(repeating: "; fi", count: 5_000),
  ])
  func deepNestingIsCutNotFatal(_ source: String) throws {
    let artifacts = try corpus.analyze(CorpusCase(title: "deep"), source: "f() { :; }\n" + source + "\n")
      .get()
    #expect(artifacts.isPartial)
    #expect(artifacts.symbols.contains { $0.id.text == "bash `sample.sh`/f()." })
  }
}
