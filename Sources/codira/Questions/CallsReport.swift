import CodiraModel
import CodiraQuery

/// A symbol and the calls around it: as rows, as a tree, as a graph.
struct CallsReport {
  let rows: [FoundSymbol]
  let walks: [GraphWalk]
  let view: IndexView
  /// Lines a tree may have in text; programs get all.
  let limit: Int
  let listsUnresolved: Bool
  let depth: Int

  func answer(query: JSONObject) throws -> Answer {
    let results = walks.flatMap { walk in walk.steps.map { JSONValue.object(row($0, walk.direction)) } }
    let symbols = try reached().map { symbol, direction, depth in
      JSONValue.object(
        view.row(symbol).appending(["direction": .string(direction.rawValue), "depth": .int(depth)]))
    }
    let unresolved = walks.first { $0.direction == .callers }?.unresolvedCount ?? 0
    var extras: JSONObject = [
      "ambiguous": false, "definitions": .array(rows.map { .object(view.row($0)) }),
      "symbols": .array(symbols), "unresolved_calls": .int(unresolved),
      "truncated": .bool(walks.contains(where: \.isCut)),
    ]
    if listsUnresolved {
      extras["open"] = .array(
        walks.flatMap { walk in
          walk.open.map { edge in
            .object(view.row(edge).appending(["direction": .string(walk.direction.rawValue)]))
          }
        })
    }
    let trees = try walks.map { try WalkTree($0, in: view.edges()) }
    let isEmpty = results.isEmpty && walks.allSatisfy { $0.open.isEmpty && $0.unresolvedCount == 0 }
    return Answer(status: isEmpty ? .nothing : .done, query: query, results: results, extras: extras) {
      page in
      for row in rows { page.line(view.line(row, style: page.style)) }
      for (walk, tree) in zip(walks, trees) { write(walk, tree, to: &page) }
    }
  }

  func dotAnswer(query: JSONObject) throws -> Answer {
    var graph = DotGraph(name: "calls")
    for row in rows { graph.node(row.symbol.id.text, label: row.symbol.qualifiedName, isStart: true) }
    for (symbol, _, _) in try reached() {
      graph.node(symbol.symbol.id.text, label: symbol.symbol.qualifiedName)
    }
    for walk in walks {
      for step in walk.steps {
        let isUp = walk.direction == .callers
        graph.edge(
          (isUp ? step.to : step.from).text, (isUp ? step.from : step.to).text,
          label: step.edge.notes.joined(separator: " "), isSure: step.edge.resolution.certainty == .exact)
      }
    }
    return Answer(status: walks.allSatisfy(\.steps.isEmpty) ? .nothing : .done, query: query) { page in
      page.line(graph.text)
    }
  }

  private func row(_ step: WalkStep, _ direction: GraphWalk.Direction) -> JSONObject {
    view.row(step.edge).appending([
      "direction": .string(direction.rawValue), "depth": .int(step.depth), "from": .string(step.from.text),
      "to": .string(step.to.text),
    ])
  }

  private func reached() throws -> [(symbol: FoundSymbol, direction: GraphWalk.Direction, depth: Int)] {
    try walks.flatMap { walk in
      try walk.reached.compactMap { id, depth in
        try view.edges().symbol(id).map { (symbol: $0, direction: walk.direction, depth: depth) }
      }
    }
  }

  private func write(_ walk: GraphWalk, _ tree: WalkTree, to page: inout TextPage) {
    page.line()
    switch walk.direction {
    case .callers: writeCallersHead(walk, to: &page)
    case .callees: writeCalleesHead(walk, to: &page)
    }
    let more = tree.write(to: &page, limit: limit, view: view)
    if more > 0 { page.line("  … \(more) more (--limit)") }
    if walk.isCut, depth > 1 { page.line("  deeper ones are not shown (--depth)") }
    if walk.direction == .callers, !walk.steps.isEmpty {
      UnresolvedCalls(count: walk.unresolvedCount).write(
        to: &page, hint: listsUnresolved ? "" : " (--unresolved)")
    }
    if listsUnresolved { writeOpen(walk, to: &page) }
  }

  private func writeCallersHead(_ walk: GraphWalk, to page: inout TextPage) {
    if !walk.steps.isEmpty {
      page.line(page.style.bold("Callers") + " (\(walk.steps.count))")
    } else if walk.unresolvedCount == 0 {
      page.line("No callers, and no unresolved call of this name.")
    } else {
      let count = UnresolvedCalls(count: walk.unresolvedCount).text
      page.line("No callers found; \(count) may still be meant for it.")
    }
  }

  private func writeCalleesHead(_ walk: GraphWalk, to page: inout TextPage) {
    let external = walk.open.count { $0.resolution.certainty == .external }
    if walk.steps.isEmpty, walk.open.isEmpty {
      page.line("It calls nothing.")
    } else {
      page.line(
        page.style.bold("Calls")
          + " (\(walk.steps.count) here, \(external) external, \(walk.open.count - external) unresolved)")
    }
  }

  private func writeOpen(_ walk: GraphWalk, to page: inout TextPage) {
    guard !walk.open.isEmpty else { return }
    page.line(walk.direction == .callers ? "Unresolved calls of this name" : "Calls that leave the index")
    for edge in walk.open.prefix(limit) {
      page.entry(edge.reference.written, place: edge.place, notes: edge.notes, indent: 2)
    }
    if walk.open.count > limit { page.line("  … \(walk.open.count - limit) more (--limit)") }
  }
}
