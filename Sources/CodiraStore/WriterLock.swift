import Glibc

/// Lets one process at a time write an index; the kernel lets go of it however that process ends.
package final class WriterLock {
  private let descriptor: Int32

  /// Waits for `timeout` seconds, then throws `StoreError.locked` with the owner's process id.
  package init(_ location: IndexLocation, timeout: Double) throws(StoreError) {
    descriptor = open(location.lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw errno == ENOSPC
        ? .diskFull(path: location.lock)
        : .notWritable(path: location.directory, reason: String(cString: strerror(errno)))
    }
    var waited = 0.0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard waited < timeout else {
        let owner = Self.owner(descriptor)
        close(descriptor)
        throw .locked(path: location.directory, owner: owner)
      }
      usleep(20_000)
      waited += 0.02
    }
    // Says who holds it, for people; a full disk does not matter here.
    let text = Array("\(getpid())\n".utf8)
    _ = ftruncate(descriptor, 0)
    _ = pwrite(descriptor, text, text.count, 0)
  }

  deinit { close(descriptor) }

  private static func owner(_ descriptor: Int32) -> Int32? {
    var buffer = [UInt8](repeating: 0, count: 16)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return nil }
    return Int32(String(decoding: buffer[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
  }
}
