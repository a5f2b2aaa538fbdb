import CodiraModel
import CodiraTestSupport
import Testing

@Suite struct MarkdownCorpusTests {
  private static let folder = "Plugins/Markdown/Tests/Corpus"
  private let corpus: Corpus

  init() throws { corpus = try Corpus(analyzer: "markdown", suffix: ".md", folder: Self.folder) }

  @Test(arguments: Corpus.files(folder))
  func reportsWhatTheCorpusSays(_ file: String) throws { try corpus.check(file) }

  @Test(arguments: Corpus.files(folder))
  func appendingASectionRenamesNothing(_ file: String) throws {
    try corpus.checkAppending(file) { symbol in
      symbol.kind == .section ? "\n\n# \(symbol.name)\n\ntext\n" : nil
    }
  }

  @Test(arguments: [">", "- ", "#", "`", "~", "[", "<", "*", "[](", "    ", "![", "\\", "1. "])
  func manyMarksAreRead(_ mark: String) throws {
    let source = String(repeating: mark, count: 100_000) + "\n\n# End\n"
    let artifacts = try corpus.analyze(CorpusCase(title: "marks"), source: source).get()
    #expect(artifacts.symbols.count <= 2)
  }
}
