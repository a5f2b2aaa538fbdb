import CodiraConformance
import CodiraModel

/// What an analyzer reported of one source, for people and programs.
struct ArtifactReport {
  private let artifacts: FileArtifacts
  private let references: [Reference]
  private let path: String
  private let language: String

  init(_ artifacts: FileArtifacts, _ path: String, _ descriptor: AnalyzerDescriptor) {
    self.artifacts = artifacts
    self.path = path
    references = (try? artifacts.references.unpack()) ?? []
    let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
    language = descriptor.language(ofFileNamed: name)
  }

  func answer(_ query: JSONObject, _ format: PluginsRunCommand.Format) -> Answer {
    let rows =
      artifacts.symbols.map { row($0) } + references.map { row($0) } + artifacts.documentation.map { row($0) }
      + artifacts.diagnostics.map { row($0) }
    let extras: JSONObject = ["partial": .bool(artifacts.isPartial)]
    return Answer(query: query, results: rows.map(JSONValue.object), extras: extras) { page in
      switch format {
      case .table: writeTable(to: &page)
      case .tree: writeTree(to: &page)
      case .text:
        page.line(TerminalText.escape((try? ArtifactText.lines(artifacts)) ?? "", keepLines: true).trimmedEnd)
        return
      }
      page.line()
      page.line(summary)
    }
  }

  private var summary: String {
    let counts = [
      CountText.count(artifacts.symbols.count, "symbol"), CountText.count(references.count, "reference"),
      CountText.count(artifacts.documentation.count, "documentation text"),
      CountText.count(artifacts.diagnostics.count, "diagnostic"),
    ]
    return counts.joined(separator: ", ") + (artifacts.isPartial ? "; partial: something is broken." : ".")
  }

  // MARK: - Text

  private func writeTable(to page: inout TextPage) {
    if !artifacts.symbols.isEmpty {
      page.table(
        [["place", "kind", "name", "id"]]
          + artifacts.symbols.map { cells([place($0.range), $0.kind.name, $0.name, $0.id.text]) })
    }
    if !references.isEmpty {
      page.line()
      page.table(
        [["place", "role", "name", "in", "may be"]]
          + references.map {
            cells([place($0.range), $0.role.name, $0.name, $0.owner.text, ArtifactText.text($0.candidates)])
          })
    }
    if !artifacts.documentation.isEmpty {
      page.line()
      page.table(
        [["place", "format", "documentation of"]]
          + artifacts.documentation.map { cells([place($0.range), $0.format, $0.owner.text]) })
    }
    writeDiagnostics(to: &page)
  }

  private func writeDiagnostics(to page: inout TextPage) {
    if artifacts.diagnostics.isEmpty { return }
    page.line()
    for value in artifacts.diagnostics {
      page.line(
        page.style.warn("\(value.severity.name) ")
          + TerminalText.escape("\(place(value.range)) \(value.code): \(value.message)"))
    }
  }

  private func writeTree(to page: inout TextPage) {
    let known = Set(artifacts.symbols.map(\.id))
    let uses = Dictionary(grouping: references, by: \.owner).mapValues(\.count)
    var depths: [StableID: Int] = [:]
    for symbol in artifacts.symbols {
      let depth = known.contains(symbol.parent) ? (depths[symbol.parent] ?? 0) + 1 : 0
      depths[symbol.id] = depth
      let count = uses[symbol.id] ?? 0
      page.entry(
        "\(symbol.kind.name) \(symbol.name)", place: place(symbol.range),
        notes: [count == 0 ? "" : CountText.count(count, "reference")], indent: 2 * depth)
    }
    writeDiagnostics(to: &page)
  }

  private func cells(_ texts: [String]) -> [String] {
    texts.map { $0.isEmpty ? "-" : TerminalText.escape($0) }
  }

  private func place(_ range: SourceRange) -> String { "\(range.start.line):\(range.start.column)" }

  // MARK: - Rows

  private func head(_ type: String, _ range: SourceRange) -> JSONObject {
    [
      "type": .string(type), "path": .string(path), "start_line": .int(Int(range.start.line)),
      "end_line": .int(Int(range.lastLine)), "column": .int(Int(range.start.column)),
    ]
  }

  private func row(_ symbol: Symbol) -> JSONObject {
    head("symbol", symbol.range).appending([
      "kind": .string(symbol.kind.name), "name": .string(symbol.name),
      "qualified_name": .string(symbol.qualifiedName), "id": .string(symbol.id.text),
      "language": .string(language), "parent": .string(symbol.parent.text),
      "signature": .string(symbol.signature), "documentation": .string(symbol.documentation),
      "visibility": .string(symbol.visibility.name),
      "flags": .array(symbol.flags.names.map(JSONValue.string)),
      "text": .array(ArtifactText.lines(symbol).map(JSONValue.string)),
    ])
  }

  private func row(_ reference: Reference) -> JSONObject {
    head("reference", reference.range).appending([
      "role": .string(reference.role.name), "name": .string(reference.name),
      "owner": .string(reference.owner.text), "receiver": .string(reference.receiver),
      "candidates": .string(ArtifactText.text(reference.candidates)),
      "text": .array([.string(ArtifactText.line(reference))]),
    ])
  }

  private func row(_ piece: Documentation) -> JSONObject {
    head("documentation", piece.range).appending([
      "id": .string(piece.id.text), "owner": .string(piece.owner.text), "format": .string(piece.format),
      "content": .string(piece.text),
    ])
  }

  private func row(_ value: Diagnostic) -> JSONObject {
    head("diagnostic", value.range).appending([
      "severity": .string(value.severity.name), "code": .string(value.code),
      "message": .string(value.message),
    ])
  }
}

extension String {
  /// Without line ends at its end.
  fileprivate var trimmedEnd: String {
    var text = self[...]
    while text.last == "\n" { text = text.dropLast() }
    return String(text)
  }
}
