import CodiraAnalyzerKit

// Space, comments, strings, characters, lifetimes and type arguments: passed over.
extension TokenReader {
  static func isWord(_ byte: UInt8) -> Bool { FileReader.isWord(byte) }

  mutating func skipSpace() {
    while index < text.count {
      if Text.isSpace(text[index]) {
        index += 1
      } else if text[index] == UInt8(ascii: "/"), index + 1 < text.count, text[index + 1] == UInt8(ascii: "/")
      {
        while index < text.count, text[index] != 0x0A { index += 1 }
      } else if text[index] == UInt8(ascii: "/"), index + 1 < text.count, text[index + 1] == UInt8(ascii: "*")
      {
        index += 2
        while index < text.count, !(text[index] == UInt8(ascii: "/") && text[index - 1] == UInt8(ascii: "*"))
        { index += 1 }
        index = min(index + 1, text.count)
      } else {
        return
      }
    }
  }

  /// A string, a raw one too: the quote or `#` stands at `index`.
  mutating func skipString() {
    var hashes = 0
    while peek == UInt8(ascii: "#") {
      hashes += 1
      index += 1
    }
    guard peek == UInt8(ascii: "\"") else { return }
    let isRaw = hashes > 0 || (index > 0 && text[index - 1] == UInt8(ascii: "r"))
    index += 1
    while index < text.count {
      if peek == UInt8(ascii: "\\"), !isRaw {
        index += 2
        continue
      }
      let isQuote = peek == UInt8(ascii: "\"")
      index += 1
      guard isQuote else { continue }
      var closing = 0
      while closing < hashes, peek == UInt8(ascii: "#") {
        closing += 1
        index += 1
      }
      if closing == hashes { return }
    }
    index = min(index, text.count)
  }

  /// A character or a lifetime.
  mutating func skipQuote() {
    index += 1
    if peek == UInt8(ascii: "\\") {
      index += 2
      while index < text.count, peek != UInt8(ascii: "'"), index < text.count { index += 1 }
      index = min(index + 1, text.count)
      return
    }
    let start = index
    while TokenReader.isWord(peek) { index += 1 }
    if index == start { index += 1 }
    if peek == UInt8(ascii: "'") { index += 1 }
  }

  mutating func skipAngles() {
    var depth = 0
    repeat {
      if peek == UInt8(ascii: "<") { depth += 1 }
      if peek == UInt8(ascii: ">"), index == 0 || text[index - 1] != UInt8(ascii: "-") { depth -= 1 }
      index += 1
    } while depth > 0 && index < text.count
  }
}
