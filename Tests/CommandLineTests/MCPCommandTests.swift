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
    #expect(content.utf8.count <= 1_500 && content.contains("… cut: ") && content.contains("Callers (101)"))
  }

  @Test func whatIsWrongComesWithItsCure() throws {
    let repository = try SampleRepository(indexed: false)
    let calls = [("status", "{}"), ("symbol", #"{"nme":"x"}"#), ("search", #"{"query":"x","kind":"klass"}"#)]
    let texts = try session(repository, calls).map { result in
      #expect(result["isError"] as? Bool == true)
      return (result["content"] as? [[String: Any]])?.first?["text"] as? String ?? ""
    }
    #expect(texts[0].contains("codira index"))
    #expect(texts[1] == "symbol takes no argument `nme`; it takes name, path, language, kind.")
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
