import Glibc

/// The worker's end of the socket: blocking frames, into one buffer that is used again and again.
final class WorkerChannel {
  private let socket: Int32
  private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

  /// nil where `socket` is no socket.
  init?(socket: Int32) {
    var kind: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(socket, SOL_SOCKET, SO_TYPE, &kind, &size) == 0 else { return nil }
    self.socket = socket
  }

  /// The next frame's content, valid until the next call; nil when the host is gone.
  func receive() -> UnsafeRawBufferPointer? {
    guard fill(0..<Wire.headerSize) else { return nil }
    let count = Int(UInt32(littleEndian: buffer.load(as: UInt32.self)))
    if count > buffer.count || buffer.count > max(1 << 20, 2 * count) {
      buffer.deallocate()
      buffer = .allocate(byteCount: max(count, 1 << 16), alignment: 16)
    }
    guard fill(0..<count) else { return nil }
    return UnsafeRawBufferPointer(rebasing: buffer[..<count])
  }

  /// Sends one frame made of `parts`; ends the process when nobody listens any more.
  func send(_ parts: [UInt8]...) { send(parts: parts) }

  func send(parts: [[UInt8]]) {
    let count = parts.reduce(0) { $0 + $1.count }
    var frame: [UInt8] = []
    frame.reserveCapacity(Wire.headerSize + min(count, Self.joined))
    withUnsafeBytes(of: UInt32(count).littleEndian) { frame.append(contentsOf: $0) }
    for part in parts {
      if part.count <= Self.joined - min(frame.count, Self.joined) {
        frame.append(contentsOf: part)
      } else {
        frame.withUnsafeBytes { write($0) }
        frame.removeAll(keepingCapacity: true)
        part.withUnsafeBytes { write($0) }
      }
    }
    frame.withUnsafeBytes { write($0) }
  }

  /// Parts that fit this many bytes together are sent at once.
  private static let joined = 1 << 16

  private func fill(_ range: Range<Int>) -> Bool {
    var place = range.lowerBound
    while place < range.upperBound {
      let count = read(socket, buffer.baseAddress! + place, range.upperBound - place)
      if count == 0 { return false }
      if count > 0 { place += count } else if errno != EINTR { return false }
    }
    return true
  }

  private func write(_ bytes: UnsafeRawBufferPointer) {
    var place = 0
    while place < bytes.count {
      let count = Glibc.send(socket, bytes.baseAddress! + place, bytes.count - place, Int32(MSG_NOSIGNAL))
      if count > 0 { place += count } else if errno != EINTR { _exit(0) }
    }
  }
}
