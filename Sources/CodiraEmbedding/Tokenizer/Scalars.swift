import CEmbedding

/// Reading and writing the scalars of UTF-8 in buffers.
extension UnsafeBufferPointer<UInt8> {
  /// The scalar that starts at `offset`, and its bytes; U+FFFD, one byte long, where none does.
  func scalar(at offset: Int) -> (value: UInt32, count: Int) {
    let first = self[offset]
    if first < 0x80 { return (UInt32(first), 1) }
    let count = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first <= 0xF4, offset + count <= self.count else { return (0xFFFD, 1) }
    var value = UInt32(first) & (0x7F >> UInt32(count))
    for place in offset + 1..<offset + count { value = value << 6 | UInt32(self[place] & 0x3F) }
    return (value, count)
  }

  func starts(with bytes: [UInt8], at offset: Int) -> Bool {
    guard bytes.count <= count - offset else { return false }
    for index in bytes.indices where self[offset + index] != bytes[index] { return false }
    return true
  }

  subscript(part range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: self[range])
  }

  var isASCII: Bool {
    var union: UInt8 = 0
    for byte in self { union |= byte }
    return union < 0x80
  }

  /// How many scalars there are.
  var scalarCount: Int { reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 } }
}

extension [UInt8] {
  mutating func append(scalar: UInt32) {
    if scalar < 0x80 {
      append(UInt8(scalar))
    } else if scalar < 0x800 {
      append(UInt8(0xC0 | scalar >> 6))
      append(UInt8(0x80 | scalar & 0x3F))
    } else if scalar < 0x10000 {
      append(UInt8(0xE0 | scalar >> 12))
      append(UInt8(0x80 | scalar >> 6 & 0x3F))
      append(UInt8(0x80 | scalar & 0x3F))
    } else {
      append(UInt8(0xF0 | scalar >> 18 & 7))
      append(UInt8(0x80 | scalar >> 12 & 0x3F))
      append(UInt8(0x80 | scalar >> 6 & 0x3F))
      append(UInt8(0x80 | scalar & 0x3F))
    }
  }
}

/// What a character is to the steps of a tokenizer.
struct CharacterClass: OptionSet, Sendable {
  let rawValue: UInt32

  static let letter = Self(CODIRA_LETTER)
  static let number = Self(CODIRA_NUMBER)
  static let white = Self(CODIRA_WHITE)
  static let wordPart = Self(CODIRA_WORD_PART)
  static let control = Self(CODIRA_CONTROL)
  static let blank = Self(CODIRA_BLANK)
  static let ideograph = Self(CODIRA_IDEOGRAPH)
  static let nonspacing = Self(CODIRA_NONSPACING)
  static let mark = Self(CODIRA_MARK)
  static let punctuation = Self(CODIRA_PUNCTUATION)

  init(rawValue: UInt32) { self.rawValue = rawValue }

  private init(_ bit: some BinaryInteger) { self.init(rawValue: UInt32(bit)) }
}

/// The classes of characters, those of the first scripts at hand.
struct CharacterClasses: Sendable {
  private static let near = (UInt32(0)..<0x600).map { CharacterClass(rawValue: codira_text_classes($0)) }

  private let near = Self.near

  subscript(scalar: UInt32) -> CharacterClass {
    Int(scalar) < near.count ? near[Int(scalar)] : CharacterClass(rawValue: codira_text_classes(scalar))
  }
}
