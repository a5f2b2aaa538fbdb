import ArgumentParser
import CodiraModel
import CodiraQuery

/// `codira context QUESTION`: the source that a question is about, with its callers, tests and callees.
struct ContextCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "context",
    abstract: "Gather what is needed to act on a question: source, callers, tests, callees.",
    discussion: """
      QUESTION is a symbol, as `codira symbol` takes it, or words, as `codira search` takes them. The answer \
      keeps within --budget tokens, a token being three bytes of it, and never shows a line twice.
      """,
    aliases: ["ctx"])

  @Argument(parsing: .remaining, help: "A symbol or words; several words need no quotes.")
  var question: [String]
  @Option(help: ArgumentHelp("Tokens the answer may have.", valueName: "tokens")) var budget = 4_000
  @Option(help: "How it is written: markdown, json (the same as --json) or xml.") var format = "markdown"
  @OptionGroup(title: "Filters") var filters: FilterOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  mutating func validate() throws {
    if ContextFormat(rawValue: format) == nil {
      throw ValidationError(
        "--format is one of " + ContextFormat.allCases.map(\.rawValue).joined(separator: ", "))
    }
    if budget < Self.leastBudget { throw ValidationError("--budget must be \(Self.leastBudget) or more") }
    if format == "json" { options.json = true }
    if options.json, format == "xml" { throw ValidationError("--json and --format xml exclude each other") }
  }

  /// Enough for an empty answer in any format and a few lines.
  static let leastBudget = 200

  func answer(in context: CommandContext) throws -> Answer {
    let text = question.joined(separator: " ")
    let report = ContextReport(
      question: text,
      query: (["text": .string(text), "budget": .int(budget)] as JSONObject).appending(filters.query),
      budget: budget, format: options.json ? .json : ContextFormat(rawValue: format)!,
      filter: try filters.filter())
    return try context.reading { view in
      try report.answer(in: view, encoder: context.questionEncoder)
    }
  }
}
