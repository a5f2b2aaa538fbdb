import CodiraModel
import CodiraQuery

/// One symbol: its rows, and the edges to and from it.
struct SymbolReport {
  private let view: IndexView
  private let rows: [FoundSymbol]
  private let callers: Incoming
  private let callees: [Edge]
  private let limit: Int

  /// Shows at most `limit` callers and callees in text; programs get all.
  init(of rows: [FoundSymbol], in view: IndexView, limit: Int) throws {
    self.view = view
    self.rows = rows
    self.limit = limit
    callers = try view.edges().edges(reaching: rows.map { GraphNode($0.symbol) }, roles: Self.roles(of: rows))
    callees = try Set(rows.map(\.symbol.id)).flatMap { try view.edges().edges(from: $0, roles: [.call]) }
  }

  /// Callables and types are called; what else there is, is used.
  private static func roles(of rows: [FoundSymbol]) -> Set<Reference.Role> {
    if rows.contains(where: { $0.symbol.kind.isType }) { return [.call, .inherits, .implements] }
    return rows.allSatisfy { isLinked($0.symbol.kind) } ? [.imports] : [.call, .callableValue]
  }

  /// What nobody calls: others point to it.
  private static func isLinked(_ kind: SymbolKind) -> Bool {
    kind.isNamespace || kind == .section || kind == .key
  }

  private var isLinked: Bool { rows.allSatisfy { Self.isLinked($0.symbol.kind) } }

  func answer(query: JSONObject) -> Answer {
    Answer(query: query, results: rows.map { .object(definition($0)) }, extras: extras) { page in
      for row in rows { write(row, to: &page) }
      writeCallers(to: &page)
      writeCallees(to: &page)
    }
  }

  private func definition(_ found: FoundSymbol) -> JSONObject {
    let symbol = found.symbol
    return view.row(found).appending([
      "parent": symbol.parent.isEmpty ? .null : .string(symbol.parent.text),
      "signature": .string(symbol.signature), "documentation": .string(symbol.documentation),
      "visibility": .string(symbol.visibility.name), "flags": .array(symbol.flags.names.map { .string($0) }),
      "name_line": .int(Int(symbol.nameRange.start.line)),
      "name_column": .int(Int(symbol.nameRange.start.column)),
    ])
  }

  private var extras: JSONObject {
    [
      "ambiguous": false, "callers": .array(callers.edges.map { .object(view.row($0)) }),
      "unresolved_calls": .int(callers.unresolvedCount),
      "callees": .array(callees.map { .object(view.row($0)) }),
    ]
  }

  private func write(_ found: FoundSymbol, to page: inout TextPage) {
    page.line(view.line(found, style: page.style))
    if !found.symbol.signature.isEmpty { page.paragraph(found.symbol.signature, indent: 2) }
    page.line("  " + page.style.dim(TerminalText.escape(found.symbol.id.text)))
    if !found.symbol.documentation.isEmpty {
      page.line()
      page.paragraph(found.symbol.documentation, indent: 4)
    }
    page.line()
  }

  private func writeCallers(to page: inout TextPage) {
    if callers.edges.isEmpty, isLinked { return }
    if callers.edges.isEmpty {
      let count = UnresolvedCalls(count: callers.unresolvedCount)
      page.line(
        count.count == 0 ? "No callers." : "No callers found; \(count.text) may still be meant for it.")
      return
    }
    page.line(page.style.bold(isLinked ? "Referred to by" : "Callers") + " (\(callers.edges.count))")
    let sure = callers.edges.filter { $0.resolution.certainty == .exact }
    let unsure = callers.edges.filter { $0.resolution.certainty != .exact }
    for edge in (sure + unsure).prefix(limit) {
      page.entry(edge.owner?.symbol.qualifiedName ?? "", place: edge.place, notes: edge.notes, indent: 2)
    }
    if callers.edges.count > limit { page.line("  … \(callers.edges.count - limit) more (--limit)") }
    UnresolvedCalls(count: callers.unresolvedCount).write(to: &page)
  }

  private func writeCallees(to page: inout TextPage) {
    let known = callees.filter { !$0.resolution.targets.isEmpty }
    guard !callees.isEmpty else { return }
    let external = callees.count { $0.resolution.certainty == .external }
    let unknown = callees.count - known.count - external
    page.line(
      page.style.bold("Calls") + " (\(known.count) here, \(external) external, \(unknown) unresolved)")
    for edge in known.prefix(limit) {
      let target = edge.resolution.targets.map(\.text).joined(separator: " or ")
      page.entry(target, place: "line \(edge.reference.range.start.line)", notes: edge.notes, indent: 2)
    }
    if known.count > limit { page.line("  … \(known.count - limit) more (--limit)") }
  }
}

/// Calls of a name that nobody can place: they belong beside every list of callers.
struct UnresolvedCalls {
  let count: Int

  var text: String {
    count == 1 ? "1 unresolved call of this name" : "\(count) unresolved calls of this name"
  }

  func write(to page: inout TextPage, hint: String = "") {
    if count > 0 { page.line("  \(text) may be meant for it, too\(hint).") }
  }
}
