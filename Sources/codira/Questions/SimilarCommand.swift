import ArgumentParser
import CodiraModel
import CodiraQuery

/// `codira similar NAME`: what comes nearest to a symbol in meaning.
struct SimilarCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "similar",
    abstract: "Find what resembles a symbol: copies, variants, its counterparts elsewhere.",
    discussion: """
      NAME is a symbol, as `codira symbol` takes it. Its own vector is compared with all others; the score is the \
      cosine, 1 for the same text. No model is needed.
      """)

  @Argument(help: "The symbol's name, qualified name or stable id.") var name: String
  @OptionGroup(title: "Filters") var filters: FilterOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    let limit = try limits.limit ?? context.configuration().integer(.searchLimit)
    let filter = try filters.filter()
    let query = (["name": .string(name)] as JSONObject).appending(filters.query)
      .appending(["limit": .int(limit)])
    return try context.reading { view in
      try Subject(name).answer(in: view, query: query) { found in
        let answer = try view.similar(to: found, filter: filter, limit: max(1, limit))
        return SearchReport(showsScores: true).answer(answer, answer.results.map { _ in [] }, query, view)
      }
    }
  }
}
