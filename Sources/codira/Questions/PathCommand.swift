import ArgumentParser
import CodiraModel
import CodiraQuery

/// `codira path A B`: the shortest way from one symbol to another along calls.
struct PathCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "path",
    abstract: "Show the shortest call path from one symbol to another.")

  @Argument(help: "Where the path starts: a name, qualified name or stable id.") var from: String
  @Argument(help: "Where it ends.") var to: String
  @Option(help: ArgumentHelp("Search this many steps deep.", valueName: "n")) var depth = 30
  @Flag(help: "Follow calls with several possible targets, too.") var ambiguous = false
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func validate() throws {
    if depth < 1 { throw ValidationError("--depth must be 1 or more") }
  }

  func answer(in context: CommandContext) throws -> Answer {
    let query: JSONObject = [
      "from": .string(from), "to": .string(to), "depth": .int(depth), "ambiguous": .bool(ambiguous),
    ]
    return try context.reading { view in
      try Subject(from).answer(in: view, query: query) { start in
        try Subject(to).answer(in: view, query: query) { goal in
          let path = try CallPath(
            from: start, to: Set(goal.map(\.symbol.id)), in: view.edges(), depth: depth, ambiguous: ambiguous)
          return try answer(path, start, goal, view, query: query)
        }
      }
    }
  }

  private func answer(
    _ path: CallPath, _ start: [FoundSymbol], _ goal: [FoundSymbol], _ view: IndexView, query: JSONObject
  ) throws -> Answer {
    let steps = path.steps ?? []
    let results = steps.map { step in
      JSONValue.object(
        view.row(step.edge).appending([
          "depth": .int(step.depth), "from": .string(step.from.text), "to": .string(step.to.text),
        ]))
    }
    let names = try steps.map { try view.edges().symbol($0.to)?.symbol.qualifiedName ?? $0.to.text }
    let extras: JSONObject = [
      "ambiguous": false, "found": .bool(path.steps != nil), "visited": .int(path.visited),
      "ambiguous_edges": .int(path.ambiguous), "unresolved_calls": .int(path.unresolved),
      "truncated": .bool(path.isCut),
    ]
    return Answer(
      status: path.steps == nil ? .nothing : .done, query: query, results: results, extras: extras
    ) { page in
      guard path.steps != nil else { return writeNone(path, start, goal, to: &page) }
      page.line(view.line(start[0], style: page.style))
      for (step, name) in zip(steps, names) {
        page.entry(
          "→ " + name, place: step.edge.place, notes: step.edge.notes + [view.mark(step.edge.file)], indent: 2
        )
      }
      if steps.isEmpty { page.line("Both are the same symbol.") }
    }
  }

  private func writeNone(
    _ path: CallPath, _ start: [FoundSymbol], _ goal: [FoundSymbol], to page: inout TextPage
  ) {
    page.paragraph(
      "No way by calls from \(start[0].symbol.qualifiedName) to \(goal[0].symbol.qualifiedName); "
        + "\(CountText.count(path.visited, "symbol")) can be reached\(path.isCut ? " within the depth" : "")."
    )
    if path.ambiguous > 0 {
      page.line("  \(CountText.count(path.ambiguous, "ambiguous call")) not followed (--ambiguous).")
    }
    if path.unresolved > 0 {
      page.line("  \(CountText.count(path.unresolved, "unresolved call")) on the way may lead further.")
    }
    if path.isCut { page.line("  The search ended at its depth (--depth).") }
  }
}
