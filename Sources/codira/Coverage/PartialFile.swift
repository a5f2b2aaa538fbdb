import CodiraModel
import CodiraStore

/// A file that its analyzer read as far as the syntax allowed, and where it first could not.
struct PartialFile {
  let path: RepositoryPath
  /// The first thing its analyzer says of it; nil where it says nothing.
  let first: Diagnostic?

  static func all(_ snapshot: Snapshot) throws -> [PartialFile] {
    try snapshot.files([.partial]).map { try PartialFile($0, in: snapshot) }
  }

  init(_ file: FileRow, in snapshot: Snapshot) throws {
    path = file.path
    first = try snapshot.diagnostics(of: file.id).min { $0.range.start.offset < $1.range.start.offset }
  }

  var row: JSONValue {
    [
      "path": .string(path.text), "line": first.map { .int(Int($0.range.start.line)) } ?? .null,
      "code": .optional(first?.code), "message": .optional(first?.message),
    ]
  }

  /// A line a file, at most `limit`; nothing where there is none.
  static func write(_ files: [PartialFile], limit: Int, style: TextStyle, to page: inout TextPage) {
    for file in files.prefix(limit) {
      let place = file.path.text + (file.first.map { ":\($0.range.start.line): \($0.message)" } ?? "")
      page.line(style.warn("read in part: ") + TerminalText.escape(place))
    }
    if files.count > limit {
      page.line(
        "and \(CountText.number(files.count - limit)) more read in part; `codira coverage --all` lists all")
    }
  }
}
