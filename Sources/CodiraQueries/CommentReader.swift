import CodiraAnalyzerKit
import CodiraModel

/// Comments as documentation: which belong to a definition, and what they say without their marks.
struct CommentReader {
  private let source: Source
  private let output: Output
  private let rules: RuleSet

  init(_ source: Source, _ output: Output, _ rules: RuleSet) {
    self.source = source
    self.output = output
    self.rules = rules
  }

  /// The comments that end on the line above a definition's first, without a blank line between them.
  func above(_ place: UInt32) -> (text: Text, span: ByteSpan)? {
    let all = output.comments
    var low = 0
    var high = all.count
    let lineStart = self.lineStart(place)
    while low < high {
      let middle = (low + high) / 2
      if all[middle].end <= lineStart { low = middle + 1 } else { high = middle }
    }
    let end = low
    var below = lineStart
    while low > 0, lineEnds(all[low - 1].end, below) == 1, isAlone(all[low - 1]),
      isDocumentation(all[low - 1])
    {
      low -= 1
      below = self.lineStart(all[low].start)
    }
    guard low < end else { return nil }
    return said(low..<end)
  }

  /// The first comments of a file, where a blank line or nothing follows them.
  func head(before place: UInt32) -> (text: Text, span: ByteSpan)? {
    let all = output.comments
    var first = 0
    if let comment = all.first, text(comment).hasPrefix("#!") { first = 1 }
    guard first < all.count, all[first].start < place else { return nil }
    var end = first + 1
    while end < all.count, all[end].start < place, lineEnds(all[end - 1].end, all[end].start) == 1 {
      end += 1
    }
    if end == all.count || all[end].start >= place, lineEnds(all[end - 1].end, place) == 1 { return nil }
    let (text, span) = said(first..<end)
    return (text.withoutLicence, span)
  }

  /// What the comments, or the string, of a capture say.
  func text(of span: ByteSpan) -> Text {
    let inside = output.comments.indices.filter { span.contains(output.comments[$0]) }
    guard let first = inside.first, let last = inside.last else {
      return NamePath.unquoted(text(span)).trimmed
    }
    return said(first..<(last + 1)).text
  }

  private func said(_ range: Range<Int>) -> (text: Text, span: ByteSpan) {
    var words: [UInt8] = []
    for index in range {
      for line in lines(of: text(output.comments[index])) {
        if words.isEmpty, line.isEmpty { continue }
        words.append(contentsOf: line.bytes)
        words.append(0x0A)
      }
    }
    while let last = words.last, Text.isSpace(last) { words.removeLast() }
    let span = ByteSpan(
      start: output.comments[range.lowerBound].start, end: output.comments[range.upperBound - 1].end)
    return (output.arena.copy(words), span)
  }

  /// The lines of one comment without its marks; a line of nothing but a rule is empty.
  private func lines(of comment: Text) -> [Text] {
    if let block = rules.blockMarkers.first(where: { comment.hasPrefix($0.open) }) {
      var inside = comment.dropFirst(block.open.count)
      if inside.hasSuffix(block.close) { inside = inside.dropLast(block.close.count) }
      return inside.split(at: "\n").map { line in
        var line = line.trimmed
        if line.hasPrefix("*") { line = line.dropFirst(1) }
        return clean(line)
      }
    }
    var line = comment
    if let marker = rules.lineMarkers.first(where: { comment.hasPrefix($0) }) {
      line = line.dropFirst(marker.count)
      // A longer row of the marker's last byte is a rule or an ornament.
      while !line.isEmpty, line[0] == marker[marker.count - 1] { line = line.dropFirst(1) }
    }
    return [clean(line)]
  }

  private func clean(_ line: Text) -> Text {
    var end = line.count
    while end > 0, Text.isSpace(line[end - 1]) { end -= 1 }
    var line = line[0..<end]
    if line.hasPrefix(" ") { line = line.dropFirst(1) }
    let isRule = line.bytes.allSatisfy { "-=*#/ ".utf8.contains($0) }
    return isRule ? .empty : line
  }

  private func isDocumentation(_ comment: ByteSpan) -> Bool {
    let text = text(comment)
    if text.hasPrefix("#!") { return false }
    return rules.documentationMarkers.isEmpty || rules.documentationMarkers.contains { text.hasPrefix($0) }
  }

  private func isAlone(_ comment: ByteSpan) -> Bool {
    source.text(lineStart(comment.start), comment.start).trimmed.isEmpty
  }

  private func lineStart(_ place: UInt32) -> UInt32 {
    var place = Int(place)
    while place > 0, source.bytes[place - 1] != 0x0A, source.bytes[place - 1] != 0x0D { place -= 1 }
    return UInt32(place)
  }

  /// Line ends between two places; many where anything but white space is there.
  private func lineEnds(_ start: UInt32, _ end: UInt32) -> Int {
    // Some grammars count the end of its line as the comment's.
    guard start < end else {
      return start == end && start > 0 && isLineEnd(source.bytes[Int(start) - 1]) ? 1 : 100
    }
    let before = start > 0 && isLineEnd(source.bytes[Int(start) - 1]) ? 1 : 0
    return source.text(start, end).lineEndsOfBlanks.map { before + $0 } ?? 100
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private func text(_ span: ByteSpan) -> Text { source.text(span.start, span.end) }
}
