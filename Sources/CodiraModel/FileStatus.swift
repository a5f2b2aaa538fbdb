/// How a file of the repository stands in the index.
package enum FileStatus: UInt8, CaseIterable, Sendable {
  /// Analyzed.
  case indexed = 1
  /// Analyzed as far as its syntax allowed.
  case partial
  /// Its analyzer failed on these bytes.
  case failed
  /// Over the size limit: listed, not analyzed.
  case tooLarge
  /// No analyzer owns it: listed, findable by path.
  case unowned
  /// Its analyzer took too long; a later run tries again.
  case timedOut
  /// It could not be read.
  case unreadable

  /// The word used on the command line and in JSON.
  package var name: String {
    switch self {
    case .tooLarge: "too_large"
    case .timedOut: "timed_out"
    default: "\(self)"
    }
  }

  /// Whether symbols of it are in the index.
  package var hasSymbols: Bool { self == .indexed || self == .partial }

  /// Whether `index` reports it as a failure and exits 4.
  package var isFailure: Bool { self == .failed || self == .timedOut || self == .unreadable }
}
