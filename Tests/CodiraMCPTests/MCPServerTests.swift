import CodiraModel
import Glibc
import Testing

import CodiraMCP

@Suite struct MCPServerTests {
  private static func server(textOnly: Bool = false) -> MCPServer {
    let tool = MCPTool(
      name: "echo", title: "Echo", description: "Says what it is told.",
      parameters: [
        .init("text", .text, "What to say.", isRequired: true), .init("times", .integer(1...3), "How often."),
        .init("mood", .choice(["glad", "sad"]), "How."), .init("loud", .boolean, "Whether loud."),
      ]
    ) { given in
      MCPAnswer(
        payload: ["status": "ok", "results": [.object(given)]], summary: "one row",
        text: "text of " + JSONValue.object(given).text)
    }
    return MCPServer(name: "test", version: "1", instructions: "Ask.", tools: [tool], textOnly: textOnly)
  }

  private static func answer(_ line: String, _ server: MCPServer = server()) -> String {
    server.answer(Array(line.utf8)).map { JSONValue.object($0).text } ?? ""
  }

  private static func request(_ method: String, _ parameters: String = "{}") -> String {
    #"{"jsonrpc":"2.0","id":7,"method":"\#(method)","params":\#(parameters)}"#
  }

  @Test(arguments: [
    ("2025-06-18", "2025-06-18"), ("2024-11-05", "2024-11-05"), ("1999-01-01", MCPServer.revisions[0]),
  ])
  func theRevisionIsTheClientsWhereItIsSpoken(_ asked: String, _ spoken: String) {
    let answer = Self.answer(Self.request("initialize", #"{"protocolVersion":"\#(asked)"}"#))
    #expect(answer.hasPrefix(#"{"jsonrpc":"2.0","id":7,"result":{"protocolVersion":"\#(spoken)""#))
  }

  @Test func aPayloadIsSentOnce() {
    let call = Self.request("tools/call", #"{"name":"echo","arguments":{"text":"hello","loud":true}}"#)
    let server = Self.server()
    #expect(
      Self.answer(call, server).hasSuffix(
        #""result":{"content":[{"type":"text","text":"one row"}],"structuredContent":{"status":"ok","results":"#
          + #"[{"text":"hello","loud":true}]}}}"#))
    for old in [server, Self.server(textOnly: true)] {
      _ = Self.answer(Self.request("initialize", #"{"protocolVersion":"2024-11-05"}"#), old)
      let answer = Self.answer(call, old)
      #expect(answer.contains(#"text of {\"text\":\"hello\""#) && !answer.contains("structuredContent"))
      #expect(!Self.answer(Self.request("tools/list"), old).contains("outputSchema"))
    }
  }

  @Test(arguments: [
    (#"{}"#, "echo needs the argument `text`: What to say."),
    (#"{"text":1}"#, "`text` of echo is a text."),
    (#"{"text":"a","times":4}"#, "`times` of echo is a whole number from 1 to 3."),
    (#"{"text":"a","mood":"wild"}"#, "`mood` of echo is one of glad, sad."),
    (#"{"txt":"a"}"#, "echo takes no argument `txt`; it takes text, times, mood, loud."),
  ])
  func wrongArgumentsAreNamedWithTheAcceptedOnes(_ arguments: String, _ message: String) {
    let answer = Self.answer(Self.request("tools/call", #"{"name":"echo","arguments":\#(arguments)}"#))
    #expect(answer.contains(JSONValue.string(message).text) && answer.hasSuffix(#""isError":true}}"#))
  }

  @Test(arguments: [
    ("garbage", -32700), ("[]", -32600), (#"{"id":1,"method":"ping"}"#, -32600),
    (#"{"jsonrpc":"2.0","id":1}"#, -32600), (#"{"jsonrpc":"2.0","id":[],"method":"ping"}"#, -32600),
    (#"{"jsonrpc":"2.0","id":1,"method":"ping","params":3}"#, -32602),
    (request("tools/fly"), -32601), (request("tools/call", #"{"name":"fly"}"#), -32602),
    (request("tools/call"), -32602), (request("tools/list", #"{"cursor":"x"}"#), -32602),
    (String(repeating: "[", count: 100_000), -32700),
  ])
  func faultsHaveTheirCodes(_ line: String, _ code: Int) {
    #expect(Self.answer(line).contains(#""error":{"code":\#(code),"#), "\(line.prefix(80))")
  }

  @Test func notificationsAndAnswersAreNotAnswered() {
    #expect(Self.answer(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#).isEmpty)
    #expect(Self.answer(#"{"jsonrpc":"2.0","id":1,"result":{}}"#).isEmpty)
  }

  @Test func everyDefinitionIsAnObjectWithoutUnions() {
    let list = Self.answer(Self.request("tools/list"))
    #expect(
      list.contains(#""inputSchema":{"type":"object""#) && list.contains(#""outputSchema":{"type":"object""#))
    for word in ["anyOf", "oneOf", "allOf", "$ref"] { #expect(!list.contains(word)) }
    #expect(list.contains(#""readOnlyHint":true"#))
  }

  @Test func linesAreAnsweredInOrderHoweverTheyArrive() throws {
    let ping = Self.request("ping") + "\n"
    let tooLong = String(repeating: "x", count: MCPLines.sizeLimit + 1) + "\n"
    let answers = try Self.served(ping + "\n  \r\n" + tooLong + "{\n" + ping + "no end")
    let lines = answers.split(separator: "\n").map(String.init)
    try #require(lines.count == 4)
    #expect(lines[0] == #"{"jsonrpc":"2.0","id":7,"result":{}}"# && lines[3] == lines[0])
    #expect(lines[1].contains("at most 4 MiB") && lines[2].contains("-32700"))
  }

  /// What a server writes to a client that sends `input` and closes.
  private static func served(_ input: String) throws -> String {
    let (from, to) = (try #require(tmpfile()), try #require(tmpfile()))
    defer {
      fclose(from)
      fclose(to)
    }
    fputs(input, from)
    rewind(from)
    MCPLines(input: fileno(from), output: fileno(to)).serve(server())
    rewind(to)
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, to)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
