import Foundation
import Testing

@Suite struct MCPCommandTests {
  /// The results of calls to tools, in one session.
  private func session(
    _ repository: SampleRepository, _ calls: [(tool: String, arguments: String)],
    revision: String = "2025-06-18",
    options: [String] = []
  ) throws -> [[String: Any]] {
    var lines = [
      #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"\#(revision)"}}"#,
      #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
    ]
    for (index, call) in calls.enumerated() {
      let parameters = #"{"name":"\#(call.tool)","arguments":\#(call.arguments)}"#
      lines.append(#"{"jsonrpc":"2.0","id":\#(index + 1),"method":"tools/call","params":\#(parameters)}"#)
    }
    let outcome = try CommandOutcome(
      ["mcp"] + options, in: repository.folder, input: lines.joined(separator: "\n") + "\n")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    return try outcome.output.split(separator: "\n").dropFirst().map { line in
      let message = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return try #require(message?["result"] as? [String: Any], "\(line)")
    }
  }

  @Test func toolsAnswerWithThePayloadOfTheCommandLine() throws {
    let repository = try SampleRepository()
    let pairs: [(tool: String, arguments: String, command: [String])] = [
      ("search", #"{"query":"put an item","limit":3}"#, ["search", "--limit=3", "--", "put an item"]),
      ("symbol", #"{"name":"Cart.add"}"#, ["symbol", "Cart.add"]),
      ("symbol", #"{"name":"-x"}"#, ["symbol", "--", "-x"]),
      (
        "calls", #"{"name":"run","direction":"callees","depth":2}"#,
        ["calls", "run", "--callees", "--depth=2"]
      ),
      ("status", "{}", ["status"]), ("map", "{}", ["map"]),
      ("explore", #"{"query":"total"}"#, ["context", "total"]),
      ("outline", #"{"file":"shop/cart.py"}"#, ["outline", "shop/cart.py"]),
      ("references", #"{"name":"total"}"#, ["refs", "total"]),
      ("implementations", #"{"name":"Cart"}"#, ["implementations", "Cart"]),
      ("impact", #"{"name":"total","depth":2}"#, ["impact", "total", "--depth=2"]),
    ]
    let results = try session(
      repository, pairs.map { ($0.tool, $0.arguments) }, options: ["--tools", "all", "--budget", "20000"])
    for (pair, result) in zip(pairs, results) {
      let payload = try #require(result["structuredContent"] as? [String: Any], "\(pair.tool)")
      let arguments = Array(pair.command.prefix(1)) + ["--json"] + pair.command.dropFirst()
      let printed = try repository.run(arguments).json()
      #expect(NSDictionary(dictionary: payload) == NSDictionary(dictionary: printed), "\(pair.tool)")
    }
  }

  @Test func answersAreCutByWholeRows() throws {
    let repository = try SampleRepository()
    let body = (0..<100).map { "def caller_\($0)():\n    return total([])\n" }.joined()
    try repository.write("shop/many.py", "from shop.price import total\n" + body)
    _ = try repository.run("index", "--no-embeddings", "--no-git")
    let result = try session(repository, [("symbol", #"{"name":"total"}"#)], options: ["--budget", "700"])[0]
    let payload = try #require(result["structuredContent"] as? [String: Any])
    let size = try JSONSerialization.data(withJSONObject: payload, options: .withoutEscapingSlashes).count
    #expect(size <= 2_100 && size > 1_000)
    let callers = try #require(payload["callers"] as? [[String: Any]])
    let cut = try #require(payload["cut"] as? [String: Any])
    #expect(callers.count + ((cut["left_out"] as? [String: Int])?["callers"] ?? 0) == 101)
    let text = try session(
      repository, [("calls", #"{"name":"total"}"#)], options: ["--budget", "500", "--text"])[0]
    let content = try #require((text["content"] as? [[String: Any]])?.first?["text"] as? String)
    #expect(
      content.utf8.count <= 1_500 && content.contains("… cut; cursor ") && content.contains("Callers (101)"))
  }

  @Test func aCutAnswerGoesOnAtItsCursor() throws {
    let repository = try SampleRepository()
    let body = (0..<60).map { "def caller_\($0)():\n    return total([])\n" }.joined()
    try repository.write("shop/many.py", "from shop.price import total\n" + body)
    _ = try repository.run("index", "--no-embeddings", "--no-git")
    var names: [String] = []
    var cursor: String?
    for turn in 0..<20 where turn == 0 || cursor != nil {
      let more = cursor.map { #","cursor":"\#($0)""# } ?? ""
      let call = [("calls", #"{"name":"total","direction":"callers"\#(more)}"#)]
      let result = try session(repository, call, options: ["--budget", "900"])[0]
      let payload = try #require(result["structuredContent"] as? [String: Any])
      let rows = payload["results"] as? [[String: Any]] ?? []
      names += rows.compactMap { $0["name"] as? String }.filter { $0.hasPrefix("caller_") }
      cursor = (payload["cut"] as? [String: Any])?["cursor"] as? String
    }
    #expect(Set(names).count == 60 && names.count == 60 && cursor == nil)
  }

  @Test func aCutTextGoesOnAtItsCursor() throws {
    let repository = try SampleRepository()
    let body = (0..<60).map { "def caller_\($0)():\n    return total([])\n" }.joined()
    try repository.write("shop/many.py", "from shop.price import total\n" + body)
    _ = try repository.run("index", "--no-embeddings", "--no-git")
    func text(_ more: String, budget: String = "500") throws -> String {
      let call = [("calls", #"{"name":"total"\#(more)}"#)]
      let result = try session(repository, call, options: ["--budget", budget, "--text"])[0]
      return (result["content"] as? [[String: Any]])?.first?["text"] as? String ?? ""
    }
    let whole = try text("", budget: "20000")
    var (joined, more, cursor) = ("", "", "")
    for _ in 0..<20 {
      let part = try text(more)
      guard let note = part.firstMatch(of: /… cut; cursor "([^"]*)" goes on\./) else {
        joined += part
        break
      }
      joined += part[..<note.range.lowerBound]
      cursor = String(note.1)
      more = #","cursor":"\#(cursor)""#
    }
    #expect(joined == whole && !cursor.isEmpty)
    for wrong in ["x", "1.2.3.4.5.6.7", "-1.2", "99.1"] {
      #expect(try text(#","cursor":"\#(wrong)""#).contains("Ask again without a cursor."))
    }
    _ = try repository.run("index", "--no-embeddings", "--no-git", "--full")
    #expect(try text(more).contains("Ask again without a cursor."))
  }

  @Test func whatIsWrongComesWithItsCure() throws {
    let repository = try SampleRepository(indexed: false)
    let calls = [("status", "{}"), ("symbol", #"{"nme":"x"}"#), ("search", #"{"query":"x","kind":"klass"}"#)]
    let texts = try session(repository, calls).map { result in
      #expect(result["isError"] as? Bool == true)
      return (result["content"] as? [[String: Any]])?.first?["text"] as? String ?? ""
    }
    #expect(texts[0].contains("codira index"))
    #expect(texts[1] == "symbol takes no argument `nme`; it takes name, path, language, kind, cursor.")
    #expect(texts[2].contains("klass"))
  }

  @Test(arguments: ["claude-code", "claude-desktop", "cursor", "vscode", "codex", "zed"])
  func everyClientGetsAnEntry(_ client: String) throws {
    let repository = try SampleRepository(indexed: false)
    let rows = try repository.run("mcp", "config", client, "--json").json()["results"] as? [[String: Any]]
    let entry = try #require(rows?.first?["entry"] as? String)
    #expect(entry.contains(repository.folder.path) && entry.contains("serve") && !entry.contains("--index"))
    let moved = try repository.run("mcp", "config", client, "--index", repository.folder.path + "/other")
    #expect(moved.output.contains("\"--index\",\"\(repository.folder.path)/other\""))
    if rows?.first?["format"] as? String == "json" {
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(entry.utf8)) }
    }
  }

  // MARK: Writing a client's file

  private func write(
    _ client: String, _ path: String, _ text: String?, in repository: SampleRepository, more: [String] = []
  ) throws -> (outcome: CommandOutcome, text: String) {
    let file = repository.folder.appendingPathComponent(path)
    if let text { try repository.write(path, text) }
    let outcome = try repository.run(
      ["mcp", "config", client, "--write", "--file", file.path, "--json"] + more)
    return (outcome, (try? String(contentsOf: file, encoding: .utf8)) ?? "")
  }

  private func state(_ outcome: CommandOutcome) throws -> String {
    let rows = try outcome.json()["results"] as? [[String: Any]]
    return rows?.first?["outcome"] as? String ?? outcome.output
  }

  @Test(arguments: ["claude-code", "claude-desktop", "cursor", "vscode", "zed", "codex"])
  func anEntryIsWrittenOnceAndTheRestStays(_ client: String) throws {
    let repository = try SampleRepository(indexed: false)
    let isTable = client == "codex"
    let first = try repository.run(["mcp", "config", client, "--write", "--json"])
    #expect(try state(first) == "created" && first.status == 0)
    let rows = try first.json()["results"] as? [[String: Any]]
    let path = try #require(rows?.first?["path"] as? String)
    #expect(path.hasPrefix(repository.folder.path))
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.contains("\"serve\"") && text.contains(isTable ? "[mcp_servers.codira]" : "\"codira\": {"))
    #expect(try state(try repository.run(["mcp", "config", client, "--write", "--json"])) == "unchanged")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    let moved = try repository.run(["mcp", "config", client, "--write", "--json", "--index", "other"])
    #expect(try state(moved) == "changed")
    #expect(try String(contentsOfFile: path + ".before-codira", encoding: .utf8) == text)
  }

  @Test(arguments: [
    ("{}", "{\n  \"mcpServers\": {"), (" \n", "{\n  \"mcpServers\": {"),
    (
      "{\n\t\"a\" : [1 ,2],\n\t\"z\": {}\n}\n",
      "{\n\t\"a\" : [1 ,2],\n\t\"z\": {},\n\t\"mcpServers\": {\n\t  \"codira\": {"
    ),
    (
      "{\"mcpServers\": {\n    \"o\\\"ther\": {\"command\":\"x\"}\n  }, \"b\": 1e3}",
      "{\"mcpServers\": {\n    \"o\\\"ther\": {\"command\":\"x\"},\n    \"codira\": {"
    ),
    (
      "{\"mcpServers\": {\"codira\": {\"command\": \"old\", \"env\": {\"A\": \"b\"}}}}",
      "{\"mcpServers\": {\"codira\": {\n  \"command\":"
    ),
  ])
  func whatIsInAFileStaysAsItIsWritten(_ old: String, _ beginning: String) throws {
    let repository = try SampleRepository(indexed: false)
    let (outcome, text) = try write("cursor", "c.json", old, in: repository)
    #expect(try state(outcome) == "changed")
    #expect(text.hasPrefix(beginning), "\(text)")
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let entry = (object?["mcpServers"] as? [String: Any])?["codira"] as? [String: Any]
    #expect((entry?["args"] as? [String])?.contains("serve") == true)
    #expect(old.contains("env") == (entry?["env"] != nil))
  }

  @Test(arguments: [
    "// mine\n{}", "{\"a\": 1,}", "[]", "{} {}", "{\"mcpServers\": []}", "{\"mcpServers\": {\"codira\": 1}}",
    "{\"mcpServers\": {}, \"mcpServers\": {}}",
  ])
  func aFileThatIsNoPlainJSONIsLeftAlone(_ old: String) throws {
    let repository = try SampleRepository(indexed: false)
    let (outcome, text) = try write("cursor", "c.json", old, in: repository)
    #expect(outcome.status == 2 && text == old)
    #expect(outcome.output.contains("not_written") && outcome.output.contains("mcpServers"))
  }

  @Test(arguments: [
    ("", "[mcp_servers.codira]\n"),
    ("model = \"x\" # mine\n", "model = \"x\" # mine\n\n[mcp_servers.codira]\n"),
    (
      "[mcp_servers.codira]\ncommand = \"old\"\nargs = [\n  \"a\",\n]\n\n[other]\na = 1\n",
      "[mcp_servers.codira]\ncommand = "
    ),
  ])
  func aTableIsAddedOrReplaced(_ old: String, _ beginning: String) throws {
    let repository = try SampleRepository(indexed: false)
    let (outcome, text) = try write("codex", "c.toml", old, in: repository)
    #expect(try state(outcome) == "changed" && text.hasPrefix(beginning), "\(text)")
    #expect(!text.contains("old") && text.hasSuffix("\n[other]\na = 1\n") == old.contains("other"))
    #expect(try state(try write("codex", "c.toml", nil, in: repository).outcome) == "unchanged")
  }

  @Test(arguments: [
    "a = ", "[mcp_servers.codira]\ncommand = \"old\"\nstartup_timeout_sec = 9\n",
    "mcp_servers = { codira = { command = \"old\" } }\n", "[mcp_servers]\ncodira = 1\n",
  ])
  func aTableThatIsNotOursAloneIsLeftAlone(_ old: String) throws {
    let repository = try SampleRepository(indexed: false)
    let (outcome, text) = try write("codex", "c.toml", old, in: repository)
    #expect(outcome.status == 2 && text == old && outcome.output.contains("not_written"))
  }

  @Test func anEntryMayNameAServerOverHTTP() throws {
    let repository = try SampleRepository(indexed: false)
    let url = "http://127.0.0.1:8377/mcp"
    for client in ["claude-code", "cursor", "vscode", "codex", "zed"] {
      let shown = try repository.run("mcp", "config", client, "--http", url)
      #expect(shown.output.contains(url) && !shown.output.contains("command"))
    }
    for wrong in [
      ["claude-desktop", "--http", url], ["cursor", "--http", "127.0.0.1"], ["cursor", "--file", "x"],
    ] {
      #expect(try repository.run(["mcp", "config"] + wrong).status == 2)
    }
  }

  // MARK: Resources and prompts

  /// The messages that answer requests, in one session.
  private func messages(_ repository: SampleRepository, _ requests: [(method: String, parameters: String)])
    throws
    -> [[String: Any]]
  {
    let lines = requests.enumerated().map { index, request in
      #"{"jsonrpc":"2.0","id":\#(index),"method":"\#(request.method)","params":\#(request.parameters)}"#
        + "\n"
    }
    let outcome = try CommandOutcome(
      ["mcp", "--budget", "500"], in: repository.folder, input: lines.joined())
    return try outcome.output.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  @Test func resourcesAreFilesAndSymbolsOfTheIndexAlone() throws {
    let repository = try SampleRepository()
    try repository.write("many.py", (1...400).map { "a\($0) = \($0)\n" }.joined())
    try repository.write("secret.txt", "hidden\n")
    try FileManager.default.createDirectory(
      at: repository.folder.appendingPathComponent("linked"), withIntermediateDirectories: true)
    try repository.write("linked/f.py", "b = 1\n")
    try repository.write(".codiraignore", "secret.txt\n")
    _ = try repository.run("index", "--no-embeddings", "--no-git")
    let linked = repository.folder.appendingPathComponent("linked")
    try FileManager.default.removeItem(at: linked)
    try FileManager.default.createSymbolicLink(
      at: linked, withDestinationURL: repository.folder.appendingPathComponent("shop"))
    try repository.write("shop/f.py", "c = 1\n")
    let known = [
      "status", "map", "symbol/Cart.add", "symbol/add", "file/shop/cart.py", "file/many.py",
      "file/many.py?from=390",
    ]
    let unknown = [
      "symbol/nothing", "file/secret.txt", "file/../x", "file//etc/passwd", "file/linked/f.py", "file/shop",
      "file/many.py?from=0", "nothing", "status/x",
    ]
    let answers = try messages(
      repository, (known + unknown).map { ("resources/read", #"{"uri":"codira://\#($0)"}"#) })
    try #require(answers.count == known.count + unknown.count)
    let texts = answers.prefix(known.count).map { answer -> String in
      let contents = (answer["result"] as? [String: Any])?["contents"] as? [[String: Any]]
      return contents?.first?["text"] as? String ?? "\(answer)"
    }
    #expect(texts[0].contains("generation 2") && texts[2].contains("def add(self, item):"))
    #expect(texts[3].contains("2 symbols have this name"))
    #expect(
      texts[4].hasPrefix("\"\"\"Carts of a shop.\"\"\"\nfrom shop.price")
        && texts[4].hasSuffix("cart.checkout()\n"))
    #expect(texts[5].utf8.count <= 1_500 && texts[5].contains("of 400: codira://file/many.py?from="))
    #expect(texts[6].hasPrefix("a390 = 390\n") && texts[6].hasSuffix("a400 = 400\n"))
    for (place, answer) in zip(unknown, answers.dropFirst(known.count)) {
      #expect((answer["error"] as? [String: Any])?["code"] as? Int == -32002, "\(place): \(answer)")
    }
  }

  @Test func promptsBeginWithWhatTheIndexKnows() throws {
    let repository = try SampleRepository()
    let answers = try messages(
      repository,
      [
        ("prompts/get", #"{"name":"explain","arguments":{"symbol":"Cart.add"}}"#),
        ("prompts/get", #"{"name":"locate","arguments":{"task":"put an item"}}"#),
        ("prompts/get", #"{"name":"review"}"#),
      ])
    let texts = answers.map { answer -> String in
      let messages = (answer["result"] as? [String: Any])?["messages"] as? [[String: Any]]
      return (messages?.first?["content"] as? [String: Any])?["text"] as? String ?? "\(answer)"
    }
    #expect(
      texts.count == 3 && texts[0].contains("shop/cart.py:7 method") && texts[1].contains("## Found") == false
    )
    #expect(texts[1].contains("shop/cart.py") && texts[2].contains("git diff HEAD"))
  }

  @Test func definitionsCostLittle() throws {
    let repository = try SampleRepository(indexed: false)
    let input =
      #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18"}}"# + "\n"
      + #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"# + "\n"
    let outcome = try CommandOutcome(["mcp"], in: repository.folder, input: input)
    let list = try #require(outcome.output.split(separator: "\n").last)
    #expect(list.utf8.count < 4_500)
  }
}
