import CodiraModel
import Glibc
import Synchronization

/// Where messages go, a line each, from several threads.
final class MCPOutput: Sendable {
  let descriptor: Int32
  private let isOpen = Mutex(true)

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// False when nobody reads any more.
  func send(_ message: JSONObject) -> Bool {
    var text = JSONText(capacity: 4096)
    text.value(message)
    text.newline()
    return isOpen.withLock { isOpen in
      if isOpen { isOpen = write(text.bytes) }
      return isOpen
    }
  }

  private func write(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        return false
      }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
