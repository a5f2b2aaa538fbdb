import CodiraModel
import Glibc
import Testing

import CodiraMCP

/// What a client sees that speaks over pipes.
@Suite struct MCPLinesTests {
  private static func request(_ id: Int, _ method: String, _ parameters: String = "{}") -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(parameters)}"# + "\n"
  }

  private static func sleep(_ id: Int, seconds: Int, more: String = "") -> String {
    request(
      id, "tools/call", #"{"name":"echo","arguments":{"text":"a","times":\#(seconds),"loud":true}\#(more)}"#)
  }

  private static func cancel(_ id: Int) -> String {
    #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":\#(id)}}"# + "\n"
  }

  /// What a server writes to a client that sends `input` and closes.
  private static func served(_ input: String) throws -> [String] {
    let (from, to) = (try #require(tmpfile()), try #require(tmpfile()))
    defer {
      fclose(from)
      fclose(to)
    }
    fputs(input, from)
    rewind(from)
    MCPLines(input: fileno(from), output: fileno(to)).serve(MCPServerTests.server())
    rewind(to)
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, to)
    return String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test func linesAreAnsweredHoweverTheyArrive() throws {
    let ping = Self.request(7, "ping")
    let tooLong = String(repeating: "x", count: MCPLines.sizeLimit + 1) + "\n"
    let lines = try Self.served(ping + "\n  \r\n" + tooLong + "{\n" + ping + "no end")
    try #require(lines.count == 4)
    #expect(lines[0] == #"{"jsonrpc":"2.0","id":7,"result":{}}"# && lines[3] == lines[0])
    #expect(lines[1].contains("at most 4 MiB") && lines[2].contains("-32700"))
  }

  @Test func requestsAreAnsweredInOrderAndWhatIsWithdrawnIsNot() throws {
    let lines = try Self.served(
      Self.request(1, "initialize") + Self.sleep(2, seconds: 3) + Self.request(3, "tools/list")
        + Self.request(4, "prompts/list") + Self.cancel(1) + Self.cancel(2) + Self.cancel(3) + Self.cancel(9)
        + Self.request(5, "ping"))
    #expect(lines.count == 3)
    #expect(lines.contains { $0.hasPrefix(#"{"jsonrpc":"2.0","id":1,"result""#) })
    #expect(lines.last?.hasPrefix(#"{"jsonrpc":"2.0","id":4,"#) == true)
    #expect(lines.contains(#"{"jsonrpc":"2.0","id":5,"result":{}}"#))
  }

  @Test func aLongCallTellsHowItGoesAndAPingDoesNotWaitForIt() throws {
    var pipes: [Int32] = [0, 0]
    try #require(pipe(&pipes) == 0)
    let output = try #require(tmpfile())
    let more = #","_meta":{"progressToken":"t"}"#
    let input =
      Self.request(1, "initialize") + Self.sleep(2, seconds: 3, more: more) + Self.request(3, "ping")
    let source = pipes[1]
    write(source, input, input.utf8.count)
    let thread = Thread(after: 4) { close(source) }
    MCPLines(input: pipes[0], output: fileno(output)).serve(MCPServerTests.server())
    thread.join()
    close(pipes[0])
    rewind(output)
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, output)
    fclose(output)
    let lines = String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n").map(String.init)
    let places = lines.compactMap { $0.firstMatch(of: /"id":(\d)/).map { String($0.1) } }
    #expect(places.last == "2" && places.contains("3"))
    let told = lines.filter { $0.contains("notifications/progress") }
    #expect((1...3).contains(told.count))
    #expect(told.first?.contains(#""params":{"progressToken":"t","progress":1,"#) == true)
  }

  @Test func itEndsWhenNobodyReads() throws {
    var (input, output): ([Int32], [Int32]) = ([0, 0], [0, 0])
    try #require(pipe(&input) == 0 && pipe(&output) == 0)
    close(output[0])
    MCPLines(input: input[0], output: output[1]).serve(MCPServerTests.server())
    for descriptor in [input[0], input[1], output[1]] { close(descriptor) }
  }

  /// Runs something a while later.
  private struct Thread {
    private let thread: pthread_t

    init(after seconds: UInt32, _ body: @escaping @Sendable () -> Void) {
      final class Box: Sendable {
        let seconds: UInt32
        let body: @Sendable () -> Void
        init(_ seconds: UInt32, _ body: @escaping @Sendable () -> Void) {
          (self.seconds, self.body) = (seconds, body)
        }
      }
      var thread = pthread_t()
      pthread_create(
        &thread, nil,
        { argument in
          let box = Unmanaged<Box>.fromOpaque(argument!).takeRetainedValue()
          Glibc.sleep(box.seconds)
          box.body()
          return nil
        }, Unmanaged.passRetained(Box(seconds, body)).toOpaque())
      self.thread = thread
    }

    func join() { pthread_join(thread, nil) }
  }
}
