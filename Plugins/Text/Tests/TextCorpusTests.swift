import CodiraModel
import CodiraTestSupport
import Testing

@Suite struct TextCorpusTests {
  private static let folder = "Plugins/Text/Tests/Corpus"
  private let corpus: Corpus

  init() throws { corpus = try Corpus(analyzer: "text", suffix: ".rst", folder: Self.folder) }

  @Test(arguments: Corpus.files(folder))
  func reportsWhatTheCorpusSays(_ file: String) throws { try corpus.check(file) }

  @Test(arguments: ["=", "-", "`", ":ref:`", ".. a:: b\n  ", "..", "::\n ", "*\n*\n"])
  func manyMarksAreRead(_ mark: String) throws {
    let source = String(repeating: mark, count: 50_000) + "\n\nEnd\n===\n"
    let artifacts = try corpus.analyze(CorpusCase(title: "marks"), source: source).get()
    #expect(artifacts.symbols.contains { $0.kind == .module })
  }
}
