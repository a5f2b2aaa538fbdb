import CodiraTestSupport
import Foundation
import Testing

@Suite struct ContextCommandTests {
  @Test func aSymbolComesWithItsCallersTestsAndCallees() throws {
    let repository = try GraphRepository()
    let names = try repository.results("context keep", "qualified_name")
    #expect(names == ["use.keep", "test_use.test_keep", "store.Memory", "store.Memory.save"])
    #expect(try repository.results("context keep", "role") == ["target", "test", "callee", "callee"])
    #expect(
      try repository.results("context keep", "text").first
        == "4\tdef keep(item):\n5\t    memory = Memory()\n6\t    return memory.save(item)\n")
    let text = try repository.repository.run("context", "keep").output
    #expect(text.contains("## use.py:4 function use.keep\n\n```python\n4\tdef keep(item):\n"))
    #expect(text.contains("## Tested by\n\n- test_use.py:4 test_use.test_keep: `assert keep(1)`\n"))
    let xml = try repository.repository.run("context", "keep", "--format", "xml").output
    #expect(xml.hasPrefix("<context for=\"keep\">\n  <target path=\"use.py\" start=\"4\" end=\"6\""))
    #expect(xml.hasSuffix("</context>\n"))
  }

  @Test func aTypeThatDoesNotFitIsShownByItsMembers() throws {
    let repository = try GraphRepository()
    let body = (0..<200).map { "        value_\($0) = \($0)\n" }.joined()
    try repository.write(
      "large.py", "class Large:\n    def first(self):\n\(body)\n    def second(self):\n\(body)")
    try repository.index()
    let texts = try repository.results("context Large --budget 400", "text")
    #expect(texts.first == "1\tclass Large:\n2\t    def first(self):\n204\t    def second(self):\n")
  }

  /// Any question, any format: the answer has at most three bytes a token, and no line of a file twice.
  @Test func budgetsAreKept() throws {
    let repository = try GraphRepository()
    let questions = ["keep", "save an item", "Store", "memory check guess", "a < b & \"c\"", "test_use"]
    for question in questions {
      for budget in [200, 260, 350, 700, 4_000] {
        for format in ["markdown", "xml", "json"] {
          let words = ["context", "--budget", "\(budget)", "--format", format, "--"] + [question]
          let outcome = try repository.repository.run(words)
          #expect(outcome.output.utf8.count <= 3 * budget, "\(words): \(outcome.output.utf8.count)")
          guard format == "json" else { continue }
          var seen: Set<String> = []
          for row in try outcome.json()["results"] as? [[String: Any]] ?? [] {
            for line in (row["text"] as? String ?? "").split(separator: "\n") {
              let place = "\(row["path"] ?? ""):\(line.split(separator: "\t")[0])"
              #expect(seen.insert(place).inserted, "\(words): \(place) is there twice")
            }
          }
        }
      }
    }
  }

  @Test func aChangedFileIsShownAsItIsNow() throws {
    let repository = try GraphRepository()
    try repository.write(
      "use.py", "from store import Memory\n\n\n\n\n\ndef keep(item):\n    return Memory().save(item)\n")
    let rows = try #require(try repository.ask("context keep")["results"] as? [[String: Any]])
    #expect(rows.first?["freshness"] as? String == "changed" && rows.first?["start_line"] as? Int == 7)
  }

  /// What was changed since a commit: symbols with their changed lines marked, their users, new and stale files.
  @Test func aChangeComesWithItsUsersAndTests() throws {
    let repository = try GraphRepository()
    let root = repository.repository.folder.path
    for words in [
      "init -q", "config user.name test", "config user.email test@localhost", "add .", "commit -q -m first",
    ] {
      let run = try ToolRun(["git", "-C", root] + words.split(separator: " ").map(String.init))
      #expect(run.status == 0, "\(run.output)")
    }
    #expect(try repository.repository.run("context", "--diff").output == "Nothing changed.\n")
    try repository.write(
      "store.py",
      """
      class Store:
          def save(self, item):
              return item

      class Memory(Store):
          def save(self, item):
              return check(item)

      def check(item, strict=False):
          if strict:
              return item is not None
          return bool(item)

      """)
    try repository.write("fresh.py", "class Fresh:\n    size = 1\n\n    def keep(self):\n        return 2\n")
    let stale = try repository.ask("context --diff")
    #expect((stale["results"] as? [[String: Any]])?.first?["kind"] as? String == "text")
    #expect(try repository.results("context --diff --format markdown", "path").contains("fresh.py") == false)
    try repository.index()
    #expect(
      try repository.results("context --diff", "qualified_name") == [
        "fresh.Fresh", "store.check", "store.Memory.save", "test_use.test_keep",
      ])
    #expect(try repository.results("context --diff", "role") == ["target", "target", "caller", "test"])
    let text = try repository.repository.run("context", "--diff", "HEAD").output
    #expect(
      text.hasPrefix("# Context for changes since HEAD\n\n## Changed files\n\n- fresh.py (added, +5 -0)\n"))
    #expect(text.contains("- store.py (+3 -1)\n\nMay reach "))
    #expect(text.contains("9+\tdef check(item, strict=False):\n10+\t    if strict:\n11+\t"))
    #expect(text.contains("12\t    return bool(item)\n```\n"))
    for budget in [200, 300, 1_000] {
      for format in ["markdown", "xml", "json"] {
        let outcome = try repository.repository.run(
          "context", "--diff", "--budget", "\(budget)", "--format", format)
        #expect(outcome.status == 0 && outcome.output.utf8.count <= 3 * budget, "\(budget) \(format)")
      }
    }
    let schema = try JSONSchema("answers")
    #expect(schema.violations(of: "context", by: try repository.ask("context --diff")) == [])
  }

  @Test func theMapNamesWhatOthersUse() throws {
    let repository = try GraphRepository()
    let names = try repository.results("map", "qualified_name")
    #expect(
      names == [
        "store.Store.save", "store.Memory", "store.Memory.save", "shop.price.total", "shop.price.Other.add",
        "use.keep",
      ])
    let text = try repository.repository.run("map").output
    #expect(text.contains("use.py\n  4 def keep(item)  (1 file)\n"))
  }
}
