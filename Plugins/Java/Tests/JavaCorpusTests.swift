import CodiraModel
import CodiraTestSupport
import Testing

@Suite struct JavaCorpusTests {
  private static let folder = "Plugins/Java/Tests/Corpus"
  private let corpus: Corpus

  init() throws { corpus = try Corpus(analyzer: "java", suffix: ".java", folder: Self.folder) }

  @Test(arguments: Corpus.files(folder))
  func reportsWhatTheCorpusSays(_ file: String) throws { try corpus.check(file) }

  @Test(arguments: Corpus.files(folder))
  func appendingADefinitionRenamesNothing(_ file: String) throws {
    try corpus.checkAppending(file) { symbol in
      let isTopLevel = symbol.parent.text.hasSuffix("/") || symbol.parent.text == "java "
      return isTopLevel && symbol.kind == .class ? "class \(symbol.name) { void added() {} }\n" : nil
    }
  }

  @Test(arguments: [
    "class A { int x = " + String(repeating: "(", count: 10_000) + "f()"
      + String(repeating: ")", count: 10_000)
      + "; }",
    "class A { int x = " + String(repeating: "f(", count: 50_000) + String(repeating: ")", count: 50_000)
      + "; }",
    "class A { Object x = a" + String(repeating: ".b()", count: 50_000) + "; }",
    "class A { String x = a" + String(repeating: " + a", count: 50_000) + "; }",
    "class A { " + String(repeating: "Box<", count: 10_000) + "B" + String(repeating: ">", count: 10_000)
      + " x; }",
    String(repeating: "class A { ", count: 10_000) + String(repeating: "}", count: 10_000),
    "class A { Object x = " + String(repeating: "new B() { Object y = ", count: 5_000) + "1;"
      + String(repeating: "};", count: 5_000) + " }",
  ])
  func deepNestingIsCutNotFatal(_ source: String) throws {
    let artifacts = try corpus.analyze(
      CorpusCase(title: "deep"), source: source + "\nclass Z { void f() {} }\n"
    )
    .get()
    #expect(artifacts.isPartial)
    #expect(artifacts.diagnostics.contains { $0.code == "nesting" })
    #expect(Set(artifacts.symbols.map(\.id)).count == artifacts.symbols.count)
  }
}
