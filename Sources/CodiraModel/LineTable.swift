/// Where the lines of a source begin; a line ends at LF, CRLF or a lone CR.
package struct LineTable: Sendable {
  /// Offset of each line's first byte; the first is 0.
  private let starts: [UInt32]
  package let byteCount: Int

  package init(_ source: UnsafeRawBufferPointer) {
    var starts: [UInt32] = [0]
    starts.reserveCapacity(source.count / 32 + 1)
    var place = 0
    while place < source.count {
      let byte = source[place]
      place += 1
      if byte > 13 { continue }
      guard byte == 10 || byte == 13 else { continue }
      if byte == 13, place < source.count, source[place] == 10 { place += 1 }
      starts.append(UInt32(place))
    }
    self.starts = starts
    byteCount = source.count
  }

  package var lineCount: Int { starts.count }

  /// The bytes of a line, the first being 1, with what ends it.
  package func bytes(ofLine number: Int) -> Range<Int> {
    Int(starts[number - 1])..<(number < starts.count ? Int(starts[number]) : byteCount)
  }

  /// Whether offset, line and column of `position` speak of one and the same place in the source.
  package func holds(_ position: SourcePosition) -> Bool {
    let line = Int(position.line)
    guard line >= 1, line <= starts.count, position.column >= 1, Int(position.offset) <= byteCount else {
      return false
    }
    let offset = UInt64(starts[line - 1]) + UInt64(position.column) - 1
    return offset == UInt64(position.offset) && (line == starts.count || offset < UInt64(starts[line]))
  }

  /// The place of a byte; an offset beyond the end is taken as the end.
  package func position(ofByte offset: Int) -> SourcePosition {
    let offset = UInt32(min(max(offset, 0), byteCount))
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return SourcePosition(offset: offset, line: UInt32(low + 1), column: offset - starts[low] + 1)
  }

  /// What is wrong with a range of this source; nil for a good one.
  package func fault(in range: SourceRange) -> String? {
    if range.start.offset <= range.end.offset, holds(range.start), holds(range.end) { return nil }
    if range.start.offset > range.end.offset {
      return "it ends at byte \(range.end.offset), before its start at byte \(range.start.offset)"
    }
    if Int(range.end.offset) > byteCount {
      return "it ends at byte \(range.end.offset) of a source of \(byteCount) bytes"
    }
    let place = holds(range.start) ? range.end : range.start
    let right = position(ofByte: Int(place.offset))
    return "byte \(place.offset) is line \(right.line), column \(right.column), not line \(place.line), "
      + "column \(place.column)"
  }
}
