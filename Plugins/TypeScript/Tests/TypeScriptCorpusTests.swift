import CodiraModel
import CodiraTestSupport
import Testing

@Suite struct TypeScriptCorpusTests {
  private static let folder = "Plugins/TypeScript/Tests/Corpus"
  private let corpus: Corpus

  init() throws { corpus = try Corpus(analyzer: "typescript", suffix: ".ts", folder: Self.folder) }

  @Test(arguments: Corpus.files(folder))
  func reportsWhatTheCorpusSays(_ file: String) throws { try corpus.check(file) }

  @Test(arguments: Corpus.files(folder))
  func appendingADefinitionRenamesNothing(_ file: String) throws {
    try corpus.checkAppending(file) { symbol in
      guard !symbol.flags.contains(.local), symbol.parent == symbol.id.module else { return nil }
      switch symbol.kind {
      case .function: return "function \(symbol.name)() {}\n"
      case .class: return "class \(symbol.name) {}\n"
      case .constant, .variable: return "var \(symbol.name) = 0\n"
      case .import where !["default", "*"].contains(symbol.name): return "var \(symbol.name) = 0\n"
      default: return nil
      }
    }
  }

  @Test(arguments: [
    "x = " + String(repeating: "(", count: 10_000) + "f()" + String(repeating: ")", count: 10_000),
    "x = a" + String(repeating: ".b()", count: 20_000),
    "let x: " + String(repeating: "A<", count: 10_000) + "B" + String(repeating: ">", count: 10_000),
    String(repeating: "{", count: 10_000) + String(repeating: "}", count: 10_000),
  ])
  func deepNestingIsCutNotFatal(_ source: String) throws {
    let artifacts = try corpus.analyze(CorpusCase(title: "deep"), source: source + "\nfunction f() {}\n")
      .get()
    #expect(artifacts.isPartial)
    #expect(artifacts.diagnostics.contains { $0.code == "nesting" || $0.code == "syntax" })
  }

  @Test(arguments: [
    "x = " + String(repeating: "- ", count: 50_000) + "1",
    "x = " + String(repeating: "!", count: 50_000) + "a",
    "x = " + String(repeating: "[", count: 10_000),
    "x = " + String(repeating: "(a) => {", count: 10_000),
    "type A = " + String(repeating: "keyof ", count: 50_000) + "B",
    String(repeating: "function f(a) { return a.b(c => c.d()) }", count: 25_000),
  ])
  func hostileSourcesAreRead(_ source: String) throws {
    let artifacts = try corpus.analyze(CorpusCase(title: "hostile"), source: source).get()
    #expect(artifacts.symbols.contains { $0.kind == .module })
    #expect(Set(artifacts.symbols.map(\.id)).count == artifacts.symbols.count)
  }
}

extension StableID {
  /// Everything before the last descriptor.
  fileprivate var module: StableID {
    let end = text.lastIndex(of: "/").map { text.index(after: $0) } ?? text.startIndex
    return StableID(String(text[..<end]))
  }
}
