import ArgumentParser
import CodiraModel
import CodiraQuery
import Glibc

/// `codira search QUESTION`: by words and by meaning.
struct SearchCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Find code and documentation by words and by meaning.",
    discussion: """
      Any text is a question: a name, some words, a sentence. Filters may stand in it: `path:src/**`, \
      `lang:go`, `kind:class`, `test:no`. Without a model or vectors the answer rests on words alone, and \
      says so. --code finds where pasted code comes from or what resembles it.
      """)

  @Argument(parsing: .remaining, help: "The question; several words need no quotes.") var question: [String] =
    []
  @Flag(help: "The question is a piece of code; without one, standard input is read.") var code = false
  @Flag(help: "By words alone.") var lexical = false
  @Flag(help: "By meaning alone.") var semantic = false
  @Flag(help: "Show how each result came to its score.") var explain = false
  @Option(help: ArgumentHelp("Show so many lines around the best line of each result.", valueName: "n"))
  var context: Int?
  @Option(help: ArgumentHelp("Answer every line of this file instead.", valueName: "file"))
  var questions: String?
  @Option(help: ArgumentHelp("Rank with another weight, `stem=0`; may be repeated.", visibility: .hidden))
  var weight: [String] = []
  @OptionGroup(title: "Filters") var filters: FilterOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func validate() throws {
    if lexical, semantic { throw ValidationError("--lexical and --semantic exclude each other") }
    if let context, context < 0 { throw ValidationError("--context must be 0 or more") }
    if code, questions != nil { throw ValidationError("--code and --questions exclude each other") }
    if !code, question.isEmpty == (questions == nil) {
      throw ValidationError("Give a question, or a file of questions with --questions.")
    }
  }

  func answer(in context: CommandContext) throws -> Answer {
    let mode: SearchQuestion.Mode = lexical ? .lexical : semantic ? .semantic : .hybrid
    let limit = try limits.limit ?? context.configuration().integer(.searchLimit)
    var template = SearchQuestion("", mode: mode, filter: try filters.filter(), limit: max(1, limit))
    template.weights = try weights()
    let report = SearchReport(filters: filters.query, explains: explain, context: self.context)
    if let questions {
      let lines = try PlainFile.lines(questions)
      return try report.answers(lines, template, in: context)
    }
    template.isCode = code
    template.text = code && question.isEmpty ? try pasted(context) : question.joined(separator: " ")
    return try report.answer(template, in: context)
  }

  private func pasted(_ context: CommandContext) throws -> String {
    if isatty(STDIN_FILENO) == 1 {
      context.console.note("Paste the code, then press Ctrl-D on an empty line.")
    }
    return String(decoding: try PlainFile.read("/dev/stdin") ?? [], as: UTF8.self)
  }

  private func weights() throws -> RankingWeights {
    var weights = RankingWeights()
    for setting in weight {
      let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let path = RankingWeights.names[parts[0]], let value = Double(parts[1]) else {
        throw CommandFailure(
          .usage, code: "bad_value", "`\(setting)` sets no weight.",
          hint: "Weights are " + RankingWeights.names.keys.sorted().joined(separator: ", ") + ".")
      }
      weights[keyPath: path] = value
    }
    return weights
  }
}
