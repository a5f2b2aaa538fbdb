import ArgumentParser
import CodiraModel
import CodiraQuery

/// `codira calls NAME`: who calls it, what it calls, and theirs as deep as asked.
struct CallsCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "calls",
    abstract: "Show who calls a symbol and what it calls, to any depth.",
    discussion: """
      Each line says where the call stands, and how sure it is where that is not exact. Deeper than one step \
      only calls with one target are followed, unless --ambiguous.
      """)

  @Argument(help: "The symbol's name, qualified name or stable id.") var name: String
  @Flag(help: "Callers alone.") var callers = false
  @Flag(help: "Callees alone.") var callees = false
  @Option(help: ArgumentHelp("Follow calls this many steps.", valueName: "n")) var depth = 1
  @Flag(help: "Follow calls with several possible targets, too.") var ambiguous = false
  @Flag(help: "List calls that lead to nobody known: unresolved and external ones.") var unresolved = false
  @Flag(help: "Print a graph for Graphviz instead of text.") var dot = false
  @OptionGroup(title: "Filters") var filters: FilterOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func validate() throws {
    if callers, callees { throw ValidationError("--callers and --callees exclude each other") }
    if depth < 1 { throw ValidationError("--depth must be 1 or more") }
    if dot, options.json { throw ValidationError("--dot and --json exclude each other") }
  }

  func answer(in context: CommandContext) throws -> Answer {
    let query = (["name": .string(name), "depth": .int(depth), "ambiguous": .bool(ambiguous)] as JSONObject)
      .appending(filters.query)
    let subject = Subject(name, try filters.filter())
    return try context.reading { view in
      try subject.answer(in: view, query: query) { rows in
        let finder = view.edges()
        let directions = GraphWalk.Direction.allCases.filter { $0 == .callers ? !callees : !callers }
        let walks = try directions.map {
          try GraphWalk(
            $0, from: rows, in: finder, depth: depth, roles: Self.roles(of: rows, $0), ambiguous: ambiguous,
            listing: unresolved)
        }
        let report = CallsReport(
          rows: rows, walks: walks, view: view, limit: limits.limit ?? 50, listsUnresolved: unresolved,
          depth: depth)
        return dot ? try report.dotAnswer(query: query) : try report.answer(query: query)
      }
    }
  }

  /// A type is called by its constructor or named as a base; a callable is called or passed on as a value.
  private static func roles(
    of rows: [FoundSymbol], _ direction: GraphWalk.Direction
  ) -> Set<Reference.Role> {
    guard direction == .callers else { return [.call, .callableValue] }
    return rows.contains { $0.symbol.kind.isType }
      ? [.call, .callableValue, .inherits, .implements] : [.call, .callableValue]
  }
}
