import CodiraAnalyzerKit

/// Links to other documents of the repository: `[text](../guide.md#part)` and `[name]: guide.md`.
enum Links {
  static func read(_ from: UInt32, _ end: UInt32, _ outline: DocumentOutline) {
    let text = outline.source.text(from, end)
    var index = 0
    while index + 2 < text.count, let found = text.bytes[index...].firstIndex(of: UInt8(ascii: "]")) {
      index = found + 1
      guard index + 1 < text.count else { return }
      if text[index] == UInt8(ascii: "(") {
        index += 1
      } else if text[index] == UInt8(ascii: ":"), text[0] == UInt8(ascii: "[") {
        index += 1
        while index < text.count, Text.isSpace(text[index]) { index += 1 }
      } else {
        continue
      }
      if index < text.count, text[index] == UInt8(ascii: "<") { index += 1 }
      let start = index
      while index < text.count, !isEnd(text[index]) { index += 1 }
      report(ByteSpan(start: from + UInt32(start), end: from + UInt32(index)), outline)
    }
  }

  private static func isEnd(_ byte: UInt8) -> Bool {
    Text.isSpace(byte) || byte == UInt8(ascii: ")") || byte == UInt8(ascii: ">")
  }

  private static func report(_ span: ByteSpan, _ outline: DocumentOutline) {
    let output = outline.output
    let link = outline.source.text(span.start, span.end)
    guard let path = DocumentPath.resolve(link, from: outline.source.path, arena: output.arena),
      path != outline.source.path, let id = DocumentPath.id(of: path, output)
    else { return }
    let name = path.lastIndex(of: "/").map { path.dropFirst($0 + 1) } ?? path
    outline.link(name, target: id, span)
  }
}
