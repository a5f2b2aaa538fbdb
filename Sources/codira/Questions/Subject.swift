import CodiraModel
import CodiraQuery

/// The symbol that a question names: found, unknown, or one of several that have to be told apart.
struct Subject {
  let name: String
  let filter: SymbolFilter

  init(_ name: String, _ filter: SymbolFilter = SymbolFilter()) {
    self.name = name
    self.filter = filter
  }

  /// Answers with `body` where the name means one symbol; else says what it could mean, or why it means nothing.
  func answer(
    in view: IndexView, query: JSONObject, _ body: (_ rows: [FoundSymbol]) throws -> Answer
  ) throws -> Answer {
    switch try view.symbols(matching: name, filter: filter) {
    case .unknown(let nearest):
      return UnknownName(name: name, nearest: nearest, isFiltered: try isFilteredAway(view)).answer(
        query: query)
    case .found(let found):
      let isAmbiguous = Set(found.map(\.symbol.id)).count > 1
      return isAmbiguous ? Ambiguity(found: found).answer(in: view, query: query) : try body(found)
    }
  }

  private func isFilteredAway(_ view: IndexView) throws -> Bool {
    guard !filter.isEmpty, case .found = try view.symbols(matching: name) else { return false }
    return true
  }
}
