import CodiraAnalyzerKit
import CodiraModel

/// Bats tests, `@test "title" {`, which are functions in all but their syntax.
enum BatsTests {
  private static let keyword: Text = "@test"

  /// Writes `t        () {` in the place of each head, byte for byte as long, so that the grammar reads a function.
  static func makeFunctions(_ bytes: inout [UInt8]) {
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      makeFunction(&bytes, start, end)
      start = end + 1
    }
  }

  private static func makeFunction(_ bytes: inout [UInt8], _ lineStart: Int, _ lineEnd: Int) {
    var start = lineStart
    while start < lineEnd, Text.isSpace(bytes[start]) { start += 1 }
    let name = bytes[start..<min(start + keyword.count, lineEnd)]
    guard name.elementsEqual(keyword.bytes), start + keyword.count < lineEnd else { return }
    var end = lineEnd
    while end > start, Text.isSpace(bytes[end - 1]) { end -= 1 }
    guard bytes[end - 1] == UInt8(ascii: "{"), end - 1 - start > 8 else { return }
    for index in start..<(end - 1) { bytes[index] = 0x20 }
    bytes[start] = UInt8(ascii: "t")
    bytes[end - 4] = UInt8(ascii: "(")
    bytes[end - 3] = UInt8(ascii: ")")
  }

  /// Where the title stands in a head that begins with the keyword, its quotes left out.
  static func titlePlace(_ head: Text) -> ByteSpan? {
    guard let title = title(head.trimmed), !title.isEmpty else { return nil }
    let quotes: [UInt8] = [UInt8(ascii: "\""), UInt8(ascii: "'")]
    var start = keyword.count
    while start < head.count, Text.isSpace(head[start]) || quotes.contains(head[start]) { start += 1 }
    return ByteSpan(start: UInt32(start), end: UInt32(min(start + title.count, head.count)))
  }

  /// The title of a head as it stands in the source, without quotes.
  static func title(_ head: Text) -> Text? {
    guard head.hasPrefix(keyword) else { return nil }
    let title = head.dropFirst(keyword.count).trimmed
    guard title.count > 1, title[0] == UInt8(ascii: "\"") || title[0] == UInt8(ascii: "'"),
      title[title.count - 1] == title[0]
    else { return title.isEmpty ? nil : title }
    return title[1..<(title.count - 1)]
  }
}
