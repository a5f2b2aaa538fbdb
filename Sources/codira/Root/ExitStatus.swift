/// What the process tells its caller when it ends.
enum ExitStatus: Int32, Sendable {
  /// Done, or a check that holds.
  case done = 0
  /// A query found nothing, or a check does not hold.
  case nothing = 1
  /// Wrong usage or configuration.
  case usage = 2
  /// No usable index, or it is locked.
  case noIndex = 3
  /// Indexed, but some files failed; they are listed.
  case someFailed = 4
  /// A mistake in this program.
  case `internal` = 70
  case interrupted = 130

  /// The word that stands in the envelope.
  var word: String {
    switch self {
    case .done: "ok"
    case .nothing: "empty"
    case .someFailed: "partial"
    case .interrupted: "interrupted"
    case .usage, .noIndex, .internal: "error"
    }
  }
}
