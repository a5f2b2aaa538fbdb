import Glibc

/// A file's bytes, mapped read-only; pages come in as they are touched.
///
/// The size is the one at opening. Cutting the file short afterwards kills the process that touches what is gone, as
/// with every mapping: models are replaced by rename, never rewritten.
final class MappedFile: @unchecked Sendable {
  let path: String
  /// Valid as long as the file is held; `withBytes` holds it.
  let bytes: UnsafeRawBufferPointer

  /// `isReadWhole`: all pages are brought in at once, for a file of which each is touched.
  init(path: String, isReadWhole: Bool = false) throws(EmbeddingError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT ? .missing(path: path) : .unreadable(path: path, errno: errno)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(path: path, errno: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .malformed(path: path, reason: "not a regular file")
    }
    self.path = path
    let size = Int(status.st_size)
    if size == 0 {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    let flags = MAP_PRIVATE | (isReadWhole ? Int32(MAP_POPULATE) : 0)
    guard let start = mmap(nil, size, PROT_READ, flags, descriptor, 0), start != MAP_FAILED else {
      throw .unreadable(path: path, errno: errno)
    }
    bytes = UnsafeRawBufferPointer(start: start, count: size)
  }

  func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withExtendedLifetime(self) { () throws(Failure) in try body(bytes) }
  }

  deinit {
    if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
  }
}
