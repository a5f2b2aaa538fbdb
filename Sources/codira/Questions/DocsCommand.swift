import ArgumentParser
import CodiraModel
import CodiraQuery

/// `codira docs QUESTION`: the sections of the repository's documents that answer it.
struct DocsCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "docs",
    abstract: "Find sections of the documentation by words and by meaning.",
    discussion: """
      Sections of Markdown, reStructuredText and plain texts are ranked as `codira search` ranks; the lines that \
      match are shown. Comments on code belong to its symbols: `codira search` finds those.
      """)

  @Argument(parsing: .remaining, help: "The question; several words need no quotes.") var question: [String]
  @Option(help: ArgumentHelp("Show so many lines around the best line of each result.", valueName: "n"))
  var context: Int?
  @Option(help: ArgumentHelp("Only files whose path matches, as in `codira search`.", valueName: "glob"))
  var path: String?
  @OptionGroup var limits: LimitOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func validate() throws {
    if let context, context < 0 { throw ValidationError("--context must be 0 or more") }
  }

  func answer(in context: CommandContext) throws -> Answer {
    let limit = try limits.limit ?? context.configuration().integer(.searchLimit)
    var filter = SymbolFilter(path: path.map { PathGlob($0) })
    filter.documentsOnly = true
    let query: JSONObject = path.map { ["path": .string($0)] } ?? [:]
    return try SearchReport(filters: query, context: self.context, most: 4).answer(
      SearchQuestion(question.joined(separator: " "), filter: filter, limit: max(1, limit)), in: context)
  }
}
