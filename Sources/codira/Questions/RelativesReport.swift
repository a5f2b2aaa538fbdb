import CodiraModel
import CodiraQuery

/// The relatives of a type or member, above and below it.
struct RelativesReport {
  enum Direction: String { case above, below }

  private struct Part {
    let direction: Direction
    let relatives: [Relative]
  }

  private let rows: [FoundSymbol]
  private let view: IndexView
  private let limit: Int
  private let parts: [Part]
  /// Supertypes outside the index, or that nobody could place.
  private let unknown: [Edge]
  private let isType: Bool
  private let hasRelatives: Bool

  init(of rows: [FoundSymbol], in view: IndexView, directions: [Direction], limit: Int) throws {
    self.rows = rows
    self.view = view
    self.limit = limit
    let symbol = rows[0].symbol
    let lines = TypeLines(view)
    isType = symbol.kind.isType
    hasRelatives = isType || (symbol.kind.isCallable && !symbol.parent.isEmpty) || symbol.kind == .property
    let isType = isType
    let canHave = hasRelatives
    parts = try directions.map { direction in
      guard canHave else { return Part(direction: direction, relatives: []) }
      let relatives =
        switch (direction, isType) {
        case (.above, true): try lines.supertypes(of: symbol.id)
        case (.below, true): try lines.subtypes(of: symbol.id)
        case (.above, false): try lines.overridden(by: symbol)
        case (.below, false): try lines.overriders(of: symbol)
        }
      return Part(direction: direction, relatives: relatives)
    }
    unknown = isType && directions.contains(.above) ? try lines.unknownSupertypes(of: symbol.id) : []
  }

  func answer(query: JSONObject) -> Answer {
    let results = parts.flatMap { part in
      part.relatives.map { JSONValue.object(row($0, part.direction)) }
    }
    let extras: JSONObject = [
      "ambiguous": false, "definitions": .array(rows.map { .object(view.row($0)) }),
      "unknown_supertypes": .array(unknown.map { .object(view.row($0)) }),
      "reason": hasRelatives ? .null : .string("no_type"),
    ]
    let isEmpty = results.isEmpty && unknown.isEmpty
    return Answer(status: isEmpty ? .nothing : .done, query: query, results: results, extras: extras) {
      page in
      for row in rows { page.line(view.line(row, style: page.style)) }
      page.line()
      guard hasRelatives else {
        page.line("It is a \(rows[0].symbol.kind.name): only types and their members have relatives.")
        return
      }
      for part in parts { write(part, to: &page) }
    }
  }

  private func row(_ relative: Relative, _ direction: Direction) -> JSONObject {
    view.row(relative.symbol).appending([
      "signature": .string(relative.symbol.symbol.signature), "direction": .string(direction.rawValue),
      "depth": .int(relative.depth), "from": .string(relative.from.text),
      "certainty": .string(relative.certainty.rawValue), "edge": .object(view.row(relative.edge)),
    ])
  }

  private func write(_ part: Part, to page: inout TextPage) {
    let known = part.direction == .above ? unknown : []
    page.line(page.style.bold(title(part.direction)) + " (\(part.relatives.count + known.count))")
    if part.relatives.isEmpty, known.isEmpty { page.line("  none") }
    if isType {
      let children = Dictionary(grouping: part.relatives, by: \.from)
      var left = limit
      writeTree(children, below: rows[0].symbol.id, indent: 2, left: &left, to: &page)
      for edge in known {
        page.entry(edge.reference.written, place: edge.place, notes: edge.notes, indent: 2)
      }
    } else {
      for relative in part.relatives.prefix(limit) { write(relative, indent: 2, to: &page) }
    }
    if part.relatives.count > limit { page.line("  … \(part.relatives.count - limit) more (--limit)") }
  }

  private func writeTree(
    _ children: [StableID: [Relative]], below node: StableID, indent: Int, left: inout Int,
    to page: inout TextPage
  ) {
    for relative in children[node] ?? [] where left > 0 {
      left -= 1
      write(relative, indent: indent, to: &page)
      writeTree(children, below: relative.symbol.symbol.id, indent: indent + 2, left: &left, to: &page)
    }
  }

  private func write(_ relative: Relative, indent: Int, to page: inout TextPage) {
    let start = relative.symbol.symbol.nameRange.start
    let place = "\(relative.symbol.file.path.text):\(start.line):\(start.column)"
    var notes = relative.edge.resolution.role == .implements && isType ? ["implements"] : []
    if relative.certainty != .exact { notes.append(relative.certainty.rawValue) }
    page.entry(
      relative.symbol.symbol.qualifiedName, place: place, notes: notes + [view.mark(relative.symbol.file)],
      indent: indent)
  }

  private func title(_ direction: Direction) -> String {
    switch (direction, isType) {
    case (.above, true): "Supertypes"
    case (.below, true): "Subtypes"
    case (.above, false): "Overrides"
    case (.below, false): "Overridden by"
    }
  }
}
