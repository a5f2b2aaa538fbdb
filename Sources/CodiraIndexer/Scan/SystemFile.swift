import CodiraModel
import Glibc

/// The file system, as far as an index run needs it: bytes in, facts out, never through a symbolic link.
package enum SystemFile {
  /// Why a file could not be read.
  package struct Failure: Error, Equatable {
    var number: Int32

    var reason: String { String(cString: strerror(number)) }
    var isAbsent: Bool { number == ENOENT || number == ENOTDIR || number == ELOOP }
  }

  /// Nanoseconds since 1970 by the clock that file systems stamp with, so that stamps never run behind it.
  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME_COARSE, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// What `lstat` says, nil where nothing is there.
  static func look(_ path: String) -> stat? {
    var status = stat()
    return lstat(path, &status) == 0 ? status : nil
  }

  static func look(_ path: [CChar]) -> stat? {
    var status = stat()
    return lstat(path, &status) == 0 ? status : nil
  }

  static func isRegular(_ status: stat) -> Bool { status.st_mode & S_IFMT == S_IFREG }
  static func isFolder(_ status: stat) -> Bool { status.st_mode & S_IFMT == S_IFDIR }

  static func key(_ status: stat, recorded: Int64) -> StatKey {
    StatKey(
      size: Int64(status.st_size), modified: nanoseconds(status.st_mtim),
      changed: nanoseconds(status.st_ctim),
      inode: UInt64(status.st_ino), device: UInt64(status.st_dev), mode: UInt32(status.st_mode),
      recorded: recorded)
  }

  /// A regular file's bytes, at most `limit` of them, with the facts that hold for exactly these.
  static func read(
    _ path: [CChar], limit: Int = .max
  ) throws(Failure) -> (bytes: [UInt8], status: stat) {
    // A pipe that took the file's place must not make the run wait.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw Failure(number: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Failure(number: errno) }
    guard isRegular(status) else { throw Failure(number: ENOENT) }
    let wanted = min(Int(status.st_size) + 1, limit)
    var failure: Failure?
    var bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
      failure = fill(UnsafeMutableRawBufferPointer(buffer), from: descriptor, count: &count)
    }
    // It grew since: read on.
    while failure == nil, bytes.count == wanted, bytes.count < limit {
      var more = [UInt8](repeating: 0, count: 1 << 16)
      var count = 0
      failure = more.withUnsafeMutableBytes { fill($0, from: descriptor, count: &count) }
      if count == 0 { break }
      bytes += more[..<count]
      if count < more.count { break }
    }
    if let failure { throw failure }
    return (bytes, status)
  }

  /// The bytes of a whole text file, nil where there is none.
  static func text(_ path: String) throws(Failure) -> [UInt8]? {
    do {
      return try read(path.utf8CString.map { $0 }).bytes
    } catch {
      if error.isAbsent { return nil }
      throw error
    }
  }

  private static func fill(
    _ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32, count: inout Int
  ) -> Failure? {
    while count < buffer.count {
      let got = Glibc.read(descriptor, buffer.baseAddress! + count, buffer.count - count)
      if got == 0 { return nil }
      if got < 0 {
        if errno == EINTR { continue }
        return Failure(number: errno)
      }
      count += got
    }
    return nil
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
