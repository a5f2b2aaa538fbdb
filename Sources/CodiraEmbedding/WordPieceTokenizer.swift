/// Splits text into the pieces of a lower-case BERT vocabulary, token for token as the reference does.
///
/// Control characters go, white space separates, punctuation and CJK ideographs stand alone, accents are stripped,
/// letters made lower-case; each word is then cut into the longest pieces the vocabulary has. The reference also
/// sorts the few combining marks that remain after accents are stripped (musical stems, Hangul tone marks); here they
/// keep the order of the text.
public struct WordPieceTokenizer: Sendable {
  var vocabulary = Vocabulary(capacity: 30_000)
  var markers = SpecialTokens()
  var longestWord = 100

  /// The largest id that a text can have.
  var largestID: Int32 {
    markers.spelled.reduce(vocabulary.largestID) { max($0, $1.id) }
  }

  /// Calls `body` with the token ids of the text, markers at both ends left out, until it returns false.
  func forEachToken(_ text: UnsafeBufferPointer<UInt8>, _ body: (Int32) -> Bool) {
    var words = WordReader(text, markers: markers)
    var goesOn = true
    while goesOn {
      switch words.next() {
      case .end: return
      case .marker(let id): goesOn = body(id)
      case .word: goesOn = words.withWord { cut($0, characters: words.characters, body) }
      }
    }
  }

  /// The ids of a text between its start and end markers, cut to `maximum` tokens in all.
  public func encode(_ text: String, maximum: Int = .max) -> [Int32] {
    var text = text
    return text.withUTF8 { encode($0, maximum: maximum) }
  }

  /// The same of UTF-8 bytes.
  ///
  /// Bytes that are not UTF-8 count as control characters.
  public func encode(_ text: UnsafeBufferPointer<UInt8>, maximum: Int = .max) -> [Int32] {
    var ids = [markers.start]
    if maximum > 2 {
      forEachToken(text) { id in
        ids.append(id)
        return ids.count < maximum - 1
      }
    }
    ids.append(markers.end)
    return ids
  }

  /// How many tokens the whole text has, both markers included and nothing cut off.
  public func count(_ text: String) -> Int {
    var text = text
    var count = 2
    text.withUTF8 { bytes in
      forEachToken(bytes) { _ in
        count += 1
        return true
      }
    }
    return count
  }

  /// Greedy longest match; a word with a part that no piece covers is one unknown token.
  private func cut(
    _ word: UnsafeBufferPointer<UInt8>, characters: Int, _ body: (Int32) -> Bool
  ) -> Bool {
    guard characters <= longestWord else { return body(markers.unknown) }
    return withUnsafeTemporaryAllocation(of: Int32.self, capacity: characters) { pieces in
      var count = 0
      var rest = word[...]
      while !rest.isEmpty {
        guard let piece = vocabulary.longestPiece(rest, count == 0 ? .start : .inside) else {
          return body(markers.unknown)
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

/// The tokens that are no part of any text, and those that a text may spell out (`[SEP]`).
struct SpecialTokens: Sendable {
  var start: Int32 = 0
  var end: Int32 = 0
  var unknown: Int32 = 0
  /// Spellings found in raw text, the longest first.
  var spelled: [(bytes: [UInt8], id: Int32)] = []

  /// The special token that the text spells at `offset`, with its length.
  func match(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) -> (id: Int32, count: Int)? {
    for (bytes, id) in spelled where bytes[0] == text[offset] && bytes.count <= text.count - offset {
      if text[offset..<offset + bytes.count].elementsEqual(bytes) { return (id, bytes.count) }
    }
    return nil
  }
}
