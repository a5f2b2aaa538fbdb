/// Why a file was read again, listed anew, dropped, or left alone.
///
/// The numbers are stored.
package enum FileReason: UInt8, CaseIterable, Sendable {
  case unchanged = 1
  case new
  case contentChanged
  case analyzerChanged
  case configurationChanged
  /// Another analyzer takes it now, or none does any more.
  case ownerChanged
  /// A file that its identities depend on came, went or changed.
  case projectChanged
  /// The analyzer it was read with cannot be loaded now.
  case analyzerUnavailable
  /// A rule leaves it out.
  case excluded
  /// These bytes failed before, under this analyzer: they would again.
  case failedBefore
  case removed
  /// Its analyzer took too long; it gets another try.
  case timedOutBefore
  /// The host composes stored texts in another way now.
  case recipeChanged
  /// `--full`.
  case forced
  /// Its analyzer was set aside when it was read, and is not any more.
  case setAsideBefore

  /// The word used on the command line and in JSON.
  package var name: String {
    switch self {
    case .contentChanged: "content_changed"
    case .analyzerChanged: "analyzer_changed"
    case .configurationChanged: "configuration_changed"
    case .ownerChanged: "owner_changed"
    case .projectChanged: "project_changed"
    case .analyzerUnavailable: "analyzer_unavailable"
    case .failedBefore: "failed_before"
    case .timedOutBefore: "timed_out_before"
    case .recipeChanged: "recipe_changed"
    case .setAsideBefore: "set_aside_before"
    default: "\(self)"
    }
  }
}
