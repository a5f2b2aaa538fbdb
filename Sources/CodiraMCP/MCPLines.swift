import CodiraModel
import Glibc

/// The standard streams as MCP has them: a message a line.
///
/// Standard output carries messages alone: whatever else writes there is sent to standard error.
package struct MCPLines {
  /// A longer message is answered with an error and passed over.
  package static let sizeLimit = 4 << 20

  private let input: Int32
  private let output: Int32

  package init(input: Int32, output: Int32) {
    self.input = input
    self.output = output
  }

  /// Takes standard input and output for itself.
  package static func standard() -> MCPLines {
    let output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
    dup2(STDERR_FILENO, STDOUT_FILENO)
    return MCPLines(input: STDIN_FILENO, output: output)
  }

  /// Answers line by line until the input ends or nobody reads any more.
  package func serve(_ server: MCPServer) {
    var line: [UInt8] = []
    var isTooLong = false
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(input, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      for part in chunk[..<count].split(separator: 10, omittingEmptySubsequences: false).enumerated() {
        if part.offset > 0 {
          guard finish(line, isTooLong, server) else { return }
          line.removeAll(keepingCapacity: true)
          isTooLong = false
        }
        isTooLong = isTooLong || line.count + part.element.count > Self.sizeLimit
        if isTooLong { line.removeAll() } else { line += part.element }
      }
    }
  }

  /// False when nobody reads the answers.
  private func finish(_ line: [UInt8], _ isTooLong: Bool, _ server: MCPServer) -> Bool {
    if isTooLong {
      let limit = Self.sizeLimit >> 20
      return send(MCPServer.message(MCPFault(.invalidRequest, "A message has at most \(limit) MiB.")))
    }
    if line.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) { return true }
    return server.answer(line).map(send) ?? true
  }

  private func send(_ message: JSONObject) -> Bool {
    var text = JSONText(capacity: 4096)
    text.value(message)
    text.newline()
    var rest = text.bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        return false
      }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
