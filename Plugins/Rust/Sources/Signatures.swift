import CodiraAnalyzerKit

extension FileReader {
  private static let limit = 500

  /// From `start` up to `end` in one line.
  func signature(_ start: UInt32, _ end: UInt32) -> Text {
    collapsed(source.text(start, max(start, end)), limit: FileReader.limit)
  }

  /// One line: runs of white space become one space, comments and a trailing `{` or `;` fall away.
  func collapsed(_ text: Text, limit: Int) -> Text {
    var bytes: [UInt8] = []
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "/"), index + 1 < text.count, text[index + 1] == UInt8(ascii: "/") {
        while index < text.count, text[index] != 0x0A, text[index] != 0x0D { index += 1 }
        continue
      }
      if Text.isSpace(byte) {
        if let last = bytes.last, last != 0x20, last != UInt8(ascii: "("), last != UInt8(ascii: "<") {
          bytes.append(0x20)
        }
      } else {
        if byte == UInt8(ascii: ")") || byte == UInt8(ascii: ">"), bytes.last == 0x20,
          bytes.dropLast().last == UInt8(ascii: ",")
        {
          bytes.removeLast(2)
        } else if byte == UInt8(ascii: ")"), bytes.last == 0x20 {
          bytes.removeLast()
        }
        bytes.append(byte)
      }
      index += 1
      if bytes.count >= limit { return cut(&bytes) }
    }
    while let last = bytes.last, last == 0x20 || last == UInt8(ascii: "{") || last == UInt8(ascii: ";") {
      bytes.removeLast()
    }
    return arena.copy(bytes)
  }

  /// Ends in `…` and never inside a character.
  private func cut(_ bytes: inout [UInt8]) -> Text {
    while let last = bytes.last, last & 0xC0 == 0x80 { bytes.removeLast() }
    if let last = bytes.last, last >= 0xC0 || last == 0x20 { bytes.removeLast() }
    bytes.append(contentsOf: "…".utf8)
    return arena.copy(bytes)
  }

  /// A type as an identity writes it: without lifetimes, bounds of `for<'a>`, and spaces that say nothing.
  func written(_ node: Node) -> Text {
    var bytes: [UInt8] = []
    let text = source.text(node)
    var index = 0
    var pendingSpace = false
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "'"), let end = lifetimeEnd(text, index) {
        index = end
        // The comma, plus or space that belonged to it.
        while index < text.count, Text.isSpace(text[index]) { index += 1 }
        if index < text.count, text[index] == UInt8(ascii: ",") || text[index] == UInt8(ascii: "+") {
          index += 1
        }
        while index < text.count, Text.isSpace(text[index]) { index += 1 }
        pendingSpace = false
        trimEnd(&bytes, next: index < text.count ? text[index] : 0)
        continue
      }
      if byte == UInt8(ascii: "/"), index + 1 < text.count,
        text[index + 1] == UInt8(ascii: "*") || text[index + 1] == UInt8(ascii: "/")
      {
        index = commentEnd(text, index)
        continue
      }
      if Text.isSpace(byte) {
        pendingSpace = !bytes.isEmpty
      } else {
        if pendingSpace, FileReader.isWord(byte), let last = bytes.last, FileReader.isWord(last) {
          bytes.append(0x20)
        }
        pendingSpace = false
        if byte == UInt8(ascii: ">") || byte == UInt8(ascii: ")"), bytes.last == UInt8(ascii: ",") {
          bytes.removeLast()
        }
        if byte == UInt8(ascii: ">"), bytes.last == UInt8(ascii: "<") {
          bytes.removeLast()
          if bytes.suffix(3).elementsEqual("for".utf8) { bytes.removeLast(3) }
        } else {
          bytes.append(byte)
        }
      }
      index += 1
    }
    return arena.copy(bytes)
  }

  private func trimEnd(_ bytes: inout [UInt8], next: UInt8) {
    guard next == UInt8(ascii: ">") || next == UInt8(ascii: ")") || next == 0 else { return }
    while let last = bytes.last, last == UInt8(ascii: ",") || last == UInt8(ascii: "+") || last == 0x20 {
      bytes.removeLast()
    }
  }

  private func commentEnd(_ text: Text, _ start: Int) -> Int {
    let isLine = text[start + 1] == UInt8(ascii: "/")
    var index = start + 2
    while index < text.count {
      if isLine, text[index] == 0x0A { return index }
      if !isLine, text[index] == UInt8(ascii: "/"), text[index - 1] == UInt8(ascii: "*") { return index + 1 }
      index += 1
    }
    return index
  }

  /// Behind `'name`; nil for a character literal.
  private func lifetimeEnd(_ text: Text, _ start: Int) -> Int? {
    var index = start + 1
    while index < text.count, FileReader.isWord(text[index]) { index += 1 }
    return index > start + 1 && (index == text.count || text[index] != UInt8(ascii: "'")) ? index : nil
  }

  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  /// A name that begins with a capital: a type, a variant or a constant.
  static func isCapitalized(_ name: Text) -> Bool {
    guard let first = name.bytes.first else { return false }
    return first >= UInt8(ascii: "A") && first <= UInt8(ascii: "Z")
  }
}
