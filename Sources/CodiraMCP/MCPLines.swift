import CodiraModel
import Glibc

/// The standard streams as MCP has them: a message a line.
///
/// Standard output carries messages alone: whatever else writes there is sent to standard error. One thread reads, so
/// that a request can be withdrawn and a ping answered while another is being worked on; the caller's answers.
package struct MCPLines: Sendable {
  /// A longer message is answered with an error and passed over.
  package static let sizeLimit = 4 << 20
  /// How often a request that takes long is looked at, in milliseconds.
  private static let tick: Int32 = 500

  private let input: Int32
  private let output: MCPOutput
  private let inbox = MCPInbox()

  package init(input: Int32, output: Int32) {
    self.input = input
    self.output = MCPOutput(output)
  }

  /// Takes standard input and output for itself.
  package static func standard() -> MCPLines {
    let output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
    dup2(STDERR_FILENO, STDOUT_FILENO)
    return MCPLines(input: STDIN_FILENO, output: output)
  }

  /// Answers line by line until the input ends or nobody reads any more.
  package func serve(_ server: MCPServer) {
    let reader = MCPThread {
      read(server)
      inbox.close()
    }
    var revision = MCPRevision.handshake
    while let request = inbox.next() {
      if request.method == "initialize" { revision = MCPRevision(agreedOn: request.parameters) }
      let answer = server.answer(request, revision)
      if inbox.finish(), !output.send(answer) { break }
    }
    inbox.close()
    reader.join()
  }

  // MARK: The reading thread

  private func read(_ server: MCPServer) {
    var line: [UInt8] = []
    var isTooLong = false
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while waitForInput() {
      let count = Glibc.read(input, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      for part in chunk[..<count].split(separator: 10, omittingEmptySubsequences: false).enumerated() {
        if part.offset > 0 {
          guard take(line, isTooLong, server) else { return }
          line.removeAll(keepingCapacity: line.capacity < 1 << 16)
          isTooLong = false
        }
        isTooLong = isTooLong || line.count + part.element.count > Self.sizeLimit
        if isTooLong { line = [] } else { line += part.element }
      }
    }
  }

  /// Waits for input, telling meanwhile of a request that takes long; false when nobody reads the answers.
  private func waitForInput() -> Bool {
    while true {
      var files = [
        pollfd(fd: input, events: Int16(POLLIN), revents: 0),
        pollfd(fd: output.descriptor, events: 0, revents: 0),
      ]
      let count = poll(&files, 2, inbox.isBusy ? Self.tick : -1)
      if count < 0, errno != EINTR { return false }
      if count > 0, files[1].revents & Int16(POLLERR | POLLNVAL) != 0 { return false }
      if let progress = inbox.progress(), !output.send(Self.message(progress.token, progress.seconds)) {
        return false
      }
      if count > 0, files[0].revents != 0 { return true }
    }
  }

  private static func message(_ token: JSONValue, _ seconds: Int) -> JSONObject {
    [
      "jsonrpc": "2.0", "method": "notifications/progress",
      "params": ["progressToken": token, "progress": .int(seconds), "message": "\(seconds) s"],
    ]
  }

  /// False when nobody reads the answers.
  private func take(_ line: [UInt8], _ isTooLong: Bool, _ server: MCPServer) -> Bool {
    if isTooLong {
      let limit = Self.sizeLimit >> 20
      return output.send(MCPFault(.invalidRequest, "A message has at most \(limit) MiB.").answer())
    }
    if line.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) { return true }
    do throws(MCPFault) {
      switch try MCPMessage(line) {
      case .request(let request) where request.method == "ping":
        return output.send(server.answer(request, .handshake))
      case .request(let request): return inbox.put(request)
      case .notification("notifications/cancelled", let parameters):
        if let id = parameters["requestId"] { inbox.withdraw(id) }
        return true
      case .notification, .response: return true
      }
    } catch {
      return output.send(error.answer())
    }
  }
}
