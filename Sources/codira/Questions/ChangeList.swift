import CodiraModel
import CodiraQuery

/// The files of a change and how far it reaches, above a context pack.
struct ChangeList {
  private let files: [ChangedFile]
  private let impact: Impact?
  private let view: IndexView

  init(_ files: [ChangedFile], _ impact: Impact?, _ view: IndexView) {
    self.files = files
    self.impact = impact
    self.view = view
  }

  /// Members of the envelope; of the files as many as fit into so many bytes.
  func record(within size: Int) -> JSONObject {
    var left = size
    let rows = files.map { row($0) }.prefix { row in
      left -= row.text.utf8.count + 1
      return left >= 0
    }
    return [
      "changes": .array(Array(rows)), "more_changes": .int(files.count - rows.count),
      "impact": ["symbols": .int(affected.count), "tests": .int(affected.count(where: \.isTest))],
    ]
  }

  private func row(_ file: ChangedFile) -> JSONValue {
    var row: JSONObject = ["path": .string(file.path.text), "status": .string(file.status.rawValue)]
    if let lines = file.lines {
      row["added"] = .int(lines.added.count)
      row["removed"] = .int(lines.removedCount)
    }
    row["note"] = note(file).map { .string($0) }
    return .object(row)
  }

  func text(_ format: ContextFormat, within size: Int) -> String {
    guard format != .json else { return "" }
    var text = format == .markdown ? "\n## Changed files\n\n" : ""
    for (index, file) in files.enumerated() {
      let line = format.change(file.path.text, summary(file))
      if text.utf8.count + line.utf8.count > size {
        text += format.change("…", "\(files.count - index) more")
        break
      }
      text += line
    }
    if format == .markdown, !affected.isEmpty {
      text += "\nMay reach \(CountText.count(affected.count, "symbol")), "
      text += "\(CountText.count(affected.count(where: \.isTest), "test")) among them.\n"
    }
    return text
  }

  private var affected: [Affected] { impact?.affected.filter { !$0.symbol.symbol.kind.isNamespace } ?? [] }

  private func summary(_ file: ChangedFile) -> String {
    let counts = file.lines.map { "+\($0.added.count) -\($0.removedCount)" }
    return ([file.status == .modified ? nil : file.status.rawValue, counts, note(file)] as [String?])
      .compactMap { $0 }.joined(separator: ", ")
  }

  /// Why nothing of the file is named by the index.
  private func note(_ file: ChangedFile) -> String? {
    if file.status == .deleted { return nil }
    guard let row = file.row else { return "not in the index" }
    if file.lines == nil { return "no text" }
    return view.freshness(of: row) == .current ? nil : "changed since it was indexed"
  }
}
