import ArgumentParser
import CodiraModel
import CodiraQuery

/// `codira impact NAME`: what a change to a symbol may reach.
struct ImpactCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "impact",
    abstract: "Show what a change to a symbol may reach, and the tests among it.",
    discussion: """
      Follows calls, values, type uses, subtypes, overriding methods and imports, from user to user. What is \
      declared inside the symbol changes with it. Only edges with one target are followed, unless --ambiguous.
      """)

  @Argument(help: "The symbol's name, qualified name or stable id.") var name: String
  @Option(help: ArgumentHelp("Follow users this many steps.", valueName: "n")) var depth = 3
  @Flag(help: "Follow edges with several targets, too, and calls of what it overrides.") var ambiguous = false
  @Flag(help: "Show the tests alone.") var tests = false
  @Flag(help: "List unresolved calls of the name, too.") var unresolved = false
  @OptionGroup(title: "Filters") var filters: FilterOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func validate() throws {
    if depth < 1 { throw ValidationError("--depth must be 1 or more") }
  }

  func answer(in context: CommandContext) throws -> Answer {
    let query =
      (["name": .string(name), "depth": .int(depth), "ambiguous": .bool(ambiguous), "tests": .bool(tests)]
      as JSONObject).appending(filters.query)
    let subject = Subject(name, try filters.filter())
    return try context.reading { view in
      try subject.answer(in: view, query: query) { rows in
        let impact = try Impact(of: rows, in: view, depth: depth, ambiguous: ambiguous, listing: unresolved)
        return ImpactReport(
          rows: rows, impact: impact, view: view, depth: depth, limit: limits.limit ?? 50, testsOnly: tests,
          listsUnresolved: unresolved
        ).answer(query: query)
      }
    }
  }
}
