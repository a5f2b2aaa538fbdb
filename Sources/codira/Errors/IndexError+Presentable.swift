import CodiraIndexer

extension IndexError: PresentableError {
  var failure: CommandFailure {
    switch self {
    case .noRepository(let path, let reason):
      CommandFailure(.usage, code: "no_repository", "Cannot index \(path): \(reason).")
    case .tooWide(let path):
      CommandFailure(
        .usage, code: "too_wide", "\(path) is a home directory or the root of the file system.",
        hint: "Change to a repository; `--force` indexes it nevertheless.")
    case .gitFailed(let root, let reason):
      CommandFailure(
        .usage, code: "git_failed", "git cannot list the files of \(root): \(reason).",
        hint: "Mend that, or pass `--no-git` to walk the folder instead.")
    case .noRevision(let name, let reason):
      CommandFailure(
        .usage, code: "no_revision", "There is nothing to compare with at `\(name)`: \(reason).",
        hint: "A revision is a commit, a branch, a tag, or HEAD~3.")
    case .unreadableFolder(let path, let reason):
      CommandFailure(.usage, code: "unreadable_folder", "Cannot list \(path): \(reason).")
    case .badRule(let path, let line, let reason):
      CommandFailure(.usage, code: "bad_rule", "\(path)\(line > 0 ? ":\(line)" : ""): \(reason).")
    case .analyzersMissing(let missing):
      CommandFailure(
        .usage, code: "analyzers_missing",
        "Files were read with analyzers that cannot be loaded now: "
          + missing.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }.joined(separator: ", ")
          + ".",
        hint: "See `codira plugins list`. `--allow-missing-analyzers` goes on and drops what they found.")
    case .analyzerLost(let id, let reason):
      CommandFailure(
        .usage, code: "analyzer_lost", "The analyzer \(id) no longer works: \(reason).",
        hint: "See `codira plugins list`. The index is as it was before.")
    case .modelUnavailable(let reason, let cure):
      CommandFailure(
        .usage, code: "model_unavailable", "Vectors are needed, and \(reason).",
        hint: (cure.map { "Run `\($0)`, or index" } ?? "Index")
          + " without vectors: `codira index --no-embeddings`.")
    case .interrupted(let vectors?):
      CommandFailure(
        .interrupted, code: "interrupted",
        "Interrupted: \(CountText.number(vectors.reused + vectors.computed)) of "
          + "\(CountText.count(vectors.reused + vectors.computed + vectors.missing, "vector")) are there.",
        hint: "They are kept, and so is all else; `codira index` goes on with the other "
          + "\(CountText.number(vectors.missing)).")
    case .interrupted(nil):
      CommandFailure(
        .interrupted, code: "interrupted", "Interrupted.",
        hint: "The index is as it was before; `codira index` starts again.")
    }
  }
}
