import CodiraAnalyzerKit

extension FileReader {
  private static let limit = 500

  /// `async def name(parameters) -> Result` in one line.
  func signature(function node: Node) -> Text {
    var end = node.end
    if let parameters = node.child(.parameters) { end = parameters.end }
    if let result = node.child(.returnType) { end = result.end }
    return collapsed(source.text(node.start, end), limit: FileReader.limit)
  }

  /// `class Name(Base)` in one line.
  func signature(class node: Node) -> Text {
    let end =
      node.child(.superclasses)?.end ?? node.child(.typeParameters)?.end ?? node.child(.name)?.end ?? node.end
    return collapsed(source.text(node.start, end), limit: FileReader.limit)
  }

  /// `name: Type = value`, the value cut where it is long.
  func signature(variable node: Node, type: Node?, right: Node?) -> Text {
    var text = source.text(node)
    if let type { text = arena.join(text, ": ", collapsed(source.text(type), limit: 200)) }
    guard let right else { return text }
    return arena.join(text, " = ", collapsed(source.text(right), limit: 80))
  }

  /// One line: runs of white space become one space, none stands inside a bracket's edge, comments fall away.
  func collapsed(_ text: Text, limit: Int) -> Text {
    if text.count <= limit, !FileReader.needsCollapsing(text) { return text }
    var line = LineCollapser()
    line.read(text, limit: limit)
    return arena.copy(line.bytes)
  }

  private static func needsCollapsing(_ text: Text) -> Bool {
    var last: UInt8 = 0
    for byte in text.bytes {
      if byte == 0x0A || byte == 0x0D || byte == 0x09 || byte == UInt8(ascii: "#")
        || byte == UInt8(ascii: "\\")
      {
        return true
      }
      if byte == 0x20, last == 0x20 { return true }
      last = byte
    }
    return false
  }
}

/// Puts source text that spans lines into one.
private struct LineCollapser {
  private(set) var bytes: [UInt8] = []
  private var quote: UInt8 = 0

  mutating func read(_ text: Text, limit: Int) {
    var index = 0
    while index < text.count {
      if bytes.count >= limit {
        cut()
        return
      }
      let byte = text[index]
      index += 1
      if quote != 0 {
        readQuoted(byte, text, &index)
      } else if byte == UInt8(ascii: "#") {
        while index < text.count, text[index] != 0x0A, text[index] != 0x0D { index += 1 }
      } else if Text.isSpace(byte)
        || (byte == UInt8(ascii: "\\") && index < text.count && Text.isSpace(text[index]))
      {
        space()
      } else {
        append(byte)
      }
    }
  }

  /// Inside a string everything stays, but that a line end becomes a space.
  private mutating func readQuoted(_ byte: UInt8, _ text: Text, _ index: inout Int) {
    bytes.append(byte < 0x20 ? 0x20 : byte)
    if byte == UInt8(ascii: "\\"), index < text.count {
      bytes.append(text[index] < 0x20 ? 0x20 : text[index])
      index += 1
    } else if byte == quote {
      quote = 0
    }
  }

  private mutating func space() {
    guard let last = bytes.last, last != 0x20, last != UInt8(ascii: "("), last != UInt8(ascii: "["),
      last != UInt8(ascii: "{")
    else { return }
    bytes.append(0x20)
  }

  private mutating func append(_ byte: UInt8) {
    let isClosing = byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
    if isClosing, bytes.last == 0x20 {
      bytes.removeLast()
      // A comma before the line end before `)` is for diffs, not for readers.
      if bytes.last == UInt8(ascii: ",") { bytes.removeLast() }
    }
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { quote = byte }
    bytes.append(byte)
  }

  /// Ends in `…` and never inside a character.
  private mutating func cut() {
    while let last = bytes.last, last & 0xC0 == 0x80 { bytes.removeLast() }
    if let last = bytes.last, last >= 0xC0 { bytes.removeLast() }
    while bytes.last == 0x20 { bytes.removeLast() }
    bytes.append(contentsOf: "…".utf8)
  }
}
