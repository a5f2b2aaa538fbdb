import CodiraStore

/// How well the words of a question cover words of a name, each word of the question counting by its rarity.
///
/// One word has another where one begins with the other and they share three letters or more.
struct WordOverlap {
  private let words: [(text: String, weight: Double)]
  private let compounds: [String]
  /// What all words count together.
  private let all: Double

  init(_ words: QuestionWords, rarity: [String: Double]) {
    self.words = words.words.map { ($0, rarity[$0] ?? 1) }
    compounds = words.compounds
    all = self.words.reduce(0) { $0 + $1.weight }
  }

  /// The share of `own` that the question has, by their letters.
  func share(of own: [String]) -> Double {
    if own.isEmpty { return 0 }
    if !compounds.isEmpty {
      let joined = own.joined()
      if own.count > 1 || joined.utf8.count > 5 && joined.count > 5,
        compounds.contains(where: { Self.isSame($0, joined) })
      {
        return 1
      }
    }
    var found = 0.0
    var letters = 0.0
    for word in own {
      let count = Double(Self.letters(word))
      var weight = 0.0
      for asked in words where asked.weight > weight && Self.isSame(asked.text, word) {
        weight = asked.weight
      }
      letters += count
      found += count * weight
    }
    return letters == 0 ? 0 : found / letters
  }

  /// The share of the question that stands in `own`.
  func count(in own: [String]) -> Double {
    var found = 0.0
    for word in words where own.contains(where: { Self.isSame(word.text, $0) }) { found += word.weight }
    return all == 0 ? 0 : found / all
  }

  private static func letters(_ word: String) -> Int {
    word.utf8.allSatisfy { $0 < 0x80 } ? word.utf8.count : word.count
  }

  static func isSame(_ left: String, _ right: String) -> Bool {
    var (left, right) = (left, right)
    return left.withUTF8 { left in right.withUTF8 { isSame(left, $0) } }
  }

  static func isSame(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    let (short, long) = left.count < right.count ? (left, right) : (right, left)
    var common = 0
    while common < short.count, short[common] == long[common] { common += 1 }
    if common == long.count { return true }
    guard short.count >= 3 else { return false }
    // `caching` and `caches`: one stem, two endings.
    return common == short.count
      || (common >= 5 && short.count - common <= 3 && long.count - common <= 3)
  }
}
