import CodiraTestSupport
import Foundation
import Testing

/// The session in `docs/mcp.md` is what the server says; `UPDATE_SNAPSHOTS=1` writes it and fails.
@Suite struct MCPSessionTests {
  private enum Step {
    case call(String, String)
    case shell(String)
  }

  private static let steps: [Step] = [
    .call("explore", #"{"query":"put an item into the cart"}"#),
    .call("calls", #"{"name":"Cart.add","direction":"callers"}"#),
    .shell("(the agent writes Cart.add_all into shop/cart.py)"), .shell("codira index"),
    .call("symbol", #"{"name":"add_all"}"#), .call("symbol", #"{"nme":"add_all"}"#), .call("status", "{}"),
  ]

  @Test func theSessionIsAsWritten() throws {
    let repository = try SampleRepository()
    let file = Checkout.root.appendingPathComponent("docs/mcp.md")
    let page = try String(contentsOf: file, encoding: .utf8)
    let start = try #require(page.firstRange(of: "<!-- session -->\n"))
    let end = try #require(page.firstRange(of: "<!-- end of session -->"))
    let session = try Self.steps.map { try Self.text($0, repository) }.joined()
    if session != page[start.upperBound..<end.lowerBound],
      ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1"
    {
      let new = page[..<start.upperBound] + session + page[end.lowerBound...]
      try Data(new.utf8).write(to: file)
    }
    #expect(
      page[start.upperBound..<end.lowerBound] == session, "look at it, then run with UPDATE_SNAPSHOTS=1")
  }

  private static func text(_ step: Step, _ repository: SampleRepository) throws -> String {
    switch step {
    case .call(let tool, let arguments):
      let answer = try answer(to: tool, arguments, in: repository)
      let fence = answer.contains("```") ? "````" : "```"
      return
        "**→** `\(tool)` `\(arguments)`\n\n\(fence)\n\(answer)\(answer.hasSuffix("\n") ? "" : "\n")\(fence)\n\n"
    case .shell("codira index"):
      _ = try repository.run("index", "--no-embeddings", "--no-git")
      return "    $ codira index\n\n"
    case .shell(let words):
      let path = repository.folder.path + "/shop/cart.py"
      let old = try String(contentsOfFile: path, encoding: .utf8)
      let method = "    def add_all(self, items):\n        for item in items:\n            self.add(item)\n\n"
      try repository.write(
        "shop/cart.py", old.replacing("    def checkout", with: method + "    def checkout"))
      return words + "\n\n"
    }
  }

  private static func answer(
    to tool: String, _ arguments: String, in repository: SampleRepository
  ) throws -> String {
    let line =
      #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\#(tool)","arguments":\#(arguments)}}"#
    let outcome = try CommandOutcome(["mcp", "--text"], in: repository.folder, input: line + "\n")
    let message = try outcome.json()
    let content = (message["result"] as? [String: Any])?["content"] as? [[String: Any]]
    return try #require(content?.first?["text"] as? String, "\(outcome.output)")
  }
}
