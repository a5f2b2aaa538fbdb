import CodiraModel
import CodiraQuery

/// What a change may reach: as rows with the way to each, as a tree.
struct ImpactReport {
  let rows: [FoundSymbol]
  let impact: Impact
  let view: IndexView
  let depth: Int
  let limit: Int
  let testsOnly: Bool
  let listsUnresolved: Bool

  private var shown: [Affected] { testsOnly ? impact.affected.filter(\.isTest) : impact.affected }

  func answer(query: JSONObject) -> Answer {
    let paths = impact.paths()
    let results = shown.map { JSONValue.object(row($0, paths)) }
    var extras: JSONObject = [
      "ambiguous": false, "definitions": .array(rows.map { .object(view.row($0)) }),
      "changed": .int(impact.changed.count), "affected": .int(impact.affected.count),
      "affected_files": .int(files), "affected_tests": .int(tests),
      "unresolved_calls": .int(impact.unresolvedCount), "ambiguous_edges": .int(impact.ambiguous),
      "truncated": .bool(impact.isCut),
    ]
    if listsUnresolved { extras["open"] = .array(impact.unresolved.map { .object(view.row($0)) }) }
    return Answer(
      status: results.isEmpty ? .nothing : .done, query: query, results: results, extras: extras
    ) { page in
      for row in rows { page.line(view.line(row, style: page.style)) }
      page.line()
      write(to: &page, paths)
    }
  }

  private var tests: Int { impact.affected.count(where: \.isTest) }
  private var files: Int { Set(impact.affected.map(\.symbol.file.id)).count }

  private func row(_ affected: Affected, _ paths: Impact.Paths) -> JSONObject {
    view.row(affected.symbol).appending([
      "depth": .int(affected.depth), "test": .bool(affected.isTest), "way": .string(affected.way.rawValue),
      "resolution": .string(affected.certainty.rawValue), "from": .string(affected.from.text),
      "edge": .object(view.row(affected.edge)),
      "chain": .array(paths.chain(to: affected).map { .string($0.text) }),
    ])
  }

  private func write(to page: inout TextPage, _ paths: Impact.Paths) {
    if impact.affected.isEmpty {
      page.line("Nothing found that a change to it would reach.")
    } else {
      page.line(
        page.style.bold("May reach") + " \(CountText.count(impact.affected.count, "symbol")) in "
          + "\(CountText.count(files, "file")), \(CountText.count(tests, "test")) among them "
          + "(\(CountText.count(depth, "step")))")
      if testsOnly { writeTests(paths, to: &page) } else { writeTree(to: &page) }
      if shown.count > limit { page.line("  … \(shown.count - limit) more (--limit)") }
    }
    if impact.isCut { page.line("  Users of the last ones were not asked for (--depth).") }
    if impact.ambiguous > 0 {
      page.line("  \(CountText.count(impact.ambiguous, "ambiguous edge")) not followed (--ambiguous).")
    }
    UnresolvedCalls(count: impact.unresolvedCount).write(
      to: &page, hint: listsUnresolved ? "" : " (--unresolved)")
    guard listsUnresolved else { return }
    for edge in impact.unresolved.prefix(limit) {
      page.entry(edge.reference.written, place: edge.place, notes: edge.notes, indent: 2)
    }
  }

  /// The nearest `limit` symbols, each below the one it is reached from.
  private func writeTree(to page: inout TextPage) {
    let children = Dictionary(grouping: impact.affected.prefix(limit), by: \.from)
    for changed in impact.changed {
      guard let users = children[changed.symbol.id] else { continue }
      let isInside = changed.symbol.id != rows[0].symbol.id
      if isInside { page.line("  " + page.style.bold(TerminalText.escape(changed.symbol.qualifiedName))) }
      write(users, children, indent: isInside ? 4 : 2, to: &page)
    }
  }

  private func write(
    _ users: [Affected], _ children: [StableID: [Affected]], indent: Int, to page: inout TextPage
  ) {
    for user in users {
      write(user, indent: indent, to: &page)
      write(children[user.symbol.symbol.id] ?? [], children, indent: indent + 2, to: &page)
    }
  }

  private func writeTests(_ paths: Impact.Paths, to page: inout TextPage) {
    for test in shown.prefix(limit) {
      write(test, indent: 2, to: &page)
      let chain = paths.steps(to: test).dropLast().reversed().map(\.symbol.symbol.name)
      if !chain.isEmpty { page.paragraph("by way of " + chain.joined(separator: ", "), indent: 6) }
    }
  }

  private func write(_ affected: Affected, indent: Int, to page: inout TextPage) {
    var notes = affected.way == .call ? [] : [affected.way.rawValue]
    if affected.certainty != .exact { notes.append(affected.certainty.rawValue) }
    if affected.isTest, !testsOnly { notes.append("test") }
    page.entry(
      affected.symbol.symbol.qualifiedName, place: place(affected),
      notes: notes + [view.mark(affected.edge.file)],
      indent: indent)
  }

  /// Where it uses what changes; of what overrides, where that is.
  private func place(_ affected: Affected) -> String {
    guard affected.way == .overrides else { return affected.edge.place }
    let start = affected.symbol.symbol.nameRange.start
    return "\(affected.symbol.file.path.text):\(start.line):\(start.column)"
  }
}
