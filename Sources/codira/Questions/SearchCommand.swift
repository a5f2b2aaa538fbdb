import ArgumentParser
import CodiraModel
import CodiraQuery

/// `codira search QUESTION`: by words and by meaning.
struct SearchCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Find symbols by words and by meaning.",
    discussion: """
      Any text is a question: a name, some words, a sentence. Without a model or vectors the answer rests on \
      words alone, and says so.
      """)

  @Argument(parsing: .remaining, help: "The question; several words need no quotes.") var question: [String]
  @Flag(help: "By words alone.") var lexical = false
  @Flag(help: "By meaning alone.") var semantic = false
  @OptionGroup(title: "Filters") var filters: FilterOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func validate() throws {
    if lexical, semantic { throw ValidationError("--lexical and --semantic exclude each other") }
  }

  func answer(in context: CommandContext) throws -> Answer {
    let mode: SearchQuestion.Mode = lexical ? .lexical : semantic ? .semantic : .hybrid
    let limit = try limits.limit ?? context.configuration().integer(.searchLimit)
    let question = SearchQuestion(
      question.joined(separator: " "), mode: mode, filter: try filters.filter(), limit: max(1, limit))
    return try SearchReport.answer(question, filters: filters.query, in: context)
  }
}
