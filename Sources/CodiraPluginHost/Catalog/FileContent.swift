import Glibc

/// Small whole files.
enum FileContent {
  struct Unreadable: Error {
    let errno: Int32
  }

  static func read(_ path: String, limit: Int) throws(Unreadable) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Unreadable(errno: errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw Unreadable(errno: errno) }
    let size = Int(status.st_size)
    guard size <= limit else { throw Unreadable(errno: EFBIG) }
    // To be filled, even the empty array that all threads share would be written to.
    if size == 0 { return [] }
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = Glibc.read(file, buffer.baseAddress! + count, size - count)
        if got > 0 {
          count += got
        } else if got == 0 {
          break
        } else if errno != EINTR {
          failure = errno
          break
        }
      }
    }
    guard failure == 0 else { throw Unreadable(errno: failure) }
    return bytes
  }

  /// Puts a new file in the old one's place, or leaves everything as it was; makes the folders it lacks.
  static func replace(_ path: String, with bytes: [UInt8]) {
    makeFolders(above: path)
    let temporary = "\(path).\(getpid())"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    var place = 0
    bytes.withUnsafeBytes { content in
      while place < content.count {
        let count = write(file, content.baseAddress! + place, content.count - place)
        if count > 0 { place += count } else if errno != EINTR { break }
      }
    }
    close(file)
    if place < bytes.count || rename(temporary, path) != 0 { unlink(temporary) }
  }

  private static func makeFolders(above path: String) {
    for (index, character) in zip(path.indices, path).dropFirst() where character == "/" {
      mkdir(String(path[..<index]), 0o700)
    }
  }
}
