import CodiraModel
import CodiraQuery
import CodiraStore

/// How symbols and places look in every answer.
extension IndexView {
  /// `path`, `start_line`, `end_line`, `kind`, `name`, `qualified_name`, `id`, `language`, `score` where ranked,
  /// and whether the file changed since it was indexed.
  func row(_ found: FoundSymbol) -> JSONObject {
    let symbol = found.symbol
    var row: JSONObject = [
      "path": .string(found.file.path.text), "start_line": .int(Int(symbol.range.start.line)),
      "end_line": .int(Int(symbol.range.lastLine)), "kind": .string(symbol.kind.name),
      "name": .string(symbol.name), "qualified_name": .string(symbol.qualifiedName),
      "id": .string(symbol.id.text), "language": .string(found.file.language),
    ]
    if let score = found.score { row["score"] = .double(rounded(score)) }
    row["freshness"] = .string(freshness(of: found.file).rawValue)
    return row
  }

  /// The same of what search found: a symbol, a `text` that no analyzer read, or a `file`.
  func row(_ result: SearchResult) -> JSONObject {
    if case .symbol(let row) = result.unit {
      return self.row(FoundSymbol(row: row, file: result.file, score: result.score))
    }
    return [
      "path": .string(result.file.path.text), "start_line": .int(result.lines.lowerBound),
      "end_line": .int(result.lines.upperBound), "kind": .string(result.kind), "name": .string(result.name),
      "qualified_name": .string(result.qualifiedName), "id": .null, "language": .string(result.file.language),
      "score": .double(rounded(result.score)), "freshness": .string(freshness(of: result.file).rawValue),
    ]
  }

  /// A place where something is used; kind, name and id are those of the symbol it stands in.
  func row(_ edge: Edge) -> JSONObject {
    let owner = edge.owner?.symbol
    return [
      "path": .string(edge.file.path.text), "start_line": .int(Int(edge.reference.range.start.line)),
      "end_line": .int(Int(edge.reference.range.lastLine)), "kind": .string(owner?.kind.name ?? "module"),
      "name": .string(owner?.name ?? ""), "qualified_name": .string(owner?.qualifiedName ?? ""),
      "id": owner.map { .string($0.id.text) } ?? .null, "language": .string(edge.file.language),
      "column": .int(Int(edge.reference.range.start.column)), "role": .string(edge.resolution.role.name),
      "text": .string(edge.reference.written), "resolution": .string(edge.resolution.certainty.rawValue),
      "targets": .array(edge.resolution.targets.map { .string($0.text) }),
      "freshness": .string(freshness(of: edge.file).rawValue),
    ]
  }

  /// `path:line  kind qualified.name`, with a word where the file changed since.
  func line(_ found: FoundSymbol, style: TextStyle) -> String {
    let place = "\(found.file.path.text):\(found.symbol.range.start.line)"
    return style.dim(TerminalText.escape(place)) + "  \(found.symbol.kind.name) "
      + style.bold(TerminalText.escape(found.symbol.qualifiedName)) + mark(found.file, style: style)
  }

  func line(_ result: SearchResult, style: TextStyle) -> String {
    if case .symbol(let row) = result.unit {
      return line(FoundSymbol(row: row, file: result.file), style: style)
    }
    let place = "\(result.file.path.text):\(result.lines.lowerBound)"
    return style.dim(TerminalText.escape(place)) + "  \(result.kind) "
      + style.bold(TerminalText.escape(result.qualifiedName)) + mark(result.file, style: style)
  }

  /// What to say beside a place in a file that is not as it was indexed.
  func mark(_ file: FileRow) -> String {
    switch freshness(of: file) {
    case .current: ""
    case .changed: "file changed"
    case .missing: "file is gone"
    }
  }

  private func mark(_ file: FileRow, style: TextStyle) -> String {
    switch freshness(of: file) {
    case .current: ""
    case .changed: style.warn("  (file changed since it was indexed)")
    case .missing: style.warn("  (file is gone)")
    }
  }

  private func rounded(_ score: Double) -> Double { (score * 1_000_000).rounded() / 1_000_000 }
}

extension Edge {
  /// `path:line:column`.
  var place: String {
    let start = reference.range.start
    return "\(file.path.text):\(start.line):\(start.column)"
  }

  /// What is to be said of it beside the place: its role unless it is a call, and how sure it is unless it is.
  var notes: [String] {
    (resolution.role == .call ? [] : [resolution.role.name])
      + (resolution.certainty == .exact ? [] : [resolution.certainty.rawValue])
  }
}

extension Reference {
  /// What stands in the source: `self.session.get`.
  var written: String { receiver.isEmpty ? name : receiver + "." + name }
}
