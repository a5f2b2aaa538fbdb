/// Splits text into the pieces of a lower-case BERT vocabulary, in one pass over the text.
///
/// Control characters go, white space separates, punctuation and CJK ideographs stand alone, accents are stripped,
/// letters made lower-case; each word is then cut into the longest pieces the vocabulary has. The reference also
/// sorts the few combining marks that remain after accents are stripped (musical stems, Hangul tone marks); here they
/// keep the order of the text.
struct WordPieceTokenizer: Sendable {
  var model = WordPieceModel()
  var spelled = SpelledTokens()

  /// Calls `body` with the token ids of the text, markers at both ends left out, until it returns false.
  func forEachToken(_ text: UnsafeBufferPointer<UInt8>, _ body: (Int32) -> Bool) {
    var words = WordReader(text, spelled: spelled)
    var goesOn = true
    while goesOn {
      switch words.next() {
      case .end: return
      case .marker(let id): goesOn = body(id)
      case .word: goesOn = words.withWord { model.cut($0, characters: words.characters, body) }
      }
    }
  }
}

/// The few tokens that a text may spell out (`[SEP]`), found in raw text.
struct SpelledTokens: Sendable {
  /// The longest first.
  private var tokens: [(bytes: [UInt8], id: Int32)] = []

  init(_ tokens: [(bytes: [UInt8], id: Int32)] = []) {
    self.tokens = tokens.filter { !$0.bytes.isEmpty }.sorted { $0.bytes.count > $1.bytes.count }
  }

  /// The token that the text spells at `offset`, with its length.
  func match(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) -> (id: Int32, count: Int)? {
    for (bytes, id) in tokens where bytes[0] == text[offset] && bytes.count <= text.count - offset {
      if text[offset..<offset + bytes.count].elementsEqual(bytes) { return (id, bytes.count) }
    }
    return nil
  }
}
