import CodiraModel
import CodiraQuery

/// A context pack as an answer that keeps within its budget in the format it is written in.
struct ContextReport {
  /// Tokens of the budget for each result of a search that is looked at, of which there are ten at least.
  private static let tokensPerResult = 150
  /// Lines of a result that are looked for where not all of it fits.
  private static let focusLines = 6

  /// What stands above the pack.
  let title: String
  let query: JSONObject
  /// In tokens.
  let budget: Int
  let format: ContextFormat

  /// The symbol that the question names where it names one; else what a search finds.
  func answer(
    _ question: String, _ filter: SymbolFilter, in view: IndexView, encoder: some QuestionEncoder
  ) throws -> Answer {
    let targets = try targets(question, filter, in: view, encoder)
    return try answer(in: view, nothing: "Nothing matches.") { try $0.pack(targets) }
  }

  /// What a change touches, who uses it, and the tests that reach it.
  func answer(_ files: [ChangedFile], _ filter: SymbolFilter, in view: IndexView) throws -> Answer {
    let files = files.filter { file in file.row.map { filter.accepts($0) } ?? filter.isEmpty }
    let targets = try view.targets(of: files)
    let changed = targets.compactMap(\.symbol)
    let impact =
      changed.isEmpty ? nil : try Impact(of: changed, in: view, depth: Self.impactDepth, ambiguous: false)
    let list = ChangeList(files, impact, view)
    return try answer(
      in: view, head: list.text(format, within: budget * ContextFormat.bytesPerToken / 4),
      extras: list.record(within: budget * ContextFormat.bytesPerToken / 4), isEmpty: files.isEmpty,
      nothing: "Nothing changed."
    ) { try $0.pack(changes: targets, impact: impact) }
  }

  /// Steps that the effects of a change are followed.
  private static let impactDepth = 3

  private func answer(
    in view: IndexView, head: String = "", extras: JSONObject = [:], isEmpty: Bool? = nil, nothing: String,
    _ fill: (inout ContextBuilder) throws -> ContextPack
  ) throws -> Answer {
    let above = format.head(title) + head
    let fixed = above.utf8.count + ContextFormat.endSize + envelopeSize(extras)
    var builder = ContextBuilder(view, budget: max(0, budget * ContextFormat.bytesPerToken - fixed)) {
      format.item($0, isFirstOfRole: $1, in: view).utf8.count
    }
    let pack = try fill(&builder)
    let results = format == .json ? pack.items.map { JSONValue.object(ContextFormat.row($0, in: view)) } : []
    let leftOut = ContextItem.Role.allCases.reduce(into: JSONObject()) { counts, role in
      counts[role.rawValue] = pack.leftOut[role].map { .int($0) }
    }
    let isNothing = isEmpty ?? pack.items.isEmpty
    return Answer(
      status: isNothing ? .nothing : .done, query: query, results: results,
      extras: (["left_out": .object(leftOut)] as JSONObject).appending(extras)
    ) { page in
      guard !isNothing else {
        page.line(format == .xml ? String((above + format.end(pack)).dropLast()) : nothing)
        return
      }
      var text = above
      var roles: Set<ContextItem.Role> = []
      for item in pack.items {
        text += format.item(item, isFirstOfRole: roles.insert(item.role).inserted, in: view)
      }
      page.line(String((text + format.end(pack)).dropLast()))
    }
  }

  private func targets(
    _ question: String, _ filter: SymbolFilter, in view: IndexView, _ encoder: some QuestionEncoder
  ) throws -> [ContextTarget] {
    if case .found(let rows) = try view.symbols(matching: question, filter: filter),
      Set(rows.map(\.symbol.id)).count == 1
    {
      return rows.map { ContextTarget($0) }
    }
    var search = SearchQuestion(question, filter: filter, limit: max(10, budget / Self.tokensPerResult))
    search.wantsMembers = true
    search.weights.furtherPart = Self.furtherPart
    let lines = MatchingLines(search, in: view)
    return try view.search(search, encoder: encoder).results.map { result in
      var target = ContextTarget(result)
      target.focus = lines.lines(of: result, most: Self.focusLines).map(\.number)
      return target
    }
  }

  /// What acts together stands together: another part of a file that is found counts more than in a list of places.
  private static let furtherPart = 0.6

  /// Bytes of an envelope without its rows, the question repeated in it.
  private func envelopeSize(_ extras: JSONObject) -> Int {
    guard format == .json else { return 0 }
    return 120 + JSONValue.object(query).text.utf8.count + JSONValue.object(extras).text.utf8.count
  }
}
