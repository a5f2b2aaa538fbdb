import CodiraAnalyzerKit

/// A piece of the source; none reaches over a line's end.
struct Token {
  enum Kind { case end, word, string, comment, sign }

  var kind = Kind.end
  var start: UInt32 = 0
  var end: UInt32 = 0
  var line: UInt32 = 1
  var text = Text.empty
  /// Nothing but blanks before it.
  var isFirstOnLine = false
  /// Nothing at all before it.
  var isAtMargin = false
  /// A string without its end.
  var isBroken = false

  var span: ByteSpan { ByteSpan(start: start, end: end) }
}

/// Reads tokens one after the other; lines end after LF, CRLF and a lone CR.
struct Scanner {
  private let source: Source
  private var place: UInt32
  private var line: UInt32 = 1
  private var lineStart: UInt32

  init(_ source: Source) {
    self.source = source
    place = source.textStart
    lineStart = place
  }

  /// The next token; the end, again and again, behind the last.
  mutating func next() -> Token {
    let isFirst = passBlanks()
    var token = Token(start: place, end: place, line: line)
    guard let first = byte else { return token }
    token.isFirstOnLine = isFirst
    token.isAtMargin = place == lineStart
    passToken(first, &token)
    token.end = place
    token.text = source.text(token.start, place)
    return token
  }

  private var byte: UInt8? { place < source.bytes.count ? source.bytes[Int(place)] : nil }

  private mutating func pass(while belongs: (UInt8) -> Bool) {
    while let byte, belongs(byte) { place += 1 }
  }

  /// Whether nothing but blanks lies between the line's start and the next token.
  private mutating func passBlanks() -> Bool {
    var isFirst = place == lineStart
    while let byte {
      switch byte {
      case 0x0A, 0x0D:
        place += 1
        if byte == 0x0D, self.byte == 0x0A { place += 1 }
        line += 1
        lineStart = place
        isFirst = true
      case UInt8(ascii: " "), UInt8(ascii: "\t"): place += 1
      default: return isFirst
      }
    }
    return isFirst
  }

  private mutating func passToken(_ first: UInt8, _ token: inout Token) {
    switch first {
    case _ where Self.isLetter(first):
      token.kind = .word
      pass { Self.isLetter($0) || Self.isDigit($0) }
    case UInt8(ascii: "#"):
      token.kind = .comment
      pass { !Self.endsLine($0) }
    case UInt8(ascii: "\""):
      token.kind = .string
      place += 1
      pass { $0 != UInt8(ascii: "\"") && !Self.endsLine($0) }
      token.isBroken = byte != UInt8(ascii: "\"")
      if !token.isBroken { place += 1 }
    default:
      token.kind = .sign
      place += 1
      // A character of several bytes is one sign, and a number is one too.
      if first >= 0x80 { pass { $0 & 0xC0 == 0x80 } }
      if Self.isDigit(first) { pass(while: Self.isDigit) }
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func endsLine(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}
