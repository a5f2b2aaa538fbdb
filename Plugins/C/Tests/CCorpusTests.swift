import CodiraModel
import CodiraTestSupport
import Testing

@Suite struct CCorpusTests {
  private static let folder = "Plugins/C/Tests/Corpus"
  private let corpus: Corpus

  init() throws { corpus = try Corpus(analyzer: "c", suffix: ".c", folder: Self.folder) }

  @Test(arguments: Corpus.files(folder))
  func reportsWhatTheCorpusSays(_ file: String) throws { try corpus.check(file) }

  @Test(arguments: Corpus.files(folder))
  func appendingADefinitionRenamesNothing(_ file: String) throws {
    try corpus.checkAppending(file) { symbol in
      guard symbol.parent.isEmpty, symbol.kind != .module, !symbol.name.contains("("),
        !symbol.flags.contains(.declarationOnly)
      else {
        return nil
      }
      switch symbol.kind {
      case .function: return "int \(symbol.name)(void) { return 0; }\n"
      case .struct: return "struct \(symbol.name) { int appended; };\n"
      // What has no value yet is a declaration that the definition takes in.
      case .variable, .constant:
        return symbol.signature.contains("=") ? "int \(symbol.name) = 0;\n" : nil
      case .macro: return "#define \(symbol.name)\n"
      default: return nil
      }
    }
  }

  @Test(arguments: NestedSources.c)
  func deepNestingIsCutNotFatal(_ source: String) throws {
    let artifacts = try corpus.analyze(CorpusCase(title: "deep"), source: "int f(void);\n" + source).get()
    #expect(artifacts.isPartial)
    #expect(artifacts.diagnostics.contains { $0.code == "nesting" || $0.code == "syntax" })
    #expect(artifacts.symbols.contains { $0.id.text == "c `sample.c`/" })
  }

  @Test func linesEndAsTheSourceSays() throws {
    let source = "\u{FEFF}int a;\nint b;\r\n#define C \\\r  1\rint d; // x\rint e;\r"
    let artifacts = try corpus.analyze(CorpusCase(title: "line ends"), source: source).get()
    let places = artifacts.symbols.map {
      "\($0.name) \($0.nameRange.start.line):\($0.nameRange.start.column)"
    }
    #expect(places == ["sample.c 1:1", "a 1:8", "b 2:5", "C 3:9", "d 5:5", "e 6:5"])
    #expect(!artifacts.isPartial)
  }
}
