import CodiraTestSupport
import Foundation
import Testing

/// The template of `plugins new --language queries` builds by itself, and its corpus names what it then reports.
@Suite struct NoCodeTemplateTests {
  private static let root = "Plugins/Templates/queries"

  init() throws { try NoCodeProducts.build() }

  private func filled(_ path: String) throws -> String {
    try Checkout.text("\(Self.root)/\(path)").replacing("__NAME__", with: "toy")
      .replacing("__SUFFIX__", with: ".toy")
  }

  @Test func everySymbolOfItsCorpusIsReported() throws {
    let folder = try NoCodeFolder()
    try folder.write("analyzer.toml", filled("analyzer.toml"))
    try folder.write("queries/tags.scm", filled("queries/tags.scm"))
    let built = try folder.run("plugins build .")
    #expect(built.status == 0, "\(built.output)")
    let corpus = try filled("Tests/Corpus/__NAME__.txt")
    let cases = corpus.matches(of: /path: (\S+)\n\n((?:(?!\n---\n)[\s\S])*\n)---\n/)
    try #require(cases.count == 3)
    for item in cases { try folder.write(String(item.1), String(item.2)) }
    #expect(try folder.run("index --no-embeddings --no-git --plugin libcodira-toy.so").status == 0)
    let export = try folder.run("export").output
    let ids = Set(export.matches(of: /"type":"symbol"[^\n]*?"id":"(toy [^"]*)"/).map { String($0.1) })
    let expected = corpus.matches(of: /\n(?:module|import|variable|function|method) (toy \S+)\s/).map {
      String($0.1)
    }
    #expect(ids == Set(expected) && ids.count >= 8)
  }
}
