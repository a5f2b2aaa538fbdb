/// Blanks what is written again and again without end.
///
/// Of `-` or `lambda:`, thousands of times to the letter, no operand may ever come: tree-sitter 0.20 recovers from
/// that in quadratic time, counts the children of a node in 16 bits and crashes behind them. Of a run of at least
/// `smallest` words and marks the first `limit` times stay, and so do the ends of lines. Brackets whose partners may
/// stand elsewhere are deep nesting, which is read in linear time: of them a run is eight times as long.
package struct Repetition {
  package static let limit = 500
  package static let smallest = 1 << 13
  /// The longest text that is looked for.
  private static let longestPeriod = 64
  /// Between two places looked at: no run that is long enough lies between them.
  private static let stride = smallest / 4

  private var buffer: [UInt8] = []
  /// What was blanked of the last source, if anything: from its first byte on.
  package private(set) var start: Int?

  package init() {}

  /// Gives `bytes` to `body`, or a copy of the same length.
  package mutating func blanked<Result>(
    _ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    let runs = Self.runs(bytes)
    start = runs.first?.lowerBound
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
      let unit = index..<index + period
      let least = isBalanced(bytes, unit) ? smallest : 8 * smallest
      guard words(bytes, unit) * ((end - start) / period) >= least else { continue }
      runs.append(min(start + limit * period, end)..<end)
    }
    return runs
  }

  /// Whether as many brackets are opened as closed.
  private static func isBalanced(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    range.reduce(0) { balance, index in
      switch bytes[index] {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): balance + 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): balance - 1
      default: balance
      }
    } == 0
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
