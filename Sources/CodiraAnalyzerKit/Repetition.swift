/// Blanks what is written again and again without end.
///
/// Of `-` or `lambda:`, tens of thousands of times to the letter, no operand may ever come; tree-sitter 0.20 counts
/// the children of a node in 16 bits and crashes behind them. The first `limit` times stay, and so do the ends of
/// lines. Files of fewer than `smallest` bytes cannot hold as many.
package struct Repetition {
  package static let limit = 2_000
  /// A node has at most as many children as its text has bytes.
  package static let smallest = 1 << 16
  /// The longest text that is looked for.
  private static let longestPeriod = 64
  /// Between two places looked at: no run that is long enough lies between them.
  private static let stride = smallest / 4

  private var buffer: [UInt8] = []

  package init() {}

  /// Gives `bytes` to `body`, or a copy of the same length.
  package mutating func blanked<Result>(
    _ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    let runs = Self.runs(bytes)
    guard !runs.isEmpty else { return body(bytes) }
    buffer.removeAll(keepingCapacity: true)
    buffer.append(contentsOf: bytes)
    for run in runs {
      for index in run where buffer[index] != 0x0A && buffer[index] != 0x0D {
        buffer[index] = UInt8(ascii: " ")
      }
    }
    return buffer.withUnsafeBytes(body)
  }

  /// What is to be blanked of each run.
  private static func runs(_ bytes: UnsafeRawBufferPointer) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var index = stride
    while index + 2 * longestPeriod < bytes.count {
      defer { index += stride }
      guard index >= runs.last?.upperBound ?? 0, let period = period(bytes, at: index) else { continue }
      var start = index
      while start > 0, bytes[start - 1] == bytes[start - 1 + period] { start -= 1 }
      var end = index + period
      while end < bytes.count, bytes[end] == bytes[end - period] { end += 1 }
      guard words(bytes, index..<index + period) * ((end - start) / period) >= smallest else { continue }
      runs.append(min(start + limit * period, end)..<end)
    }
    return runs
  }

  /// How many words and marks stand in a part of the source: it makes no more nodes without children.
  private static func words(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
    func isWord(_ byte: UInt8) -> Bool {
      let letter = byte | 0x20
      return (letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z")) || byte >= 0x80
        || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")) || byte == UInt8(ascii: "_")
    }
    return range.reduce(0) { count, index in
      let goesOn = isWord(bytes[index]) && isWord(bytes[index - 1])
      return Text.isSpace(bytes[index]) || goesOn ? count : count + 1
    }
  }

  /// The shortest text that stands three times from `index` on, spaces and ends of lines alone left out.
  private static func period(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int? {
    let end = min(index + 3 * longestPeriod, bytes.count)
    let period = (1...longestPeriod).first { period in
      (index + period..<end).allSatisfy { bytes[$0] == bytes[$0 - period] }
    }
    guard let period, bytes[index..<index + period].contains(where: { !Text.isSpace($0) }) else { return nil }
    return period
  }
}
