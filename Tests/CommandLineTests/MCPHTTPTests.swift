import CodiraTestSupport
import Foundation
import Glibc
import Testing

/// `codira mcp serve --http` as a client on this machine sees it.
@Suite struct MCPHTTPTests {
  /// A server on a free port, ended with the value.
  private final class Server {
    let process = Process()
    private let repository: SampleRepository
    private(set) var port: UInt16 = 0

    init(_ repository: SampleRepository, environment: [String: String] = [:]) throws {
      self.repository = repository
      process.executableURL = Checkout.products.appendingPathComponent("codira")
      process.arguments = ["mcp", "serve", "--http", "127.0.0.1:0"]
      process.currentDirectoryURL = repository.folder
      process.environment = ["HOME": repository.folder.path].merging(environment) { $1 }
      let errors = Pipe()
      process.standardError = errors
      process.standardInput = FileHandle.nullDevice
      try process.run()
      let line = String(decoding: errors.fileHandleForReading.availableData, as: UTF8.self)
      port = try #require(line.firstMatch(of: /127\.0\.0\.1:(\d+)\/mcp/).flatMap { UInt16($0.1) }, "\(line)")
    }

    func end() -> Int32 {
      process.terminate()
      process.waitUntilExit()
      return process.terminationStatus
    }

    /// What comes back for these bytes, until the server closes the connection.
    func exchange(_ text: String) throws -> String {
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(descriptor) }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      let status = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      try #require(status == 0)
      _ = send(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL))
      var answer: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      while case let count = read(descriptor, &chunk, chunk.count), count > 0 { answer += chunk[..<count] }
      return String(decoding: answer, as: UTF8.self)
    }

    func post(_ body: String, _ headers: String...) throws -> String {
      let head = [
        "POST /mcp HTTP/1.1", "Host: localhost", "Content-Type: application/json", "Connection: close",
      ]
      let lines = head + headers + ["Content-Length: \(body.utf8.count)", "", body]
      return try exchange(lines.joined(separator: "\r\n"))
    }
  }

  private static func call(_ tool: String, _ arguments: String) -> String {
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\#(tool)","arguments":\#(arguments)}}"#
  }

  @Test func toolsAnswerUntilASignalEndsIt() throws {
    let repository = try SampleRepository()
    let server = try Server(repository)
    let old = try server.post(Self.call("symbol", #"{"name":"Cart.add"}"#))
    #expect(
      old.hasPrefix("HTTP/1.1 200") && old.contains("shop/cart.py") && !old.contains("structuredContent"))
    let new = try server.post(
      Self.call("symbol", #"{"name":"Cart.add"}"#), "MCP-Protocol-Version: 2025-11-25")
    #expect(new.contains(#""structuredContent":{"schema_version":1,"command":"symbol","status":"ok""#))
    try repository.write("shop/more.py", "def brand_new():\n    pass\n")
    _ = try repository.run("index", "--no-embeddings", "--no-git")
    #expect(try server.post(Self.call("symbol", #"{"name":"brand_new"}"#)).contains("shop/more.py"))
    #expect(server.end() == 0)
  }

  @Test func whatItDoesNotTakeIsTurnedAway() throws {
    let server = try Server(
      try SampleRepository(indexed: false), environment: ["CODIRA_MCP_TOKEN": "0123456789abcdef"])
    let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
    let token = "Authorization: Bearer 0123456789abcdef"
    #expect(try server.post(ping, token).hasPrefix("HTTP/1.1 200"))
    let refused = try server.post(ping)
    #expect(refused.hasPrefix("HTTP/1.1 401") && refused.contains("WWW-Authenticate: Bearer"))
    #expect(try server.post(ping, token, "Origin: http://evil.example").hasPrefix("HTTP/1.1 403"))
    #expect(try server.post(ping, token, "MCP-Protocol-Version: 1").hasPrefix("HTTP/1.1 400"))
    let get = "GET /mcp HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(token)\r\n\r\n"
    #expect(try server.exchange(get).hasPrefix("HTTP/1.1 405"))
    #expect(try server.exchange(get.replacing("localhost", with: "evil.example")).hasPrefix("HTTP/1.1 403"))
    let large =
      "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\(token)\r\nContent-Length: 5000000\r\n\r\n"
    #expect(try server.exchange(large).hasPrefix("HTTP/1.1 413"))
    #expect(try server.post(Self.call("status", "{}"), token).contains("codira index"))
    #expect(server.end() == 0)
  }

  @Test func anAddressOfTheNetworkNeedsAToken() throws {
    let repository = try SampleRepository(indexed: false)
    let outcome = try repository.run("mcp", "serve", "--http", "0.0.0.0:0")
    #expect(outcome.status == 2 && outcome.errors.contains("--token-file"))
    try repository.write("token", "short\n")
    #expect(try repository.run("mcp", "serve", "--http", "0.0.0.0:0", "--token-file", "token").status == 2)
    for wrong in [["--http", "example.org:80"], ["--token-file", "token"], ["--allow-host", "a"]] {
      #expect(try repository.run(["mcp", "serve"] + wrong).status == 2)
    }
  }
}
