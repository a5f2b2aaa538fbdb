/// WordPiece: each word is cut into the longest pieces that the vocabulary has, from the left.
struct WordPieceModel: Sendable {
  var vocabulary = Vocabulary(capacity: 30_000)
  var unknown: Int32 = 0
  /// A word of more characters is one unknown token.
  var longestWord = 100
  /// Where pieces after the first are looked for: with the start of words if they have no prefix.
  var inside = Vocabulary.Place.inside

  /// Greedy longest match; a word with a part that no piece covers is one unknown token.
  func cut(_ word: UnsafeBufferPointer<UInt8>, characters: Int, _ body: (Int32) -> Bool) -> Bool {
    guard characters <= longestWord else { return body(unknown) }
    return withUnsafeTemporaryAllocation(of: Int32.self, capacity: characters) { pieces in
      var count = 0
      var rest = word[...]
      while !rest.isEmpty {
        guard let piece = vocabulary.longestPiece(rest, count == 0 ? .start : inside) else {
          return body(unknown)
        }
        pieces[count] = piece.id
        count += 1
        rest = rest.dropFirst(piece.count)
      }
      for index in 0..<count where !body(pieces[index]) { return false }
      return true
    }
  }
}
