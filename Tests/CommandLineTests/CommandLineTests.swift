import Foundation
import Testing

@Suite struct CommandLineTests {
  @Test func aLanguageThatNoFileHasIsSaid() throws {
    let text = try SampleRepository().run("search", "lang:pyton cart").output
    #expect(text.contains("No file is in that language. There are ini, python.\n"), "\(text)")
  }

  @Test func aSymbolKnowsItsCallers() throws {
    let repository = try SampleRepository()
    let answer = try repository.run("symbol", "total", "--json").json()
    let callers = try #require(answer["callers"] as? [[String: Any]])
    #expect(callers.map { $0["qualified_name"] as? String } == ["shop.cart.Cart.checkout"])
    #expect(callers.first?["start_line"] as? Int == 12)
    #expect(callers.first?["resolution"] as? String == "exact")
    let other = try repository.run("symbol", "python shop/cart/Cart#add().", "--json").json()
    #expect((other["callers"] as? [[String: Any]])?.map { $0["name"] as? String } == ["run"])
  }

  @Test func ambiguousNamesListTheirIds() throws {
    let repository = try SampleRepository()
    let outcome = try repository.run("symbol", "add")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("python shop/cart/Cart#add()."))
    #expect(outcome.output.contains("python shop/price/Other#add()."))
  }

  @Test func nothingStaleIsServedInSilence() throws {
    let repository = try SampleRepository()
    func freshness() throws -> String? {
      let answer = try repository.run("symbol", "total", "--json").json()
      return (answer["results"] as? [[String: Any]])?.first?["freshness"] as? String
    }
    #expect(try freshness() == "current")
    let path = repository.folder.appendingPathComponent("shop/price.py")
    let text = try String(contentsOf: path, encoding: .utf8)
    try repository.write("shop/price.py", text)
    #expect(try freshness() == "current", "the same bytes at another time")
    try repository.write("shop/price.py", text.replacingOccurrences(of: "sum", with: "max"))
    #expect(try freshness() == "changed", "other bytes of the same size")
    #expect(try repository.run("symbol", "total").output.contains("file changed since it was indexed"))
    try FileManager.default.removeItem(at: path)
    #expect(try freshness() == "missing")
  }

  @Test func globalOptionsStandAnywhere() throws {
    let repository = try SampleRepository()
    for arguments in [["--json", "status"], ["status", "--json"], ["-C", ".", "--json", "status"]] {
      #expect(try repository.run(arguments).json()["command"] as? String == "status")
    }
  }

  @Test func theRootIsFoundFromBelow() throws {
    let repository = try SampleRepository()
    let below = repository.folder.appendingPathComponent("shop")
    let outcome = try CommandOutcome(["outline", "cart.py", "--json"], in: below)
    #expect(try (outcome.json()["file"] as? [String: Any])?["path"] as? String == "shop/cart.py")
  }

  @Test func noQuestionIsASyntaxError() throws {
    let repository = try SampleRepository()
    let hostile = [
      "\"", "a\"b", "NEAR(", "(", ")", "*", "AND", "OR NOT", "name:", "cart^2", "{a b}", "-", "--", "''",
      "\\",
      "cart AND", "\u{0}", "^", "ü\u{301}", "日本語", String(repeating: "cart ", count: 500),
    ]
    for question in hostile {
      let outcome = try CommandOutcome(
        ["search", "--", question.isEmpty ? "x" : question], in: repository.folder)
      #expect([0, 1].contains(outcome.status), "\(question): \(outcome.errors)")
    }
  }

  @Test func aClosedPipeIsSuccess() throws {
    let repository = try SampleRepository()
    let run = "set -o pipefail; \"$0\" export | head -c 1 >/dev/null"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", run, try #require(executable)]
    process.currentDirectoryURL = repository.folder
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test func settingsAreLayered() throws {
    let repository = try SampleRepository()
    func limit(_ environment: [String: String] = [:]) throws -> String {
      try repository.run("config", "get", "search.limit", environment: environment).output
    }
    #expect(try limit() == "10\n")
    try repository.write(".codira/config.toml", "[search]\nlimit = 3\n")
    #expect(try limit() == "3\n")
    #expect(try limit(["CODIRA_SEARCH_LIMIT": "4"]) == "4\n")
    for wrong in ["-4", "four"] {
      #expect(try repository.run("config", "list", environment: ["CODIRA_INDEX_JOBS": wrong]).status == 2)
    }
    let found = try repository.run("search", "cart add total", "--json", "--limit", "1").json()
    #expect((found["results"] as? [Any])?.count == 1)
  }

  @Test func wrongSettingsNameFileLineAndKey() throws {
    let repository = try SampleRepository()
    let cases = [
      ("[search]\n\nlimt = 3\n", "config.toml:3: `search.limt` is no setting", "search.limit"),
      ("[search]\nlimit = \"x\"\n", "config.toml:2: `search.limit` must be a whole number", ""),
      ("[search]\nlimit = -1\n", "config.toml:2: `search.limit` must be a whole number", ""),
      ("[embedding]\nprecision = \"int3\"\n", "`embedding.precision` must be one of float32", ""),
      ("[plugins]\npaths = [\"x\"]\n", "config.toml:2: `plugins.paths` may not be set", "CODIRA_PLUGINS"),
      ("[embedding]\nmodel = \"x\"\n", "config.toml:2: `embedding.model` may not be set", ""),
      ("[index]\nlargest_file = 1\n", "config.toml:2: `index.largest_file` may not be set", ""),
      ("a = = b\n", "config.toml:1:", ""),
    ]
    for (text, message, hint) in cases {
      try repository.write(".codira/config.toml", text)
      let outcome = try repository.run("config", "list")
      #expect(outcome.status == 2)
      #expect(
        outcome.errors.contains(message) && (hint.isEmpty || outcome.errors.contains(hint)),
        "\(outcome.errors)")
    }
  }

  @Test func namesCannotSteerTheTerminal() throws {
    let repository = try SampleRepository(indexed: false)
    try repository.write("shop/\u{1B}[31mred.py", "def shown():\n    pass\n")
    _ = try repository.run("index", "--no-embeddings", "--no-git")
    let outcome = try repository.run("symbol", "shown")
    #expect(outcome.status == 0 && !outcome.output.contains("\u{1B}"), "\(outcome.output)")
  }

  private var executable: String? {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("codira").path
  }

  @Test func inheritedMembersAreFoundByTheTypeThatHasThem() throws {
    let repository = try SampleRepository(indexed: false)
    try repository.write("shop/basket.py", "from shop.cart import Cart\n\nclass Basket(Cart):\n    pass\n")
    #expect(try repository.run("index", "--no-embeddings", "--no-git").status == 0)
    let answer = try repository.run("symbol", "Basket.add", "--json").json()
    let rows = try #require(answer["results"] as? [[String: Any]])
    #expect(rows.map { $0["id"] as? String } == ["python shop/cart/Cart#add()."])
    #expect(try repository.run("symbol", "Basket.remove").status == 1)
  }
}
