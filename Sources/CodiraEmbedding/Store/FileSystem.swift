import CodiraDigest
import CodiraModel
import Glibc

/// The few file operations of the model store, with errors as values.
enum FileSystem {
  /// What tells that a file was not touched since it was hashed.
  struct StatKey: Hashable, Sendable {
    var size = 0
    var inode = 0
    var modified = 0  // nanoseconds
    var changed = 0  // nanoseconds
  }

  static func statKey(_ path: String) throws(EmbeddingError) -> StatKey {
    var status = stat()
    guard stat(path, &status) == 0 else { throw readFailure(path) }
    func nanoseconds(_ time: timespec) -> Int { time.tv_sec * 1_000_000_000 + time.tv_nsec }
    return StatKey(
      size: Int(status.st_size), inode: Int(truncatingIfNeeded: status.st_ino),
      modified: nanoseconds(status.st_mtim), changed: nanoseconds(status.st_ctim))
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func hash(_ path: String) throws(EmbeddingError) -> ContentHash {
    do {
      return try SHA256.hash(fileAt: path)
    } catch {
      switch error {
      case .unreadable(_, let number):
        throw number == ENOENT ? .missing(path: path) : .unreadable(path: path, errno: number)
      }
    }
  }

  static func read(_ path: String) throws(EmbeddingError) -> [UInt8] {
    try MappedFile(path: path).withBytes { Array($0) }
  }

  /// Writes a new file, or replaces one, in one step: a reader sees the old bytes or the new ones.
  static func replace(_ path: String, with bytes: [UInt8]) throws(EmbeddingError) {
    let temporary = "\(path).\(getpid()).new"
    try bytes.withUnsafeBufferPointer { bytes throws(EmbeddingError) in
      try write(temporary, UnsafeRawBufferPointer(bytes))
    }
    guard rename(temporary, path) == 0 else {
      let number = errno
      unlink(temporary)
      throw .unwritable(path: path, errno: number)
    }
  }

  static func copy(_ source: String, to path: String) throws(EmbeddingError) {
    try MappedFile(path: source).withBytes { bytes throws(EmbeddingError) in try write(path, bytes) }
  }

  /// Makes a directory and those above it.
  static func createDirectory(_ path: String) throws(EmbeddingError) {
    if mkdir(path, 0o755) == 0 || errno == EEXIST { return }
    let parent = parent(of: path)
    guard errno == ENOENT, parent != path else { throw .unwritable(path: path, errno: errno) }
    try createDirectory(parent)
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw .unwritable(path: path, errno: errno) }
  }

  /// The names in a directory, sorted; none if it is not there.
  static func list(_ path: String) throws(EmbeddingError) -> [String] {
    guard let directory = opendir(path) else {
      if errno == ENOENT { return [] }
      throw .unreadable(path: path, errno: errno)
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Removes a file, or a directory with all in it, as far as it can.
  static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR {
      for name in (try? list(path)) ?? [] { remove("\(path)/\(name)") }
      rmdir(path)
    } else {
      unlink(path)
    }
  }

  /// The path above, without the trailing slashes; `.` of a bare name.
  static func parent(of path: String) -> String {
    var parts = path.split(separator: "/")
    guard parts.count > 1 else { return path.hasPrefix("/") ? "/" : "." }
    parts.removeLast()
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  /// Whether a name that a file gives means something in the same directory.
  static func isPlainName(_ name: String) -> Bool {
    !name.isEmpty && name != "." && name != ".." && !name.utf8.contains(UInt8(ascii: "/"))
      && !name.utf8.contains(0)
  }

  private static func write(_ path: String, _ bytes: UnsafeRawBufferPointer) throws(EmbeddingError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .unwritable(path: path, errno: errno) }
    defer { close(descriptor) }
    var offset = 0
    while offset < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let number = errno
        unlink(path)
        throw .unwritable(path: path, errno: number)
      }
      offset += count
    }
    guard fsync(descriptor) == 0 else { throw .unwritable(path: path, errno: errno) }
  }

  private static func readFailure(_ path: String) -> EmbeddingError {
    errno == ENOENT ? .missing(path: path) : .unreadable(path: path, errno: errno)
  }
}
