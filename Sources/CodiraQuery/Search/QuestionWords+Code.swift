import CodiraStore

extension QuestionWords {
  /// Names in a piece of code that are looked for: the longest, which are the rarest as a rule.
  private static let nameLimit = 16
  private static let lineLimit = 12

  /// What a piece of code is looked for by: its lines as they stand, its names, and neighbouring names side by side.
  init(code: String, weights: RankingWeights) {
    self.init()
    kind = .code
    let lines = code.split(whereSeparator: \.isNewline).map { Self.codeWords($0) }
    for line in lines.lazy.filter({ $0.count > 2 }).prefix(Self.lineLimit) {
      add(SearchText.quoted(line.map { SearchText.split($0) }.joined(separator: " ")), weights.codeLine)
    }
    let names = lines.joined().filter { $0.first?.isNumber == false }
    var known: Set<Substring> = []
    let different = names.filter { $0.count > 2 && known.insert($0).inserted }
    let longest = different.enumerated().sorted {
      ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
    }.prefix(Self.nameLimit)
    for name in longest.map(\.element) { add(SearchText.quoted(SearchText.split(name)), 1) }
    for (left, right) in zip(names, names.dropFirst()) {
      add(SearchText.quoted(SearchText.split(left) + " " + SearchText.split(right)), weights.codePair)
    }
  }

  private static func codeWords(_ line: Substring) -> [Substring] {
    line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
  }
}
