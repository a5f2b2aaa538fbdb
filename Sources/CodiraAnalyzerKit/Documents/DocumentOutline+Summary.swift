import CodiraModel

// The first paragraph of a part: what its symbol says of itself.
extension DocumentOutline {
  private static let summaryLimit = 1_000

  /// The paragraph that a part's own text begins with, its lines joined, and the bytes it stands in; nil where
  /// the text begins with a list, a table, code or a picture.
  func summary(of node: Node) -> (text: Text, span: ByteSpan)? {
    let first = node.pieces.first { $0.start < $0.end && !source.text($0.start, $0.end).trimmed.isEmpty }
    guard let first else { return nil }
    var words: [UInt8] = []
    var span = ByteSpan(start: 0, end: 0)
    for line in Lines(source, from: first.start) {
      if line.start >= first.end { break }
      let text = source.text(line).trimmed
      if text.isEmpty {
        if words.isEmpty { continue }
        break
      }
      if words.isEmpty {
        guard Self.beginsProse(text) else { return nil }
        span.start = line.start
      } else {
        words.append(UInt8(ascii: " "))
      }
      words.append(contentsOf: text.bytes.prefix(Self.summaryLimit))
      span.end = min(line.next, first.end)
      if words.count >= Self.summaryLimit { break }
    }
    return words.isEmpty ? nil : (output.arena.copy(words), span)
  }

  private static func beginsProse(_ text: Text) -> Bool {
    let next = text.count > 1 ? text[1] : 0x20
    switch text[0] {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
      return true
    case UInt8(ascii: "("), UInt8(ascii: "\""), UInt8(ascii: "'"): return true
    case UInt8(ascii: "["):
      guard next != UInt8(ascii: "!"), let close = text.firstIndex(of: "]") else { return false }
      return close + 1 < text.count
    case UInt8(ascii: "`"): return !text.hasPrefix("```")
    case UInt8(ascii: "*"), UInt8(ascii: "_"): return !Text.isSpace(next)
    default: return false
    }
  }
}
