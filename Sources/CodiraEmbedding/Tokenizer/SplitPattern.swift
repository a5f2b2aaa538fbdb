/// The regular expressions that tokenizers of byte-level pairs split text with, by hand: each covers all of a text.
enum SplitPattern: Sendable, Equatable, CaseIterable {
  /// Contractions, letters, numbers and the rest with a space before, white space.
  case gpt2
  /// Contractions in any case, letters with one sign before, up to three digits, signs with line ends after.
  case threeDigits
  /// The same with one digit.
  case oneDigit

  /// As it is written in tokenizer.json.
  var expression: String {
    let signed = #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"#
    let rest = #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    return switch self {
    case .gpt2: #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
    case .threeDigits: signed + "{1,3}" + rest
    case .oneDigit: signed + rest
    }
  }

  init?(expression: String) {
    guard let found = Self.allCases.first(where: { $0.expression == expression }) else { return nil }
    self = found
  }

  /// Where the piece ends that starts at `offset`.
  func end(_ text: ClassifiedText, from offset: Int) -> Int {
    if text.bytes[offset] == UInt8(ascii: "'"), let end = contraction(text.bytes, offset + 1) { return end }
    return self == .gpt2 ? plainEnd(text, offset) : signedEnd(text, offset)
  }

  private func plainEnd(_ text: ClassifiedText, _ offset: Int) -> Int {
    let start = text.bytes[offset] == 0x20 ? offset + 1 : offset
    guard start < text.bytes.count else { return start }
    let (kind, next) = text.kind(at: start)
    if kind == .white { return spaceEnd(text, offset) }
    return text.end(of: kind, from: next)
  }

  private func signedEnd(_ text: ClassifiedText, _ offset: Int) -> Int {
    let byte = text.bytes[offset]
    let (kind, next) = text.kind(at: offset)
    if kind == .letter { return text.end(of: .letter, from: next) }
    if kind == .number {
      var end = next
      for _ in 1..<3 where self == .threeDigits && end < text.bytes.count {
        let (other, after) = text.kind(at: end)
        if other == .number { end = after } else { break }
      }
      return end
    }
    if byte != 10, byte != 13, next < text.bytes.count, case (.letter, let after) = text.kind(at: next) {
      return text.end(of: .letter, from: after)
    }
    let start = byte == 0x20 ? next : offset
    if start < text.bytes.count, case (.other, let after) = text.kind(at: start) {
      var end = text.end(of: .other, from: after)
      while end < text.bytes.count, text.bytes[end] == 10 || text.bytes[end] == 13 { end += 1 }
      return end
    }
    let spaces = text.end(of: .white, from: offset)
    if let line = text.bytes[offset..<spaces].lastIndex(where: { $0 == 10 || $0 == 13 }) { return line + 1 }
    return spaceEnd(text, offset)
  }

  /// White space before a word leaves its last character to the word.
  private func spaceEnd(_ text: ClassifiedText, _ offset: Int) -> Int {
    let end = text.end(of: .white, from: offset)
    guard end < text.bytes.count else { return end }
    var last = end - 1
    while last > offset, text.bytes[last] & 0xC0 == 0x80 { last -= 1 }
    return last > offset ? last : end
  }

  /// Where the contraction ends whose letters start at `offset`: s, t, re, ve, m, ll, d.
  private func contraction(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Int? {
    func letter(_ offset: Int) -> UInt8 {
      guard offset < bytes.count else { return 0 }
      let byte = bytes[offset]
      return self != .gpt2 && byte >= 65 && byte <= 90 ? byte | 32 : byte
    }
    let first = letter(offset)
    let second = letter(offset + 1)
    switch first {
    case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return offset + 1
    case UInt8(ascii: "r"), UInt8(ascii: "v"): return second == UInt8(ascii: "e") ? offset + 2 : nil
    case UInt8(ascii: "l"): return second == first ? offset + 2 : nil
    // The long s is an s in another case.
    case 0xC5: return self != .gpt2 && second == 0xBF ? offset + 2 : nil
    default: return nil
    }
  }
}

/// Text, and what its characters are to a split pattern.
struct ClassifiedText {
  enum Kind {
    case letter, number, white, other
  }

  let bytes: UnsafeBufferPointer<UInt8>
  let classes: CharacterClasses

  /// The kind of the character at `offset`, and where the next one starts.
  func kind(at offset: Int) -> (Kind, Int) {
    let (scalar, count) = bytes.scalar(at: offset)
    let found = classes[scalar]
    let kind: Kind =
      found.contains(.letter)
      ? .letter : found.contains(.number) ? .number : found.contains(.white) ? .white : .other
    return (kind, offset + count)
  }

  /// Where the run of one kind ends that goes on from `offset`.
  func end(of kind: Kind, from offset: Int) -> Int {
    var offset = offset
    while offset < bytes.count, case let (other, next) = self.kind(at: offset), other == kind {
      offset = next
    }
    return offset
  }
}
