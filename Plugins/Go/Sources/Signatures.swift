import CodiraAnalyzerKit

extension FileReader {
  private static let limit = 500

  /// The text between two places in one line, its comments left out.
  func signature(from start: UInt32, to end: UInt32, limit: Int = limit) -> Text {
    var line = LineCollapser(limit: limit)
    line.read(source.text(start, end))
    return arena.copy(line.finish())
  }

  /// Takes over the comment above a declaration, else the one behind it.
  func document(_ symbol: inout SymbolDraft, above start: UInt32, behind end: UInt32? = nil) {
    guard let range = comments.above(start) ?? end.flatMap({ comments.behind($0) }) else { return }
    symbol.documentation = comments.text(range)
    symbol.documentationSpan = comments.bounds(range)
    if FileReader.isDeprecated(symbol.documentation) { symbol.flags.insert(.deprecated) }
  }

  /// A paragraph that begins with `Deprecated:`.
  private static func isDeprecated(_ text: Text) -> Bool {
    if text.hasPrefix("Deprecated:") { return true }
    guard text.count > 13 else { return false }
    var start = 0
    while let index = text.dropFirst(start).firstIndex(of: "\n") {
      start += index + 1
      if text.dropFirst(start).hasPrefix("\nDeprecated:") { return true }
    }
    return false
  }
}

/// Puts source text that spans lines into one.
private struct LineCollapser {
  private var bytes: [UInt8] = []
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  mutating func read(_ text: Text) {
    var index = 0
    while index < text.count, bytes.count <= limit {
      let byte = text[index]
      index += 1
      switch byte {
      case UInt8(ascii: "/") where index < text.count && text[index] == byte:
        while index < text.count, text[index] != 0x0A { index += 1 }
      case UInt8(ascii: "/") where index < text.count && text[index] == UInt8(ascii: "*"):
        index += 1
        while index < text.count, !(text[index - 1] == UInt8(ascii: "*") && text[index] == byte) {
          index += 1
        }
        index += 1
      case UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "'"): readQuoted(byte, text, &index)
      default: if Text.isSpace(byte) { space() } else { append(byte) }
      }
    }
  }

  /// Without a space at its end; cut with `…`, never inside a character, where it is too long.
  mutating func finish() -> [UInt8] {
    let isLong = bytes.count > limit
    if isLong {
      bytes.removeLast(bytes.count - limit)
      while let last = bytes.last, last & 0xC0 == 0x80 { bytes.removeLast() }
      if let last = bytes.last, last >= 0xC0 { bytes.removeLast() }
    }
    while bytes.last == 0x20 { bytes.removeLast() }
    if isLong { bytes.append(contentsOf: "…".utf8) }
    return bytes
  }

  private mutating func readQuoted(_ quote: UInt8, _ text: Text, _ index: inout Int) {
    bytes.append(quote)
    while index < text.count, bytes.count <= limit {
      let byte = text[index]
      index += 1
      bytes.append(byte < 0x20 ? 0x20 : byte)
      if byte == quote { return }
      guard byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "`"), index < text.count else { continue }
      bytes.append(text[index] < 0x20 ? 0x20 : text[index])
      index += 1
    }
  }

  private mutating func space() {
    guard let last = bytes.last, last != 0x20, last != UInt8(ascii: "("), last != UInt8(ascii: "[") else {
      return
    }
    bytes.append(0x20)
  }

  private mutating func append(_ byte: UInt8) {
    if byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]"), bytes.last == 0x20 {
      bytes.removeLast()
      // A comma at a line's end before `)` is for the compiler, not for readers.
      if bytes.last == UInt8(ascii: ",") { bytes.removeLast() }
    }
    bytes.append(byte)
  }
}
