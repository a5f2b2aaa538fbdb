import CodiraModel
import Testing

import CodiraMCP

/// Streamable HTTP, without a network: what a request is answered with.
@Suite struct MCPEndpointTests {
  private static let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#

  private static func answer(
    _ headers: [String: String?] = [:], method: String = "POST", path: String = "/mcp", body: String = ping,
    address: String = "127.0.0.1:8377", names: [String] = [], token: String? = nil
  ) -> (status: Int, text: String) {
    var all: [String: String?] = ["Host": "127.0.0.1:8377", "Content-Type": "application/json"]
    all.merge(headers) { $1 }
    let request = HTTPRequest(
      method: method, path: path, headers: all.compactMap { name, value in value.map { (name, $0) } },
      body: Array(body.utf8))
    let admission = HTTPAdmission(address: HTTPAddress(address)!, names: names, token: token)
    let endpoint = MCPEndpoint(MCPServerTests.server(), admission)
    let response = endpoint.refusal(of: request) ?? endpoint.answer(request)
    return (response.status, String(decoding: response.body, as: UTF8.self))
  }

  @Test(arguments: [
    ("127.0.0.1:8377", 200), ("localhost", 200), ("LOCALHOST:1", 200), ("[::1]:8377", 200),
    ("evil.example", 403),
    ("127.0.0.1.evil.example", 403), ("localhost.evil.example:8377", 403), ("10.0.0.1:8377", 403), ("", 403),
    ("[::1", 403), (nil, 403),
  ])
  func theHostMustBeThisMachine(_ host: String?, _ status: Int) {
    #expect(Self.answer(["Host": host]).status == status)
  }

  @Test(arguments: [
    ("http://localhost:3000", 200), ("https://127.0.0.1", 200), ("http://evil.example", 403), ("null", 403),
    ("http://localhost.evil.example", 403), ("http://evil.example/localhost", 403),
  ])
  func pagesFromElsewhereAreTurnedAway(_ origin: String, _ status: Int) {
    #expect(Self.answer(["Origin": origin]).status == status)
  }

  @Test func anAddressOfTheNetworkGoesByDigitsAndAllowedNames() {
    for (host, status) in [("192.168.1.2:8377", 200), ("box.example", 200), ("evil.example", 403)] {
      let answer = Self.answer(["Host": host], address: "0.0.0.0:8377", names: ["Box.example"])
      #expect(answer.status == status, "\(host)")
    }
  }

  @Test(arguments: [
    ("Bearer 0123456789abcdef", 200), ("bearer 0123456789abcdef", 200), ("Bearer 0123456789abcdeg", 401),
    ("Bearer 0123456789abcde", 401), ("Bearer 0123456789abcdef0123456789abcdef", 401), ("Bearer ", 401),
    ("Basic 0123456789abcdef", 401), (nil, 401),
  ])
  func aTokenMustBeWhole(_ header: String?, _ status: Int) {
    #expect(Self.answer(["Authorization": header], token: "0123456789abcdef").status == status)
  }

  @Test func whatIsNoMessageHasItsStatus() {
    #expect(Self.answer(path: "/").status == 404)
    for method in ["GET", "DELETE", "OPTIONS", "PUT"] { #expect(Self.answer(method: method).status == 405) }
    #expect(Self.answer(["Content-Type": "text/plain"]).status == 415)
    #expect(Self.answer(["Content-Type": "application/json; charset=utf-8"]).status == 200)
    #expect(Self.answer(["Accept": "text/html"]).status == 406)
    #expect(Self.answer(["Accept": "application/json, text/event-stream"]).status == 200)
    for size in ["4194305", "x", "99999999999999999999"] {
      #expect(Self.answer(["Content-Length": size]).status == 413)
    }
    #expect(Self.answer(["MCP-Protocol-Version": "1999-01-01"]).status == 400)
    #expect(Self.answer(body: "{").status == 400)
    #expect(Self.answer(body: "[\(Self.ping)]").status == 400)
    let notification = Self.answer(body: #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)
    #expect(notification.status == 202 && notification.text.isEmpty)
    #expect(Self.answer(body: Self.ping.replacing("ping", with: "fly")).status == 200)
  }

  @Test func theRevisionIsTheHeaders() {
    let list = Self.ping.replacing("ping", with: "tools/list")
    #expect(!Self.answer(body: list).text.contains("outputSchema"))
    #expect(Self.answer(["MCP-Protocol-Version": "2025-06-18"], body: list).text.contains("outputSchema"))
  }

  @Test func theStatelessRevisionRepeatsItselfInHeaders() {
    let meta = #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}"#
    let call =
      #"{"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"greet","arguments":{"who":"é"},\#(meta)}}"#
    let headers = ["MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "prompts/get", "Mcp-Name": "greet"]
    let good = Self.answer(headers, body: call)
    #expect(good.status == 200 && good.text.contains("Hello, é!"))
    #expect(
      Self.answer(headers.merging(["Mcp-Name": "=?base64?Z3JlZXQ=?="]) { $1 }, body: call).status == 200)
    for (name, value) in [
      ("Mcp-Name", "bow"), ("Mcp-Name", "=?base64?!?="), ("Mcp-Method", "ping"),
      ("MCP-Protocol-Version", "2025-11-25"),
    ] {
      let answer = Self.answer(headers.merging([name: value]) { $1 }, body: call)
      #expect(answer.status == 400 && answer.text.contains("-32020"), "\(name): \(value)")
    }
    #expect(Self.answer(["MCP-Protocol-Version": "2026-07-28"]).status == 400)
    let unknown = call.replacing("prompts/get", with: "fly")
    #expect(
      Self.answer(["MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "fly"], body: unknown).status == 404)
  }

  @Test(arguments: [
    ("127.0.0.1:1", "127.0.0.1", 1), ("8400", "127.0.0.1", 8400), ("localhost", "127.0.0.1", 8377),
    ("[::1]:9", "::1", 9), ("::1", "::1", 8377), ("0.0.0.0", "0.0.0.0", 8377), (":80", "127.0.0.1", 80),
  ])
  func addressesAreRead(_ text: String, _ host: String, _ port: UInt16) throws {
    let address = try #require(HTTPAddress(text))
    #expect(address.host == host && address.port == port)
    #expect(address.isLoopback == (host != "0.0.0.0"))
    for wrong in ["", "host.example", "1.2.3:4", "127.0.0.1:", "127.0.0.1:99999", "[::1]x", "[::1]:"] {
      #expect(HTTPAddress(wrong) == nil || wrong.isEmpty, "\(wrong)")
    }
  }
}
