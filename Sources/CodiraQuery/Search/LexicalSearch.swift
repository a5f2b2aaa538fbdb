import CodiraModel
import CodiraStore

extension IndexView {
  /// Symbols that have words of the question, by BM25, best first.
  ///
  /// Any text is a question; one without a word has no answer.
  func lexical(_ question: SearchQuestion, files: Set<Int64>?) throws -> [Int64] {
    guard let expression = LexicalQuery.expression(question.text) else { return [] }
    return try snapshot.search(expression, limit: question.pool) { symbol in
      if let files, !files.contains(symbol >> IndexView.ordinalBits) { return false }
      if question.filter.kinds.isEmpty { return true }
      guard let row = try snapshot.symbol(symbol) else { return false }
      return question.filter.accepts(row.symbol.kind)
    }.map(\.symbol)
  }

  /// Definitions that have exactly the name asked for.
  func definitions(_ question: SearchQuestion) throws -> [Int64] {
    let name = question.text.trimmed
    guard !name.isEmpty, !name.contains(" ") else { return [] }
    guard case .found(let rows) = try symbols(matching: name, filter: question.filter) else { return [] }
    return rows.filter { !$0.symbol.flags.contains(.local) && $0.symbol.kind != .import }.map(\.row.id)
  }

  static let ordinalBits: Int64 = 20
}

/// Turns a user's words into the full-text engine's language.
enum LexicalQuery {
  /// Every word as it stands and as its parts, each between quotes, any of them enough.
  static func expression(_ text: String) -> String? {
    var words: [String] = []
    func add(_ word: some StringProtocol) {
      let word = String(word).lowercased()
      if !word.isEmpty, !words.contains(word), words.count < 64 { words.append(word) }
    }
    for token in text.split(whereSeparator: \.isWhitespace) {
      let runs = token.split { !($0.isLetter || $0.isNumber || $0 == "_") }
      for run in runs {
        add(run)
        for part in SearchText.words(run) { add(part) }
      }
    }
    return words.isEmpty ? nil : words.map { SearchText.quoted($0) }.joined(separator: " OR ")
  }
}

extension String {
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return String(text)
  }
}
