import ArgumentParser
import CodiraModel
import CodiraQuery
import CodiraStore

/// `codira embeddings [QUESTION]`: search by meaning, or what vectors there are.
struct EmbeddingsCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "embeddings",
    abstract: "Find symbols by meaning alone; without a question, list the vector sets.",
    aliases: ["emb"])

  @Argument(parsing: .remaining, help: "The question; none lists the sets.") var question: [String] = []
  @OptionGroup(title: "Filters") var filters: FilterOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    if question.isEmpty { return try context.reading { try Self.inventory($0) } }
    let limit = try limits.limit ?? context.configuration().integer(.searchLimit)
    let question = SearchQuestion(
      question.joined(separator: " "), mode: .semantic, filter: try filters.filter(), limit: max(1, limit))
    return try SearchReport(filters: filters.query).answer(question, in: context)
  }

  private static func inventory(_ view: IndexView) throws -> Answer {
    let sets = try view.snapshot.vectorSets()
    let active = try view.snapshot.activeVectorSet()
    var rows: [JSONValue] = []
    var lines: [(identity: String, text: String)] = []
    for set in sets {
      var count = 0
      try view.snapshot.forEachVector(in: set.id) { _, _ in count += 1 }
      let isActive = set.id == active?.id
      let missing = isActive ? try view.snapshot.payloadsWithoutVector(in: set.id).count : 0
      rows.append([
        "identity": .string(set.identity), "dimension": .int(set.dimension), "vectors": .int(count),
        "active": .bool(isActive), "missing": .int(missing),
      ])
      let state = isActive ? "active, \(missing) missing" : "not used"
      lines.append((set.identity, "\(count) vectors of \(set.dimension) dimensions, \(state)"))
    }
    return Answer(status: sets.isEmpty ? .nothing : .done, results: rows) { page in
      for line in lines {
        page.paragraph(line.identity)
        page.line("  " + line.text)
      }
      if lines.isEmpty { page.line("The index has no vectors.") }
    }
  }
}
