import CodiraAnalyzerKit

/// The comments of a file as documentation of what stands below or before them.
struct Comments {
  private let source: Source
  private let spans: [ByteSpan]
  private let arena: Arena

  init(_ source: Source, _ spans: [ByteSpan], _ arena: Arena) {
    self.source = source
    self.spans = spans
    self.arena = arena
  }

  /// The comments that end on the line above `offset` and begin their lines, without a blank line between them.
  func above(_ offset: UInt32) -> Range<Int>? {
    let end = firstIndex(from: offset)
    var first = end
    var below = offset
    while first > 0, lineEnds(spans[first - 1].end, below) == 1, isFirstOnLine(spans[first - 1].start) {
      first -= 1
      below = spans[first].start
    }
    return first < end ? first..<end : nil
  }

  /// The comment behind `offset` on its line.
  func behind(_ offset: UInt32) -> Range<Int>? {
    let index = firstIndex(from: offset)
    guard index < spans.count else { return nil }
    let between = source.text(offset, spans[index].start)
    let isOnLine = between.bytes.allSatisfy {
      $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";")
    }
    return isOnLine ? index..<index + 1 : nil
  }

  func bounds(_ range: Range<Int>) -> ByteSpan {
    ByteSpan(start: spans[range.lowerBound].start, end: spans[range.upperBound - 1].end)
  }

  /// What they say, without markers and without directives to tools (`//go:build`).
  func text(_ range: Range<Int>) -> Text {
    var words: [UInt8] = []
    for index in range {
      let text = source.text(spans[index].start, spans[index].end)
      if text.hasPrefix("//") {
        if !Comments.isDirective(text) { Comments.append(text.dropFirst(2), to: &words) }
      } else {
        for line in text.dropFirst(2).dropLast(2).split(at: "\n") { Comments.append(line, to: &words) }
      }
    }
    while let last = words.last, Text.isSpace(last) { words.removeLast() }
    return arena.copy(words)
  }

  /// Whether a program wrote the file: it says so in a line of its own above the package clause.
  func isGenerated(before offset: UInt32) -> Bool {
    spans.prefix(20).contains { span in
      guard span.start <= offset else { return false }
      let text = source.text(span.start, span.end)
      return text.hasPrefix("// Code generated ") && text.trimmed.hasSuffix(" DO NOT EDIT.")
    }
  }

  /// `//name:text` without a space, as `//go:embed` and `//line`.
  private static func isDirective(_ text: Text) -> Bool {
    guard text.count > 2, text[2] >= UInt8(ascii: "a"), text[2] <= UInt8(ascii: "z") else { return false }
    return text.bytes.prefix { !Text.isSpace($0) }.contains(UInt8(ascii: ":"))
  }

  private static func append(_ line: Text, to words: inout [UInt8]) {
    var line = line
    if line.hasPrefix(" ") { line = line.dropFirst(1) }
    var end = line.count
    while end > 0, Text.isSpace(line[end - 1]) { end -= 1 }
    if words.isEmpty, end == 0 { return }
    words.append(contentsOf: line[0..<end].bytes)
    words.append(0x0A)
  }

  /// The first comment that ends behind `offset`.
  private func firstIndex(from offset: UInt32) -> Int {
    var low = 0
    var high = spans.count
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].end <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func isFirstOnLine(_ start: UInt32) -> Bool {
    var place = Int(start)
    while place > 0, source.bytes[place - 1] == 0x20 || source.bytes[place - 1] == 0x09 { place -= 1 }
    return place == 0 || source.bytes[place - 1] == 0x0A || source.bytes[place - 1] == 0x0D
      || (place == 3 && source.bytes[0] == 0xEF)
  }

  /// Line ends between two places; many where anything but blanks is there.
  private func lineEnds(_ start: UInt32, _ end: UInt32) -> Int {
    source.text(start, end).lineEndsOfBlanks ?? 100
  }
}
