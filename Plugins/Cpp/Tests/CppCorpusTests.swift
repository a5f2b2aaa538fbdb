import CodiraModel
import CodiraTestSupport
import Testing

@Suite struct CppCorpusTests {
  private static let folder = "Plugins/Cpp/Tests/Corpus"
  private let corpus: Corpus

  init() throws { corpus = try Corpus(analyzer: "cpp", suffix: ".cc", folder: Self.folder) }

  @Test(arguments: Corpus.files(folder))
  func reportsWhatTheCorpusSays(_ file: String) throws { try corpus.check(file) }
}
