import CEmbedding

/// Walks raw text and yields its normalized words, one at a time, in a buffer that is used again.
struct WordReader {
  enum Item: Equatable {
    case word
    case marker(Int32)
    case end
  }

  private let text: UnsafeBufferPointer<UInt8>
  private let spelled: SpelledTokens
  private var offset = 0
  private var word: [UInt8] = []
  /// Scalars that were read but belong to later words, last first.
  private var pending: [UInt32] = []
  /// The number of characters of the word last read.
  private(set) var characters = 0

  init(_ text: UnsafeBufferPointer<UInt8>, spelled: SpelledTokens) {
    self.text = text
    self.spelled = spelled
    word.reserveCapacity(128)
  }

  /// Calls `body` with the bytes of the word last read.
  func withWord<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    word.withUnsafeBufferPointer(body)
  }

  /// Reads to the end of the next word.
  mutating func next() -> Item {
    word.removeAll(keepingCapacity: true)
    characters = 0
    while true {
      guard let scalar = pending.popLast() else {
        if offset == text.count { return word.isEmpty ? .end : .word }
        if let marker = spelled.match(text, at: offset) {
          if !word.isEmpty { return .word }
          offset += marker.count
          return .marker(marker.id)
        }
        read()
        continue
      }
      switch kind(scalar) {
      case CODIRA_DROP: break
      case CODIRA_SPACE:
        if !word.isEmpty { return .word }
      case CODIRA_ALONE:
        if word.isEmpty {
          append(scalar)
        } else {
          pending.append(scalar)
        }
        return .word
      default: append(scalar)
      }
    }
  }

  /// Reads one character of the text and puts what it becomes on the pending list.
  private mutating func read() {
    let scalar = decode()
    if scalar < 0x80 {
      pending.append(scalar >= 65 && scalar <= 90 ? scalar + 32 : scalar)
      return
    }
    var mapped: (UInt32, UInt32, UInt32) = (0, 0, 0)
    let count = withUnsafeMutablePointer(to: &mapped) {
      $0.withMemoryRebound(to: UInt32.self, capacity: 3) { codira_character_map(scalar, $0) }
    }
    if count == 0 { pending.append(scalar) }
    if count > 2 { pending.append(mapped.2) }
    if count > 1 { pending.append(mapped.1) }
    if count > 0 { pending.append(mapped.0) }
  }

  private func kind(_ scalar: UInt32) -> codira_character_kind {
    let isLetterOrDigit = scalar >= 97 && scalar <= 122 || scalar >= 48 && scalar <= 57
    return isLetterOrDigit ? CODIRA_WORD : codira_character_kind_of(scalar)
  }

  private mutating func append(_ scalar: UInt32) {
    characters += 1
    if scalar < 0x80 {
      word.append(UInt8(scalar))
    } else if let scalar = Unicode.Scalar(scalar) {
      word.append(contentsOf: UTF8.encode(scalar)!)
    }
  }

  /// The scalar at the offset, or U+FFFD (which is dropped) for a byte that starts none.
  private mutating func decode() -> UInt32 {
    let first = text[offset]
    offset += 1
    if first < 0x80 { return UInt32(first) }
    let more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1
    guard first >= 0xC2, first <= 0xF4, offset + more <= text.count else { return 0xFFFD }
    var scalar = UInt32(first) & (0x3F >> UInt32(more))
    for place in offset..<offset + more {
      guard text[place] & 0xC0 == 0x80 else { return 0xFFFD }
      scalar = scalar << 6 | UInt32(text[place] & 0x3F)
    }
    let smallest: UInt32 = more == 3 ? 0x10000 : more == 2 ? 0x800 : 0x80
    guard scalar >= smallest, Unicode.Scalar(scalar) != nil else { return 0xFFFD }
    offset += more
    return scalar
  }
}
