import CodiraModel
import CodiraQuery

/// A context pack as an answer that keeps within its budget in the format it is written in.
struct ContextReport {
  /// Results of a search that are looked at.
  private static let resultLimit = 10

  let question: String
  let query: JSONObject
  /// In tokens.
  let budget: Int
  let format: ContextFormat
  let filter: SymbolFilter

  func answer(in view: IndexView, encoder: some QuestionEncoder) throws -> Answer {
    let targets = try targets(in: view, encoder)
    let fixed = format.head(question).utf8.count + ContextFormat.endSize + envelopeSize
    var builder = ContextBuilder(view, budget: max(0, budget * ContextFormat.bytesPerToken - fixed)) {
      format.item($0, isFirstOfRole: $1, in: view).utf8.count
    }
    let pack = try builder.pack(targets)
    let results = format == .json ? pack.items.map { JSONValue.object(ContextFormat.row($0, in: view)) } : []
    let leftOut = ContextItem.Role.allCases.reduce(into: JSONObject()) { counts, role in
      counts[role.rawValue] = pack.leftOut[role].map { .int($0) }
    }
    return Answer(
      status: pack.items.isEmpty ? .nothing : .done, query: query, results: results,
      extras: ["left_out": .object(leftOut)]
    ) { page in
      guard !pack.items.isEmpty else {
        page.line("Nothing matches.")
        return
      }
      var text = format.head(question)
      var roles: Set<ContextItem.Role> = []
      for item in pack.items {
        text += format.item(item, isFirstOfRole: roles.insert(item.role).inserted, in: view)
      }
      page.line(String((text + format.end(pack)).dropLast()))
    }
  }

  /// The symbol of that name where one word names one; else what a search finds.
  private func targets(in view: IndexView, _ encoder: some QuestionEncoder) throws -> [ContextTarget] {
    if case .found(let rows) = try view.symbols(matching: question, filter: filter),
      Set(rows.map(\.symbol.id)).count == 1
    {
      return rows.map { ContextTarget($0) }
    }
    let search = SearchQuestion(question, filter: filter, limit: Self.resultLimit)
    return try view.search(search, encoder: encoder).results.map { ContextTarget($0) }
  }

  /// Bytes of an envelope without its rows, the question repeated in it.
  private var envelopeSize: Int {
    format == .json ? 120 + JSONValue.object(query).text.utf8.count : 0
  }
}
