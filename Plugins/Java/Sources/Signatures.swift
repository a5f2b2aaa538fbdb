import CodiraAnalyzerKit

extension FileReader {
  /// A declaration up to `end` in one line, from behind its annotations.
  func signature(_ node: Node, end: UInt32) -> Text {
    collapsed(source.text(max(headStart(node), node.start), max(end, node.start)), limit: 500)
  }

  func fieldSignature(_ node: Node, _ declarator: Node) -> Text {
    guard let first = node.child(.declarator), first != declarator else {
      return collapsed(source.text(headStart(node), declarator.end), limit: 200)
    }
    let head = collapsed(source.text(headStart(node), first.start), limit: 200)
    return arena.join(head, " ", collapsed(source.text(declarator), limit: 200))
  }

  private func headStart(_ node: Node) -> UInt32 {
    var start = node.start
    for annotation in node.modifiers?.children ?? node.children {
      if !annotation.isAnnotation { break }
      start = annotation.end
    }
    return start
  }

  /// One line without comments: white space becomes one space, and none stands inside a parenthesis' edge.
  func collapsed(_ text: Text, limit: Int) -> Text {
    var bytes: [UInt8] = []
    var index = 0
    var quote: UInt8 = 0
    while index < text.count, bytes.count < limit {
      let byte = text[index]
      index += 1
      if quote != 0 {
        bytes.append(byte < 0x20 ? 0x20 : byte)
        if byte == UInt8(ascii: "\\"), index < text.count {
          bytes.append(text[index])
          index += 1
        } else if byte == quote {
          quote = 0
        }
      } else if Self.skipComment(byte, text, &index) || Text.isSpace(byte) {
        if let last = bytes.last, last != 0x20, last != UInt8(ascii: "(") { bytes.append(0x20) }
      } else {
        if byte == UInt8(ascii: ")") || byte == UInt8(ascii: ","), bytes.last == 0x20 { bytes.removeLast() }
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { quote = byte }
        bytes.append(byte)
      }
    }
    let isCut = index < text.count
    if isCut {
      while let last = bytes.last, last & 0xC0 == 0x80 { bytes.removeLast() }
      if let last = bytes.last, last >= 0xC0 { bytes.removeLast() }
    }
    while bytes.last == 0x20 { bytes.removeLast() }
    if isCut { bytes.append(contentsOf: "…".utf8) }
    return arena.copy(bytes)
  }

  private static func skipComment(_ byte: UInt8, _ text: Text, _ index: inout Int) -> Bool {
    guard byte == UInt8(ascii: "/"), index < text.count else { return false }
    if text[index] == UInt8(ascii: "/") {
      while index < text.count, text[index] != 0x0A, text[index] != 0x0D { index += 1 }
      return true
    }
    guard text[index] == UInt8(ascii: "*") else { return false }
    index += 1
    while index < text.count {
      index += 1
      if index < text.count, text[index - 1] == UInt8(ascii: "*"), text[index] == UInt8(ascii: "/") { break }
    }
    index = min(index + 1, text.count)
    return true
  }
}
