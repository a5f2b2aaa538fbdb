import CodiraModel
import CodiraTestSupport
import Testing

@Suite struct CppCorpusTests {
  private static let folder = "Plugins/Cpp/Tests/Corpus"
  private let corpus: Corpus

  init() throws { corpus = try Corpus(analyzer: "cpp", suffix: ".cc", folder: Self.folder) }

  @Test(arguments: Corpus.files(folder))
  func reportsWhatTheCorpusSays(_ file: String) throws { try corpus.check(file) }

  @Test(arguments: Corpus.files(folder))
  func appendingADefinitionRenamesNothing(_ file: String) throws {
    try corpus.checkAppending(file) { symbol in
      guard symbol.parent.isEmpty, symbol.kind != .module, !symbol.name.contains("<"),
        !symbol.flags.contains(.declarationOnly)
      else {
        return nil
      }
      switch symbol.kind {
      case .struct, .class: return "struct \(symbol.name) { int appended; };\n"
      case .macro: return "#define \(symbol.name)\n"
      default: return nil
      }
    }
  }

  @Test(
    arguments: NestedSources.c + [
      String(repeating: "namespace a {", count: 20_000), "A" + String(repeating: "<A", count: 20_000),
      String(repeating: "template <class T> ", count: 20_000) + "class X;",
    ])
  func deepNestingIsCutNotFatal(_ source: String) throws {
    let artifacts = try corpus.analyze(CorpusCase(title: "deep"), source: "int f(void);\n" + source).get()
    #expect(artifacts.isPartial)
    #expect(artifacts.symbols.contains { $0.id.text == "cpp `sample.cc`/" })
  }
}
