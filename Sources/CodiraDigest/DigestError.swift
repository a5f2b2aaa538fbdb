import Glibc

/// What can go wrong while hashing.
package enum DigestError: Error, Equatable, CustomStringConvertible {
  /// The file could not be opened or read; `errno` is the system's reason.
  case unreadable(path: String, errno: Int32)

  package var description: String {
    switch self {
    case .unreadable(let path, let errno): "cannot read \(path): \(systemMessage(errno))"
    }
  }
}

/// The system's own words for an error number.
private func systemMessage(_ number: Int32) -> String {
  String(cString: strerror(number))
}
