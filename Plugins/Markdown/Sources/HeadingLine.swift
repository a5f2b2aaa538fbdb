import CodiraAnalyzerKit

/// A heading that begins with `#`, and the lines that underline one.
struct HeadingLine {
  var level: Int
  /// Bytes of the line.
  var title: Range<Int>

  /// From a line without its indentation.
  init?(_ line: Text) {
    level = 0
    while level < line.count, line[level] == UInt8(ascii: "#") { level += 1 }
    guard (1...6).contains(level), level == line.count || Text.isSpace(line[level]) else { return nil }
    var start = level
    while start < line.count, Text.isSpace(line[start]) { start += 1 }
    var end = line.count
    while end > start, Text.isSpace(line[end - 1]) { end -= 1 }
    var closing = end
    while closing > start, line[closing - 1] == UInt8(ascii: "#") { closing -= 1 }
    if closing == start || Text.isSpace(line[closing - 1]) { end = closing }
    while end > start, Text.isSpace(line[end - 1]) { end -= 1 }
    title = start..<end
  }

  /// The level that a line of `=` or `-` gives to the paragraph above it.
  static func underline(_ line: Text) -> Int? {
    let line = line.trimmed
    guard let byte = line.bytes.first, byte == UInt8(ascii: "=") || byte == UInt8(ascii: "-"),
      line.bytes.allSatisfy({ $0 == byte })
    else { return nil }
    return byte == UInt8(ascii: "=") ? 1 : 2
  }

  /// Three or more `-`, `*` or `_`, with or without blanks between.
  static func isBreak(_ line: Text) -> Bool {
    guard let byte = line.bytes.first, "-*_".utf8.contains(byte) else { return false }
    var count = 0
    for other in line.bytes where !Text.isSpace(other) {
      if other != byte { return false }
      count += 1
    }
    return count >= 3
  }
}

/// What a list item begins with.
enum ListMarker {
  /// Bytes of `- ` or `12. ` and the blanks behind it, 0 where the line begins otherwise.
  static func width(_ line: Text) -> Int {
    if HeadingLine.isBreak(line) { return 0 }
    var width = 0
    if "-*+".utf8.contains(line[0]) {
      width = 1
    } else {
      while width < min(line.count, 9), line[width] &- UInt8(ascii: "0") < 10 { width += 1 }
      guard width > 0, width < line.count,
        line[width] == UInt8(ascii: ".") || line[width] == UInt8(ascii: ")")
      else { return 0 }
      width += 1
    }
    guard width < line.count else { return width + 1 }
    guard Text.isSpace(line[width]) else { return 0 }
    let blanks = line.dropFirst(width).bytes.prefix { $0 == 0x20 }.count
    return (1...4).contains(blanks) ? width + blanks : width + 1
  }
}
