import CodiraModel
import CodiraTestSupport
import Testing

@Suite struct PythonCorpusTests {
  private static let folder = "Plugins/Python/Tests/Corpus"
  private let corpus: Corpus

  init() throws { corpus = try Corpus(analyzer: "python", suffix: ".py", folder: Self.folder) }

  @Test(arguments: Corpus.files(folder))
  func reportsWhatTheCorpusSays(_ file: String) throws { try corpus.check(file) }

  @Test(arguments: Corpus.files(folder))
  func appendingADefinitionRenamesNothing(_ file: String) throws {
    try corpus.checkAppending(file) { symbol in
      let isTopLevel =
        symbol.id.text.split(separator: "/").last?.filter { "#.(".contains($0) }.count ?? 0 <= 2
      guard isTopLevel, !symbol.flags.contains(.local), symbol.name != "*" else { return nil }
      switch symbol.kind {
      case .function: return "def \(symbol.name)(): pass\n"
      case .class: return "class \(symbol.name): pass\n"
      // What a function makes by `global` gives way to a variable of the module itself.
      case .variable where symbol.nameRange.start.column > 1: return nil
      case .constant, .variable, .import: return "\(symbol.name) = 0\n"
      default: return nil
      }
    }
  }

  @Test(arguments: [
    "x = " + String(repeating: "(", count: 10_000) + "f()" + String(repeating: ")", count: 10_000),
    String(repeating: "f(", count: 100_000) + String(repeating: ")", count: 100_000),
    "x = a" + String(repeating: ".b()", count: 100_000),
    "x: " + String(repeating: "A[", count: 10_000) + "B" + String(repeating: "]", count: 10_000),
  ])
  func deepNestingIsCutNotFatal(_ source: String) throws {
    let artifacts = try corpus.analyze(CorpusCase(title: "deep"), source: source + "\ndef f(): pass\n").get()
    #expect(artifacts.isPartial)
    #expect(artifacts.diagnostics.map(\.code) == ["nesting"])
    #expect(artifacts.symbols.contains { $0.id.text == "python sample/f()." })
  }

  @Test(arguments: ["(", "f(", "[{(", "x = f(g[", "(]"])
  func openBracketsAreCutNotFatal(_ bracket: String) throws {
    let source = "def f(): pass\n" + String(repeating: bracket, count: 100_000) + "\n"
    let artifacts = try corpus.analyze(CorpusCase(title: "open"), source: source).get()
    #expect(artifacts.isPartial)
    #expect(artifacts.symbols.contains { $0.id.text == "python sample/f()." })
  }

  @Test(arguments: ["lambda: ", "-", "not ", "a = "])
  func operandsThatNeverComeAreCutNotFatal(_ operation: String) throws {
    let source = "def f(): pass\nx = " + String(repeating: operation, count: 100_000) + "\n"
    let artifacts = try corpus.analyze(CorpusCase(title: "open"), source: source).get()
    #expect(artifacts.isPartial)
    #expect(artifacts.symbols.contains { $0.id.text == "python sample/f()." })
  }

  @Test func linesEndAsTheSourceSays() throws {
    let source = "\u{FEFF}def a():\n  pass\r\ndef b():\r  pass\rdef c(): pass\r"
    let artifacts = try corpus.analyze(CorpusCase(title: "line ends"), source: source).get()
    let places = artifacts.symbols.map {
      "\($0.name) \($0.nameRange.start.line):\($0.nameRange.start.column)"
    }
    #expect(places == ["sample 1:1", "a 1:8", "b 3:5", "c 5:5"])
    #expect(!artifacts.isPartial)
  }
}
