import CodiraStore

extension StoreError: PresentableError {
  var failure: CommandFailure {
    switch self {
    case .notFound(let path):
      CommandFailure(
        .noIndex, code: "no_index", "There is no index in \(path).",
        hint: "Run `codira index` in the repository.")
    case .notAnIndex(let path):
      CommandFailure(
        .noIndex, code: "not_an_index", "\(path) is not an index of codira.",
        hint: "Move it away, then run `codira index`.")
    case .newerSchema(let path, let found, let supported):
      CommandFailure(
        .noIndex, code: "newer_index",
        "\(path) was written by a newer codira: its schema is \(found), "
          + "this program reads up to \(supported).",
        hint: "Use the newer codira, or remove the file and run `codira index`.")
    case .olderSchema(let path, let found, let supported):
      CommandFailure(
        .noIndex, code: "older_index",
        "\(path) was written by an older codira: its schema is \(found), this program reads \(supported).",
        hint: "Run `codira index`, which brings it up to date.")
    case .locked(let path, let owner):
      CommandFailure(
        .noIndex, code: "locked",
        "Another process\(owner.map { " (\($0))" } ?? "") is writing the index in \(path).",
        hint: "Wait for it to end, then try again.")
    case .unreadable(let path, let reason):
      CommandFailure(.noIndex, code: "unreadable_index", "Cannot read \(path): \(reason).")
    case .notWritable(let path, let reason):
      CommandFailure(
        .noIndex, code: "not_writable", "Cannot write \(path): \(reason).",
        hint: "Keep the index elsewhere with `--index DIR`, or change the permissions.")
    case .diskFull(let path):
      CommandFailure(
        .noIndex, code: "disk_full", "There is no space left for \(path).",
        hint: "The index is as it was before. Free some space, then run `codira index` again.")
    case .damaged(let path, let reason):
      CommandFailure(
        .noIndex, code: "damaged_index", "\(path) is damaged: \(reason).",
        hint: "Remove the file and run `codira index`.")
    case .database(let path, let code, let message):
      CommandFailure(.internal, code: "database", "SQLite says of \(path): \(message) (\(code)).")
    }
  }
}
