import Glibc

/// The results' way out.
///
/// A reader that closed the pipe has what it wanted: the process ends as a success.
enum StandardOutput {
  static func write(_ text: String) {
    var text = text
    text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
  }

  static func write(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { write($0) }
  }

  private static func write(_ bytes: UnsafeRawBufferPointer) {
    switch writeAll(bytes, to: STDOUT_FILENO) {
    case 0: return
    case EPIPE: exit(ExitStatus.done.rawValue)
    case let code:
      StandardError.write("codira: Cannot write the answer: \(String(cString: strerror(code)))\n")
      exit(ExitStatus.internal.rawValue)
    }
  }
}

/// Everything that is no result; what cannot be written there is lost.
enum StandardError {
  static func write(_ text: String) {
    var text = text
    text.withUTF8 { _ = writeAll(UnsafeRawBufferPointer($0), to: STDERR_FILENO) }
  }
}

/// Writes all of `bytes`; returns 0, or the error number that stopped it.
private func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
    if count < 0 {
      if errno == EINTR || errno == EAGAIN { continue }
      return errno
    }
    rest = rest.dropFirst(count)
  }
  return 0
}
