/// A token that a text may spell out: `[MASK]`, or whatever a model's maker added.
struct AddedToken: Sendable {
  var id: Int32 = 0
  var content: [UInt8] = []
  /// The white space before or after it belongs to it.
  var takesSpaceBefore = false
  var takesSpaceAfter = false
  /// It counts only where no part of a word touches it.
  var isWord = false
  /// It is looked for in the normalized text, not in the raw one.
  var isNormalized = false

  var isPlain: Bool { !takesSpaceBefore && !takesSpaceAfter && !isWord && !isNormalized }
}

/// Cuts text at the added tokens in it: from the left, the longest at each place.
struct AddedTokens: Sendable {
  /// A token, or text between tokens.
  struct Part {
    var token: Int32?
    var range: Range<Int>
  }

  private var tokens: [AddedToken] = []
  private var spellings = Vocabulary(capacity: 16, prefix: [], isSearchedThroughout: true)
  private var firsts = [Bool](repeating: false, count: 256)
  private let classes = CharacterClasses()

  var largestID: Int32 { tokens.reduce(0) { max($0, $1.id) } }

  /// Of two with one spelling the first counts.
  mutating func insert(_ token: AddedToken) {
    guard let first = token.content.first else { return }
    let isKnown = token.content.withUnsafeBufferPointer { spellings.id(of: $0) != nil }
    if isKnown { return }
    firsts[Int(first)] = true
    token.content.withUnsafeBufferPointer { spellings.insert($0, id: Int32(tokens.count)) }
    tokens.append(token)
  }

  func split(_ text: UnsafeBufferPointer<UInt8>) -> [Part] {
    guard !tokens.isEmpty else { return text.isEmpty ? [] : [Part(range: 0..<text.count)] }
    var parts: [Part] = []
    var taken = 0
    var offset = 0
    while offset < text.count {
      guard firsts[Int(text[offset])], let match = longest(text, at: offset) else {
        offset += 1
        continue
      }
      var range = offset..<offset + match.count
      offset = range.upperBound
      if match.token.isWord, touchesWord(text, range) { continue }
      if match.token.takesSpaceBefore {
        range = max(spaceStart(text, range.lowerBound), taken)..<range.upperBound
      }
      if match.token.takesSpaceAfter { range = range.lowerBound..<spaceEnd(text, range.upperBound) }
      if taken < range.lowerBound { parts.append(Part(range: taken..<range.lowerBound)) }
      parts.append(Part(token: match.token.id, range: range))
      taken = range.upperBound
    }
    if taken < text.count { parts.append(Part(range: taken..<text.count)) }
    return parts
  }

  private func longest(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) -> (token: AddedToken, count: Int)?
  {
    var found: (Int, Int)?
    spellings.forEachPiece(text, from: offset) { found = (Int($0), $1) }
    return found.map { (tokens[$0], $1) }
  }

  private func touchesWord(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    if range.upperBound < text.count, isA(.wordPart, text, range.upperBound) { return true }
    return range.lowerBound > 0 && isA(.wordPart, text, start(text, before: range.lowerBound))
  }

  private func spaceStart(_ text: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Int {
    var offset = offset
    while offset > 0, case let before = start(text, before: offset), isA(.white, text, before) {
      offset = before
    }
    return offset
  }

  private func spaceEnd(_ text: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Int {
    var offset = offset
    while offset < text.count, isA(.white, text, offset) { offset += text.scalar(at: offset).count }
    return offset
  }

  private func isA(_ wanted: CharacterClass, _ text: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Bool {
    classes[text.scalar(at: offset).value].contains(wanted)
  }

  private func start(_ text: UnsafeBufferPointer<UInt8>, before offset: Int) -> Int {
    var offset = offset - 1
    while offset > 0, text[offset] & 0xC0 == 0x80 { offset -= 1 }
    return offset
  }
}
