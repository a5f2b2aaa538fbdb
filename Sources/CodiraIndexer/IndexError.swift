import CodiraModel
import CodiraStore

/// Why a run ended without doing what was asked; one bad file is never among the reasons.
package enum IndexError: Error, Equatable, Sendable {
  /// The folder to index is not there or no folder.
  case noRepository(path: String, reason: String)
  /// A home directory or the root of the file system.
  case tooWide(path: String)
  /// git says which files there are, and failed.
  case gitFailed(root: String, reason: String)
  /// What was named is no revision whose files git can list.
  case noRevision(String, reason: String)
  case unreadableFolder(path: String, reason: String)
  /// `.codiraignore` or an analyzer's settings make no sense.
  case badRule(path: String, line: Int, reason: String)
  /// Analyzers that files were read with cannot be loaded now: ids with their reasons.
  case analyzersMissing([String: String])
  /// An analyzer that loaded before the run no longer gives instances.
  case analyzerLost(id: String, reason: String)
  /// Vectors are needed; the model is absent or damaged. `cure` is a command.
  case modelUnavailable(reason: String, cure: String?)
  /// Ctrl-C or `kill`; `vectors` says how many are there where structure was stored already.
  case interrupted(vectors: IndexSummary.Vectors? = nil)
}
