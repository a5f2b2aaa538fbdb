import CodiraAnalyzerKit

/// The comments of a file as documentation of what stands below or before them.
package struct Comments {
  private let bytes: UnsafeRawBufferPointer
  private let spans: [ByteSpan]
  private let arena: Arena

  package init(_ source: Source, _ spans: [ByteSpan], _ arena: Arena) {
    bytes = source.bytes
    self.spans = spans
    self.arena = arena
  }

  package func span(_ index: Int) -> ByteSpan? { index < spans.count ? spans[index] : nil }

  /// The first comment that ends behind `offset`.
  package func firstIndex(from offset: UInt32) -> Int {
    var low = 0
    var high = spans.count
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].end <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  package func last(endingAt offset: UInt32) -> ByteSpan? {
    let index = firstIndex(from: offset) - 1
    return index >= 0 && spans[index].end == offset ? spans[index] : nil
  }

  /// The comment, or the run of `//` comments, that ends on the line above `offset` and begins its line; one that
  /// is marked as documentation may stand a blank line above.
  package func above(_ offset: UInt32) -> Range<Int>? {
    let end = firstIndex(from: offset)
    var first = end
    var below = offset
    while first > 0, isFirstOnLine(spans[first - 1].start) {
      let gap = lineEnds(spans[first - 1].end, below)
      guard gap <= 1 || (gap == 2 && first == end && isDoxygen(first - 1..<first) && !isHeader(first - 1))
      else { break }
      let isLine = isLineComment(first - 1)
      if first < end, !isLine || !isLineComment(first) { break }
      first -= 1
      below = spans[first].start
    }
    return first < end ? first..<end : nil
  }

  /// The comment behind `offset` on its line; of several lines where `//` goes on below.
  package func behind(_ offset: UInt32) -> Range<Int>? {
    var place = Int(offset)
    while place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09 || isSeparator(bytes[place]) {
      place += 1
    }
    let index = firstIndex(from: offset)
    guard index < spans.count, Int(spans[index].start) == place else { return nil }
    return index..<index + 1
  }

  /// The first comment of the file where only a blank line or a directive follows it.
  package func header(before offset: UInt32) -> Range<Int>? {
    guard let first = spans.first, isBlank(0, first.start) else { return nil }
    var end = 1
    while end < spans.count, isLineComment(end), isLineComment(end - 1),
      lineEnds(spans[end - 1].end, spans[end].start) == 1
    {
      end += 1
    }
    return spans[end - 1].end <= offset ? 0..<end : nil
  }

  private func isHeader(_ index: Int) -> Bool { index == 0 && isBlank(0, spans[0].start) }

  package func bounds(_ range: Range<Int>) -> ByteSpan {
    ByteSpan(start: spans[range.lowerBound].start, end: spans[range.upperBound - 1].end)
  }

  package func isDoxygen(_ range: Range<Int>) -> Bool {
    let start = Int(spans[range.lowerBound].start)
    guard start + 3 < bytes.count else { return false }
    let mark = bytes[start + 2]
    return mark == UInt8(ascii: "!") || (mark == bytes[start + 1] && bytes[start + 3] != mark)
  }

  /// What they say: without markers, borders and indentation.
  package func text(_ range: Range<Int>?) -> Text {
    guard let range else { return .empty }
    var words: [UInt8] = []
    for index in range { append(spans[index], to: &words) }
    while let last = words.last, Text.isSpace(last) { words.removeLast() }
    return arena.copy(words)
  }

  private func append(_ span: ByteSpan, to words: inout [UInt8]) {
    var place = Int(span.start) + 2
    var end = Int(span.end)
    if bytes[Int(span.start) + 1] == UInt8(ascii: "*"), end - place >= 2 { end -= 2 }
    while place < end {
      var lineEnd = place
      while lineEnd < end, bytes[lineEnd] != 0x0A, bytes[lineEnd] != 0x0D { lineEnd += 1 }
      appendLine(place, lineEnd, to: &words)
      place = lineEnd + 1
      if place < end, bytes[lineEnd] == 0x0D, bytes[place] == 0x0A { place += 1 }
    }
  }

  private func appendLine(_ start: Int, _ end: Int, to words: inout [UInt8]) {
    var first = start
    var last = end
    while first < last, Text.isSpace(bytes[first]) { first += 1 }
    let mark = first
    while first < last, isBorder(bytes[first]) { first += 1 }
    if first < last, bytes[first] == UInt8(ascii: "<"), first > start || mark == start { first += 1 }
    if first > mark, first < last, bytes[first] == 0x20 { first += 1 }
    while last > first, Text.isSpace(bytes[last - 1]) { last -= 1 }
    while last > first, bytes[last - 1] == UInt8(ascii: "*") { last -= 1 }
    while last > first, Text.isSpace(bytes[last - 1]) { last -= 1 }
    let isRule = (first..<last).allSatisfy { isRulePart(bytes[$0]) }
    if isRule { last = first }
    if words.isEmpty, first == last { return }
    words.append(contentsOf: bytes[first..<last])
    words.append(0x0A)
  }

  private func isBorder(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "*") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "!")
  }

  private func isRulePart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"),
      UInt8(ascii: "+"), UInt8(ascii: "#"), UInt8(ascii: "/"), 0x20:
      true
    default: false
    }
  }

  private func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") }

  private func isLineComment(_ index: Int) -> Bool { bytes[Int(spans[index].start) + 1] == UInt8(ascii: "/") }

  private func isFirstOnLine(_ start: UInt32) -> Bool {
    var place = Int(start)
    while place > 0, bytes[place - 1] == 0x20 || bytes[place - 1] == 0x09 { place -= 1 }
    return place == 0 || bytes[place - 1] == 0x0A || bytes[place - 1] == 0x0D
      || (place == 3 && bytes[0] == 0xEF)
  }

  private func isBlank(_ start: UInt32, _ end: UInt32) -> Bool {
    (start..<end).allSatisfy { Text.isSpace(bytes[Int($0)]) || ($0 < 3 && bytes[Int($0)] >= 0x80) }
  }

  /// Line ends between two places; many where anything but blanks is there.
  private func lineEnds(_ start: UInt32, _ end: UInt32) -> Int {
    guard start < end else { return 0 }
    return Text(UnsafeRawBufferPointer(rebasing: bytes[Int(start)..<Int(end)])).lineEndsOfBlanks ?? 100
  }
}
