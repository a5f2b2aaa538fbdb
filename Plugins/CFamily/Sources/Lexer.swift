import CodiraAnalyzerKit

/// Splits a source into tokens, comments and directives, and blanks the latter two in a copy of it.
package struct Lexer {
  package let bytes: UnsafeRawBufferPointer
  package var clean: UnsafeMutableRawBufferPointer
  package private(set) var tokens: [Token] = []
  package private(set) var comments: [ByteSpan] = []
  package private(set) var directives: [Directive] = []
  private let keywords: Keywords
  package let isCpp: Bool
  private var index = 0
  private var isFirstOnLine = true

  package init(
    _ bytes: UnsafeRawBufferPointer, clean: UnsafeMutableRawBufferPointer, isCpp: Bool = false
  ) {
    keywords = isCpp ? .cpp : .c
    self.isCpp = isCpp
    self.bytes = bytes
    self.clean = clean
    tokens.reserveCapacity(bytes.count / 5)
  }

  package mutating func run() {
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { blank(0, 3) }
    while index < bytes.count { step() }
  }

  private mutating func step() {
    let byte = bytes[index]
    switch byte {
    case 0x0A, 0x0D:
      isFirstOnLine = true
      clean[index] = 0x0A
      index += 1
    case 0x00...0x20, 0x7F:
      clean[index] = 0x20
      index += 1
    case UInt8(ascii: "\\"):
      blank(index, index + 1)
    case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): comment(blockCommentEnd(index))
    case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"): comment(lineEnd(index))
    case UInt8(ascii: "#") where isFirstOnLine: directive()
    case UInt8(ascii: "\""), UInt8(ascii: "'"): literal(byte)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): number()
    case UInt8(ascii: "."):
      if let next = peek(1), next >= UInt8(ascii: "0"), next <= UInt8(ascii: "9") {
        number()
      } else {
        punctuation(byte)
      }
    default:
      if Lexer.isWordByte(byte) { word() } else { punctuation(byte) }
    }
  }

  package static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...0xFF:
      true
    default: false
    }
  }

  private func peek(_ distance: Int) -> UInt8? {
    index + distance < bytes.count ? bytes[index + distance] : nil
  }

  private mutating func blank(_ start: Int, _ end: Int) {
    for place in start..<end {
      let isLineEnd = bytes[place] == 0x0A || bytes[place] == 0x0D
      clean[place] = isLineEnd ? 0x0A : 0x20
    }
    index = max(index, end)
  }

  private mutating func append(_ kind: Token.Kind, _ end: Int, byte: UInt8 = 0) {
    tokens.append(
      Token(start: UInt32(index), end: UInt32(end), kind: kind, byte: byte, isFirstOnLine: isFirstOnLine))
    isFirstOnLine = false
    index = end
  }

  private mutating func punctuation(_ byte: UInt8) { append(.punctuation, index + 1, byte: byte) }

  private mutating func word() {
    var end = index + 1
    while end < bytes.count, Lexer.isWordByte(bytes[end]) { end += 1 }
    if isCpp, end < bytes.count, bytes[end] == UInt8(ascii: "\""), bytes[end - 1] == UInt8(ascii: "R"),
      end - index == 1 || (end - index <= 3 && Lexer.isEncoding(bytes[index]))
    {
      append(.string, rawStringEnd(end + 1))
      return
    }
    if end < bytes.count, end - index <= 2,
      bytes[end] == UInt8(ascii: "\"") || bytes[end] == UInt8(ascii: "'"),
      Lexer.isEncoding(bytes[index])
    {
      let start = index
      index = end
      literal(bytes[end])
      tokens[tokens.count - 1].start = UInt32(start)
      return
    }
    append(keywords.kind(Text(UnsafeRawBufferPointer(rebasing: bytes[index..<end]))), end)
  }

  /// `L"…"`, `u8"…"`, `U'…'`.
  private static func isEncoding(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "L") || byte == UInt8(ascii: "u") || byte == UInt8(ascii: "U")
  }

  /// Behind `R"mark(…)mark"`, from behind its first quote; its line ends stay for the grammar.
  private func rawStringEnd(_ start: Int) -> Int {
    var open = start
    while open < bytes.count, open - start <= 16, bytes[open] != UInt8(ascii: "(") { open += 1 }
    guard open < bytes.count, bytes[open] == UInt8(ascii: "(") else { return start }
    let mark = bytes[start..<open]
    var place = open + 1
    while place + mark.count + 1 < bytes.count {
      if bytes[place] == UInt8(ascii: ")"), bytes[place + 1 + mark.count] == UInt8(ascii: "\""),
        bytes[(place + 1)..<(place + 1 + mark.count)].elementsEqual(mark)
      {
        return place + mark.count + 2
      }
      place += 1
    }
    return bytes.count
  }

  private mutating func number() {
    var end = index + 1
    while end < bytes.count {
      let byte = bytes[end]
      let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
      let isExponent =
        isSign && [UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "p")].contains(bytes[end - 1])
      let isSeparator = isCpp && byte == UInt8(ascii: "'") && peekIsWord(end + 1)
      guard Lexer.isWordByte(byte) || byte == UInt8(ascii: ".") || isExponent || isSeparator else { break }
      if isSign, bytes[index] == UInt8(ascii: "0"), bytes[end - 1] | 0x20 == UInt8(ascii: "e"),
        end - index > 1,
        bytes[index + 1] | 0x20 == UInt8(ascii: "x")
      {
        break
      }
      end += 1
    }
    append(.number, end)
  }

  private func peekIsWord(_ place: Int) -> Bool { place < bytes.count && Lexer.isWordByte(bytes[place]) }

  /// A string or character; an unfinished one ends with its line.
  private mutating func literal(_ quote: UInt8) {
    var end = index + 1
    while end < bytes.count, bytes[end] != quote, bytes[end] != 0x0A, bytes[end] != 0x0D {
      if bytes[end] == UInt8(ascii: "\\") {
        if end + 2 < bytes.count, bytes[end + 1] == 0x0D, bytes[end + 2] == 0x0A { end += 1 }
        end += 1
      }
      end += 1
    }
    let isClosed = end < bytes.count && bytes[end] == quote
    append(quote == UInt8(ascii: "\"") ? .string : .character, min(end + (isClosed ? 1 : 0), bytes.count))
  }

  // Comments and directives

  private func lineEnd(_ start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D {
      if bytes[end] == UInt8(ascii: "\\") { end = Lexer.continued(bytes, end) }
      end += 1
    }
    return min(end, bytes.count)
  }

  /// The last byte of the line end behind a backslash at `index`, or `index`.
  package static func continued(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Int {
    guard index + 1 < bytes.count else { return index }
    if bytes[index + 1] == 0x0A { return index + 1 }
    guard bytes[index + 1] == 0x0D else { return index }
    return index + 2 < bytes.count && bytes[index + 2] == 0x0A ? index + 2 : index + 1
  }

  private func blockCommentEnd(_ start: Int) -> Int {
    var end = start + 2
    while end + 1 < bytes.count, bytes[end] != UInt8(ascii: "*") || bytes[end + 1] != UInt8(ascii: "/") {
      end += 1
    }
    return min(end + 2, bytes.count)
  }

  private mutating func comment(_ end: Int) {
    comments.append(ByteSpan(start: UInt32(index), end: UInt32(end)))
    blank(index, end)
  }

  private mutating func directive() {
    let start = index
    var word = start + 1
    while word < bytes.count, bytes[word] == 0x20 || bytes[word] == 0x09 { word += 1 }
    var body = word
    while body < bytes.count, Lexer.isWordByte(bytes[body]) { body += 1 }
    var end = body
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D {
      switch bytes[end] {
      case UInt8(ascii: "\\"): end = Lexer.continued(bytes, end) + 1
      case UInt8(ascii: "\""), UInt8(ascii: "'"): end = literalEnd(end)
      case UInt8(ascii: "/") where end + 1 < bytes.count && bytes[end + 1] == UInt8(ascii: "*"):
        let close = blockCommentEnd(end)
        comments.append(ByteSpan(start: UInt32(end), end: UInt32(close)))
        end = close
      case UInt8(ascii: "/") where end + 1 < bytes.count && bytes[end + 1] == UInt8(ascii: "/"):
        let close = lineEnd(end)
        comments.append(ByteSpan(start: UInt32(end), end: UInt32(close)))
        end = close
      default: end += 1
      }
    }
    end = min(end, bytes.count)
    let kind = Directive.kind(Text(UnsafeRawBufferPointer(rebasing: bytes[word..<body])))
    directives.append(
      Directive(
        kind: kind, start: UInt32(start), end: UInt32(end), body: UInt32(body), token: Int32(tokens.count)))
    blank(start, end)
  }

  /// Behind a literal of a directive: an apostrophe in the text of `#error` ends nothing but itself.
  private func literalEnd(_ start: Int) -> Int {
    var end = start + 1
    while end < bytes.count, bytes[end] != bytes[start] {
      if bytes[end] == 0x0A || bytes[end] == 0x0D { return start + 1 }
      let next = bytes[end] == UInt8(ascii: "\\") ? Lexer.continued(bytes, end) : end
      end = bytes[end] == UInt8(ascii: "\\") && next == end ? end + 2 : next + 1
    }
    return min(end + 1, bytes.count)
  }
}
