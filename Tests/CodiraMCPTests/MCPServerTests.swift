import CodiraModel
import Glibc
import Testing

import CodiraMCP

@Suite struct MCPServerTests {
  static func server(textOnly: Bool = false, tools count: Int = 1) -> MCPServer {
    let tools = (0..<count).map { number in
      MCPTool(
        name: number == 0 ? "echo" : "echo\(number)", title: "Echo", description: "Says what it is told.",
        parameters: [
          .init("text", .text, "What to say.", isRequired: true),
          .init("times", .integer(1...3), "How often."),
          .init("mood", .choice(["glad", "sad"]), "How."), .init("loud", .boolean, "Whether loud."),
        ]
      ) { given, asText in
        if case .int(let seconds)? = given["times"], given["loud"] == true { sleep(UInt32(seconds)) }
        if asText { return MCPAnswer(text: "text of " + JSONValue.object(given).text) }
        return MCPAnswer(payload: ["status": "ok", "results": [.object(given)]], text: "one row")
      }
    }
    let prompt = MCPPrompt(
      name: "greet", title: "Greet", description: "Greets.",
      arguments: [.init("who", "Whom.", isRequired: true)]
    ) { "Hello, \($0["who"] ?? "")!" }
    let resources = MCPResources(
      list: [MCPResource(uri: "x://a", name: "a", description: "An a.", type: "text/plain")],
      templates: [MCPResourceTemplate(pattern: "x://{b}", name: "b", description: "A b.", type: "text/plain")]
    ) { $0 == "x://a" ? .text("AAA", type: "text/plain") : .unknown("There is no \($0).") }
    return MCPServer(
      name: "test", version: "1", instructions: "Ask.", tools: tools, resources: resources, prompts: [prompt],
      textOnly: textOnly)
  }

  private static func answer(
    _ line: String, _ server: MCPServer = server(), _ revision: MCPRevision = .handshake
  ) -> String {
    server.answer(Array(line.utf8), revision).map { JSONValue.object($0).text } ?? ""
  }

  private static func request(_ method: String, _ parameters: String = "{}") -> String {
    #"{"jsonrpc":"2.0","id":7,"method":"\#(method)","params":\#(parameters)}"#
  }

  @Test(arguments: [
    ("2025-06-18", "2025-06-18"), ("2024-11-05", "2024-11-05"), ("1999-01-01", "2025-11-25"),
    ("2026-07-28", "2025-11-25"),
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
    for (old, revision) in [(server, MCPRevision.first), (Self.server(textOnly: true), .handshake)] {
      let answer = Self.answer(call, old, revision)
      #expect(answer.contains(#"text of {\"text\":\"hello\""#) && !answer.contains("structuredContent"))
      #expect(!Self.answer(Self.request("tools/list"), old, revision).contains("outputSchema"))
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

  // MARK: The stateless revision

  private static let meta = #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}"#

  @Test func aRequestMayNameItsRevision() {
    let list = Self.answer(Self.request("tools/list", "{\(Self.meta)}"), Self.server(), .first)
    #expect(list.contains("outputSchema"))
    #expect(list.hasSuffix(#""resultType":"complete","ttlMs":3600000,"cacheScope":"private"}}"#))
    let call = Self.answer(
      Self.request("tools/call", #"{"name":"echo","arguments":{"text":"a"},\#(Self.meta)}"#))
    #expect(call.contains("structuredContent") && call.hasSuffix(#""resultType":"complete"}}"#))
    let found = Self.answer(Self.request("server/discover", "{\(Self.meta)}"))
    #expect(found.contains(#""supportedVersions":["2026-07-28","2025-11-25","#))
    let wrong = Self.meta.replacing("2026-07-28", with: "2031-01-01")
    let refused = Self.answer(Self.request("tools/list", "{\(wrong)}"))
    #expect(refused.contains("-32022") && refused.contains(#""requested":"2031-01-01""#))
  }

  // MARK: Lists, resources, prompts

  @Test func longListsComeInPages() throws {
    let server = Self.server(tools: 120)
    var names = 0
    var cursor: String?
    var pages = 0
    repeat {
      let parameters = cursor.map { #"{"cursor":"\#($0)"}"# } ?? "{}"
      let answer = Self.answer(Self.request("tools/list", parameters), server)
      names += answer.matches(of: /"name":"echo/).count
      cursor = answer.firstMatch(of: /"nextCursor":"([^"]*)"/).map { String($0.1) }
      pages += 1
    } while cursor != nil && pages < 9
    #expect(names == 120 && pages == 3)
    for wrong in [#""p3""#, #""p""#, #""p2t""#, #""""#, "50", "{}"] {
      #expect(Self.answer(Self.request("tools/list", #"{"cursor":\#(wrong)}"#), server).contains("-32602"))
    }
  }

  @Test func resourcesAreListedAndRead() {
    #expect(Self.answer(Self.request("resources/list")).contains(#"{"uri":"x://a","name":"a""#))
    #expect(Self.answer(Self.request("resources/templates/list")).contains(#"{"uriTemplate":"x://{b}""#))
    let read = Self.answer(Self.request("resources/read", #"{"uri":"x://a"}"#))
    #expect(read.contains(#""contents":[{"uri":"x://a","mimeType":"text/plain","text":"AAA"}]"#))
    let unknown = Self.request("resources/read", #"{"uri":"x://c"}"#)
    #expect(Self.answer(unknown).contains("-32002"))
    let stateless = Self.request("resources/read", #"{"uri":"x://c",\#(Self.meta)}"#)
    #expect(Self.answer(stateless).contains("-32602"))
    #expect(Self.answer(Self.request("resources/read")).contains("-32602"))
  }

  @Test func promptsAreWrittenOut() {
    #expect(
      Self.answer(Self.request("prompts/list")).contains(
        #"{"name":"who","description":"Whom.","required":true}"#))
    let text = Self.answer(Self.request("prompts/get", #"{"name":"greet","arguments":{"who":"you"}}"#))
    #expect(text.contains(#""messages":[{"role":"user","content":{"type":"text","text":"Hello, you!"}}]"#))
    for wrong in [
      #"{"name":"greet"}"#, #"{"name":"greet","arguments":{"who":1}}"#, #"{"name":"bow"}"#,
      #"{"name":"greet","arguments":{"who":"a","why":"b"}}"#,
    ] {
      #expect(Self.answer(Self.request("prompts/get", wrong)).contains("-32602"), "\(wrong)")
    }
  }

  @Test(arguments: [
    ("x://file/src/a%20b.py?from=20", "file", "src/a b.py", "from=20"), ("x://status", "status", "", ""),
    ("x://symbol/python%20a/B%23c().", "symbol", "python a/B#c().", ""),
  ])
  func addressesAreTakenApart(_ uri: String, _ kind: String, _ path: String, _ query: String) throws {
    let address = try #require(MCPAddress(uri, scheme: "x"))
    #expect(address.kind == kind && address.path == Array(path.utf8) && address.query == query)
    let again = MCPAddress.text(scheme: "x", kind: kind, path: Array(path.utf8), query: query)
    #expect(path.isEmpty || MCPAddress(again, scheme: "x") == address)
    for wrong in ["y://a", "x://a/%4", "x://a/%zz", "x://a/%+1", "x:/a"] {
      #expect(MCPAddress(wrong, scheme: "x") == nil)
    }
  }
}
