import CodiraModel
import CodiraStore

/// The filters that stand in a question: `path:src/**  lang:go  kind:class  test:no`; the rest is what is asked.
struct QuestionFilters {
  private(set) var text = ""
  private(set) var filter: SymbolFilter

  /// Adds what `text` says to `filter`; a filter of an unknown kind or without a value is a word like others.
  init(_ text: String, adding filter: SymbolFilter) {
    self.filter = filter
    var words: [Substring] = []
    for word in text.split(whereSeparator: \.isWhitespace) where !take(word) { words.append(word) }
    self.text = words.joined(separator: " ")
  }

  private mutating func take(_ word: Substring) -> Bool {
    guard let colon = word.firstIndex(of: ":") else { return false }
    let value = String(word[word.index(after: colon)...])
    guard !value.isEmpty, value.first != ":" else { return false }
    switch word[..<colon].lowercased() {
    case "path": filter.path = PathGlob(value)
    case "lang", "language": filter.language = value.lowercased()
    case "kind":
      guard let kinds = SymbolKind.named(value) else { return false }
      filter.kinds.formUnion(kinds)
    case "test", "tests":
      guard let tests = TestFilter(rawValue: value.lowercased()) else { return false }
      filter.tests = tests
    default: return false
    }
    return true
  }
}

extension SymbolKind {
  /// The kinds of a word of the command line: one kind, or all of a group such as `type` or `callable`.
  package static func named(_ name: String) -> Set<SymbolKind>? {
    let word = name.lowercased().map { $0 == "-" || $0 == " " ? "_" : String($0) }.joined()
    if let kind = SymbolKind(name: word) { return [kind] }
    return OntologyKind(rawValue: word).map { group in
      Set(SymbolKind.allCases.filter { $0.ontology == group })
    }
  }
}
