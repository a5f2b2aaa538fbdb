import CodiraModel
import CodiraTestSupport
import Testing

/// The analyzers without code report what their corpora say.
@Suite struct NoCodeCorpusTests {
  static let languages: [(name: String, suffix: String)] = [("lua", ".lua"), ("ruby", ".rb")]
  static let files = languages.flatMap { language in
    Corpus.files(folder(language.name)).map { [language.name, language.suffix, $0] }
  }

  static func folder(_ name: String) -> String { "Plugins/Queries/\(name)/Tests/Corpus" }

  init() throws { try NoCodeProducts.build() }

  @Test(arguments: files)
  func reportsWhatTheCorpusSays(_ file: [String]) throws {
    try Corpus(analyzer: file[0], suffix: file[1], folder: Self.folder(file[0])).check(file[2])
  }

  @Test(arguments: files)
  func appendingADefinitionRenamesNothing(_ file: [String]) throws {
    let corpus = try Corpus(analyzer: file[0], suffix: file[1], folder: Self.folder(file[0]))
    try corpus.checkAppending(file[2]) { symbol in
      // Behind a file's `return` nothing may stand.
      guard symbol.kind == .function, symbol.name.allSatisfy(\.isLetter), symbol.parent.text.last != ".",
        !file[2].hasPrefix("exports")
      else {
        return nil
      }
      return file[0] == "lua" ? "function \(symbol.name)() end\n" : "def \(symbol.name)\nend\n"
    }
  }

  @Test(arguments: languages.map(\.name))
  func everyRowOfTheIdentityTableIsACase(_ name: String) throws {
    let corpus = try Corpus(analyzer: name, suffix: "", folder: Self.folder(name))
    let reported = try Corpus.files(Self.folder(name)).flatMap { try corpus.cases($0) }.map(\.expected)
      .joined()
    let readme = try Checkout.text("Plugins/Queries/\(name)/README.md")
    let ids = readme.matches(of: /`+(\w+ [^|]*?)`+(?: \||,)/).map { String($0.1) }.filter {
      $0.hasPrefix(name + " ")
    }
    #expect(ids.count >= 9)
    for id in ids { #expect(reported.contains(id), "no case of Plugins/Queries/\(name) reports \(id)") }
  }
}
