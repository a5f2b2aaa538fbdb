import Glibc

/// The few questions the command line asks of the file system, without Foundation.
enum PlainFile {
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The bytes of a file, nil where there is none; anything else that stops reading is a failure.
  static func read(_ path: String) throws(CommandFailure) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw unreadable(path, errno)
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw unreadable(path, errno)
      }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  /// Puts new content in the place of a file, all or nothing; its mode is kept, and a link is followed.
  static func replace(_ path: String, with bytes: [UInt8]) throws(CommandFailure) {
    var status = stat()
    let mode = stat(path, &status) == 0 ? status.st_mode & 0o777 : 0o644
    var target = path
    if let real = realpath(path, nil) {
      target = String(cString: real)
      free(real)
    }
    let temporary = "\(target).codira-\(getpid())"
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard file >= 0 else { throw unwritable(path, errno) }
    let isWhole = bytes.withUnsafeBytes { content in
      var place = 0
      while place < content.count {
        let count = write(file, content.baseAddress! + place, content.count - place)
        if count > 0 { place += count } else if errno != EINTR { return false }
      }
      return true
    }
    guard close(file) == 0, isWhole, rename(temporary, target) == 0 else {
      let code = errno
      unlink(temporary)
      throw unwritable(path, code)
    }
  }

  /// The lines of a file of questions that are not blank.
  static func lines(_ path: String) throws(CommandFailure) -> [String] {
    guard let bytes = try read(path) else { throw unreadable(path, ENOENT) }
    return bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      .map { String(decoding: $0, as: UTF8.self) }.filter { !$0.allSatisfy(\.isWhitespace) }
  }

  private static func unwritable(_ path: String, _ code: Int32) -> CommandFailure {
    CommandFailure(.usage, code: "not_writable", "Cannot write \(path): \(String(cString: strerror(code)))")
  }

  private static func unreadable(_ path: String, _ code: Int32) -> CommandFailure {
    CommandFailure(.usage, code: "unreadable_file", "Cannot read \(path): \(String(cString: strerror(code)))")
  }
}
