import CCodiraAnalyzer

/// Where the lines of a source begin: after LF, CRLF, or a CR alone.
struct LineTable {
  private var starts: [UInt32] = [0]
  /// The line found last: places are mostly asked for in order.
  private var last = 0
  private(set) var hasLoneCarriageReturn = false

  mutating func rebuild(_ bytes: UnsafeRawBufferPointer) {
    starts.removeAll(keepingCapacity: true)
    starts.append(0)
    last = 0
    hasLoneCarriageReturn = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == 0x0A {
        starts.append(UInt32(index))
      } else if byte == 0x0D, index == bytes.count || bytes[index] != 0x0A {
        hasLoneCarriageReturn = true
        starts.append(UInt32(index))
      }
    }
  }

  mutating func position(_ offset: UInt32) -> codira_position {
    let line = self.line(offset)
    return codira_position(offset: offset, line: UInt32(line + 1), column: offset - starts[line] + 1)
  }

  mutating func range(_ start: UInt32, _ end: UInt32) -> codira_range {
    codira_range(start: position(start), end: position(end))
  }

  private mutating func line(_ offset: UInt32) -> Int {
    var low = 0
    var high = starts.count
    if starts[last] <= offset {
      for near in last..<min(last + 8, starts.count)
      where near + 1 == starts.count || offset < starts[near + 1] {
        last = near
        return near
      }
      low = last
    }
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    last = low
    return low
  }
}
