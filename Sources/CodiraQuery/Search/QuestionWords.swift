import CodiraStore

/// What a question asks: its words as full text sees them, the names in it, and what kind of question it is.
package struct QuestionWords {
  package enum Kind: String, Sendable { case name, words, sentence, code }

  /// Something to look for in full text; a unit that has it gets `weight` times its BM25.
  struct Term {
    /// In the engine's language.
    var expression: String
    var weight: Double
    /// The lower-case word it is, where it is one plain word.
    var word: String?
  }

  package internal(set) var kind = Kind.words
  var terms: [Term] = []
  /// Names of code as written: the whole question, or what looks like a name inside it.
  package private(set) var names: [String] = []
  /// The lower-case words that may stand in paths and names, without the small ones of the language.
  var words: [String] = []
  /// Neighbouring words run together: `thread pool` → threadpool.
  var compounds: [String] = []

  static let termLimit = 24

  init() {}

  package init(_ text: String, weights: RankingWeights) {
    let tokens = text.split(whereSeparator: \.isWhitespace).prefix(64).flatMap { Self.runs($0) }
    let isOne = tokens.count == 1
    let startsSmall = tokens.first.map { Self.small.contains($0.lowercased()) } ?? false
    let content = tokens.filter { isOne || !Self.small.contains($0.lowercased()) }
    let used = content.isEmpty ? tokens : content
    var plain: [String] = []
    for (index, token) in used.enumerated() {
      let parts = Self.parts(token)
      guard !parts.isEmpty else { continue }
      add(SearchText.quoted(SearchText.split(token)), 1, word: parts.count == 1 ? parts[0] : nil)
      let isName = Self.looksLikeName(token, isFirst: index == 0 && !startsSmall) || isOne
      if isName, !names.contains(token) { names.append(token) }
      if parts.count > 1 {
        for part in parts where part.count > 1 {
          add(SearchText.quoted(part), weights.identifierPart, word: part)
        }
      }
      for part in parts where !words.contains(part) { words.append(part) }
      plain.append(token.lowercased())
    }
    kind = isOne ? .name : tokens.count - content.count > 1 || tokens.count > 5 ? .sentence : .words
    addPairs(plain, weights)
  }

  private mutating func addPairs(_ plain: [String], _ weights: RankingWeights) {
    guard plain.count > 1 else { return }
    for (left, right) in zip(plain, plain.dropFirst()) {
      compounds.append(left + right)
      add(SearchText.quoted(left + " " + right) + " OR " + SearchText.quoted(left + right), weights.pair)
    }
  }

  mutating func add(_ expression: String, _ weight: Double, word: String? = nil) {
    let limit = kind == .code ? 2 * Self.termLimit : Self.termLimit
    guard weight > 0, terms.count < limit, !terms.contains(where: { $0.expression == expression })
    else { return }
    terms.append(Term(expression: expression, weight: weight, word: word))
  }

  /// The names and words of a token: `Foo::bar(x)` → Foo::bar, x.
  private static func runs(_ token: Substring) -> [String] {
    token.split { !($0.isLetter || $0.isNumber || "_.:#/$-".contains($0)) }.map { run in
      var run = run
      while let last = run.last, ".:#/$-".contains(last) { run = run.dropLast() }
      while let first = run.first, ".:#/$-".contains(first) { run = run.dropFirst() }
      return String(run)
    }.filter { !$0.isEmpty }
  }

  /// Lower-case words of an identifier or path, split as full text splits them.
  static func parts(_ token: some StringProtocol) -> [String] {
    SearchText.lowerWords(token)
  }

  /// Whether a word of a sentence is written as no word of a language is: `getUser`, `_x`, `Foo::bar`, `HTTPError`.
  static func looksLikeName(_ token: String, isFirst: Bool) -> Bool {
    if token.contains("_") || token.contains("::") || token.contains("#") { return true }
    if token.contains("."), token.last?.isLetter == true { return true }
    var previous: Character?
    for character in token {
      if character.isUppercase, let previous, previous.isLowercase || previous.isNumber { return true }
      previous = character
    }
    let upper = token.prefix { $0.isUppercase }.count
    return upper > 1 && upper < token.count || (upper == 1 && !isFirst && token.count > 1)
  }

  /// Words that say nothing of what is looked for.
  static let small: Set<String> = [
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "with", "without", "into", "via",
    "as",
    "and", "or", "not", "is", "are", "was", "were", "be", "been", "do", "does", "did", "has", "have", "had",
    "can",
    "could", "should", "would", "will", "may", "how", "what", "where", "when", "which", "who", "why", "that",
    "this", "these", "those", "it", "its", "their", "there", "then", "than", "if", "but", "so", "such", "we",
    "i",
    "you", "my", "our", "me", "find", "show", "code", "using", "used", "use", "uses", "like", "between",
    "whether",
  ]
}
