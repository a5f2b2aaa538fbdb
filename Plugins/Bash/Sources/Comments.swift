import CodiraAnalyzerKit

extension FileReader {
  /// Takes over the comment lines above a definition.
  func document(_ symbol: inout SymbolDraft, above offset: UInt32) {
    guard let range = comments(above: offset) else { return }
    symbol.documentation = commentText(range)
    symbol.documentationSpan = bounds(range)
  }

  /// The first comments of a script, its `#!` line left out, where nothing stands above and a blank line behind them.
  func headComment(before offset: UInt32) -> Range<Int>? {
    let all = output.comments
    var first = 0
    if let comment = all.first, source.text(comment.start, comment.end).hasPrefix("#!") { first = 1 }
    guard first < all.count, all[first].start < offset else { return nil }
    var end = first + 1
    while end < all.count, all[end].start < offset, lineEnds(all[end - 1].end, all[end].start) == 1 {
      end += 1
    }
    let isAbove = end == all.count || all[end].start >= offset
    if isAbove, lineEnds(all[end - 1].end, offset) == 1 { return nil }
    return first..<end
  }

  func bounds(_ range: Range<Int>) -> ByteSpan {
    ByteSpan(start: output.comments[range.lowerBound].start, end: output.comments[range.upperBound - 1].end)
  }

  /// What they say, without their marks.
  func commentText(_ range: Range<Int>) -> Text {
    var words: [UInt8] = []
    for index in range {
      let comment = output.comments[index]
      var text = source.text(comment.start, comment.end)
      while text.hasPrefix("#") { text = text.dropFirst(1) }
      if text.hasPrefix(" ") { text = text.dropFirst(1) }
      let isRule = text.bytes.allSatisfy {
        $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "=") || Text.isSpace($0)
      }
      if isRule { text = .empty }
      var end = text.count
      while end > 0, Text.isSpace(text[end - 1]) { end -= 1 }
      if words.isEmpty, end == 0 { continue }
      words.append(contentsOf: text[0..<end].bytes)
      words.append(0x0A)
    }
    while let last = words.last, Text.isSpace(last) { words.removeLast() }
    return arena.copy(words)
  }

  /// The lines of comments that end on the line above `offset`.
  private func comments(above offset: UInt32) -> Range<Int>? {
    let all = output.comments
    var low = 0
    var high = all.count
    while low < high {
      let middle = (low + high) / 2
      if all[middle].end <= offset { low = middle + 1 } else { high = middle }
    }
    let end = low
    var below = offset
    while low > 0, lineEnds(all[low - 1].end, below) == 1, isFirstOnLine(all[low - 1].start),
      !source.text(all[low - 1].start, all[low - 1].end).hasPrefix("#!")
    {
      low -= 1
      below = all[low].start
    }
    return low < end ? low..<end : nil
  }

  private func isFirstOnLine(_ start: UInt32) -> Bool {
    var place = Int(start)
    while place > 0, source.bytes[place - 1] == 0x20 || source.bytes[place - 1] == 0x09 { place -= 1 }
    return place == 0 || source.bytes[place - 1] == 0x0A || source.bytes[place - 1] == 0x0D
  }

  /// Line ends between two places; many where anything but blanks is there.
  private func lineEnds(_ start: UInt32, _ end: UInt32) -> Int {
    guard start <= end else { return 100 }
    return source.text(start, end).lineEndsOfBlanks ?? 100
  }
}
