import CodiraModel
import CodiraTestSupport
import Testing

@Suite struct IniCorpusTests {
  private static let folder = "Plugins/Ini/Tests/Corpus"
  private let corpus: Corpus

  init() throws { corpus = try Corpus(analyzer: "ini", suffix: ".ini", folder: Self.folder) }

  @Test(arguments: Corpus.files(folder))
  func reportsWhatTheCorpusSays(_ file: String) throws { try corpus.check(file) }

  @Test(arguments: Corpus.files(folder))
  func appendingADefinitionRenamesNothing(_ file: String) throws {
    try corpus.checkAppending(file) { $0.kind == .section ? "\n[\($0.name)]\nappended = 1\n" : nil }
  }

  @Test func linesEndAsTheSourceSays() throws {
    let source = "\u{FEFF}a = 1\rb = 2\r\n[s]\nc = 3\r"
    let artifacts = try corpus.analyze(CorpusCase(title: "line ends"), source: source).get()
    let places = artifacts.symbols.map {
      "\($0.name) \($0.nameRange.start.line):\($0.nameRange.start.column)"
    }
    #expect(places == ["sample.ini 1:1", "a 1:4", "b 2:1", "s 3:2", "c 4:1"])
  }
}
