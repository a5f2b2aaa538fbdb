import CodiraDigest
import CodiraModel
import CodiraQuery
import CodiraStore
import Foundation
import Testing

@Suite struct SearchTests {
  /// An index of texts without an analyzer, by path: their lines and the names they define.
  private final class Texts {
    let folder: URL

    init(_ files: [(path: String, names: [String], text: String)]) throws {
      folder = FileManager.default.temporaryDirectory.appendingPathComponent(
        "codira-search-\(UUID().uuidString)")
      let writer = try IndexWriter(IndexLocation(directory: folder.path), lockTimeout: 1)
      try writer.writeStructure { structure in
        for file in files {
          let payload = Array("text \(file.names.joined(separator: " "))\n\n\n\(file.text)".utf8)
          let chunk = StoredChunk(
            lines: 1...1, names: file.names, payload: StoredPayload(hash: SHA256.hash(payload), text: payload)
          )
          let row = FileRow(path: RepositoryPath(text: file.path), status: .unowned)
          _ = try structure.put(StoredFile(row: row, chunks: file.text.isEmpty ? [] : [chunk]))
        }
      }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func search(_ text: String, _ change: (inout SearchQuestion) -> Void = { _ in }) throws -> SearchAnswer {
      var question = SearchQuestion(text, mode: .lexical)
      change(&question)
      return try IndexReader(IndexLocation(directory: folder.path)).read {
        try IndexView($0, root: folder.path).search(question, encoder: TableEncoder())
      }
    }

    func paths(_ text: String) throws -> [String] { try search(text).results.map(\.file.path.text) }
  }

  private static let library: [(path: String, names: [String], text: String)] = [
    ("lib/session.rb", ["Session"], "class Session keeps what a visitor did"),
    ("lib/store.rb", ["getUserByID"], "def getUserByID looks a visitor up in the session"),
    ("test/session_test.rb", [], "a session is kept for the visitor"),
    ("docs/logo.png", [], ""), ("lib/v1/parse.rb", ["parse"], "def parse words"),
    ("lib/v2/parse.rb", ["parse"], "def parse words"),
  ]

  @Test func textsWithoutAnAnalyzerAreFound() throws {
    let index = try Texts(Self.library)
    #expect(try index.paths("Session").first == "lib/session.rb")
    #expect(try index.paths("getUserByID").first == "lib/store.rb")
    #expect(try index.paths("get user by id").first == "lib/store.rb")
    #expect(try index.paths("visitors looking").first == "lib/store.rb")
    #expect(try index.paths("logo") == ["docs/logo.png"])
    #expect(try index.search("logo").results.map(\.kind) == ["file"])
    #expect(try index.search("Session").results.first?.kind == "text")
  }

  @Test func whatIsRarelyMeantComesLater() throws {
    let index = try Texts(Self.library)
    let paths = try index.paths("visitor session kept")
    #expect(paths.firstIndex(of: "lib/session.rb")! < paths.firstIndex(of: "test/session_test.rb")!)
    #expect(try index.paths("test session kept").first == "test/session_test.rb")
    #expect(try index.paths("parse words").first == "lib/v2/parse.rb")
  }

  @Test func whatTellsOfEveryChangeComesLater() throws {
    let text = "disable bracketed paste mode on exit"
    let index = try Texts([
      ("CHANGELOG", [], text), ("man/tool.1", [], text),
      ("src/light.rb", [], "def quit: disable bracketed paste mode"),
      ("releases/notes.rb", [], "paste"), ("lib/a.1", [], "unrelated"),
    ])
    let paths = try index.paths("bracketed paste mode")
    #expect(paths.first == "src/light.rb" && paths.count == 4)
    #expect(paths.firstIndex(of: "man/tool.1")! < paths.firstIndex(of: "CHANGELOG")!)
    #expect(try index.paths("changelog of paste mode").first == "CHANGELOG")
  }

  @Test func filtersMayStandInTheQuestion() throws {
    let index = try Texts(Self.library)
    #expect(try index.paths("session test:only") == ["test/session_test.rb"])
    #expect(try index.paths("session path:lib/session.rb") == ["lib/session.rb"])
    #expect(try Set(index.paths("session lang:ruby test:no")) == ["lib/session.rb", "lib/store.rb"])
    #expect(try index.paths("session lang:go").isEmpty)
    // What is no filter is a word.
    #expect(try index.paths("session kind:nonsense a::b").first == "lib/session.rb")
  }

  @Test func codeIsFoundWhereItComesFrom() throws {
    let index = try Texts([
      ("a.rb", [], "count = items . size if lang : go then keep ( item )"),
      ("b.rb", [], "keep items if the count of one item has the size go lang"),
      ("test/a_test.rb", [], "size = count . items keep lang item"),
      ("guide.adoc", [], "how to keep an item"),
    ])
    func paths(_ code: String) throws -> [String] {
      try index.search(code) { $0.isCode = true }.results.map(\.file.path.text)
    }
    #expect(try paths("    count = items.size if\n  lang:go").first == "a.rb")
    #expect(try paths("size = count.items").first == "test/a_test.rb")
    #expect(try paths(" ( ) ;\n").isEmpty && paths("").isEmpty)
    #expect(try index.search("x") { $0.isCode = true }.kind == .code)
    #expect(
      try index.search("keep item") { $0.filter.documentsOnly = true }.results.map(\.file.path.text) == [
        "guide.adoc"
      ])
  }

  @Test func emptyAnswersSayWhatWasSearched() throws {
    let index = try Texts(Self.library)
    let answer = try index.search("zebra lang:ruby test:no")
    #expect(answer.results.isEmpty && answer.search?.files == 4 && answer.search?.allFiles == 6)
    #expect(try index.search("path:lib").search != nil)
  }

  @Test func everyScoreIsTheSumAndProductOfItsParts() throws {
    let index = try Texts(Self.library)
    for result in try index.search("visitor session kept").results {
      let sum = result.explanation.added.reduce(0) { $0 + $1.effect }
      let product = result.explanation.multiplied.reduce(sum) { $0 * $1.effect }
      #expect(abs(product - result.score) < 1e-9)
      #expect(result.explanation.textRank != nil)
    }
  }

  @Test func anyTextIsAQuestion() throws {
    let index = try Texts(Self.library)
    var generator = SystemRandomNumberGenerator()
    let pieces =
      (0x20..<0x7F).map { String(UnicodeScalar($0)) } + [
        "AND", "OR", "NOT", "NEAR(", "name:", "\"\"", "中文", "😀", "\u{0}", "\u{301}", "session", "path:",
        "a::b",
      ]
    for _ in 0..<300 {
      let text = (0..<8).map { _ in pieces.randomElement(using: &generator)! }.joined()
      _ = try index.search(text)
    }
    #expect(try index.paths("\"session\" AND (NOT").first == "lib/session.rb")
  }

  @Test(arguments: [
    ("getUser", QuestionWords.Kind.name, ["getUser"]), ("session store", .words, []),
    ("how does a Session keep what was done", .sentence, ["Session"]), ("Foo::bar", .name, ["Foo::bar"]),
    ("retry the http_request later", .words, ["http_request"]),
  ])
  func questionsHaveAKindAndNames(_ text: String, _ kind: QuestionWords.Kind, _ names: [String]) {
    let words = QuestionWords(text, weights: RankingWeights())
    #expect(words.kind == kind && words.names == names, "\(text)")
  }
}
