import CodiraModel

/// The bytes that say what each symbol means: its range without the symbols nested in it that have a payload of
/// their own, without comments, and without its own documentation.
package struct PayloadSpans {
  private struct Hole {
    var symbol: Int32
    var start: UInt32
    var end: UInt32
  }

  private var holes: [Hole] = []
  private var order: [Int32] = []
  private var open: [Int32] = []
  package private(set) var spans: [ByteSpan] = []
  /// By symbol: where its spans begin and end in `spans`.
  package private(set) var ranges: [Range<Int>] = []

  package init() {}

  package mutating func compute(_ symbols: [SymbolDraft], comments: [ByteSpan]) {
    holes.removeAll(keepingCapacity: true)
    spans.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
    findHoles(symbols, comments)
    holes.sort { ($0.symbol, $0.start, $0.end) < ($1.symbol, $1.start, $1.end) }
    var next = 0
    for (index, symbol) in symbols.enumerated() {
      let first = spans.count
      while next < holes.count, holes[next].symbol < index { next += 1 }
      if symbol.hasPayload { cut(symbol, Int32(index), &next) }
      ranges.append(first..<spans.count)
    }
  }

  /// Sweeps symbols and comments by place; each cuts a hole into the innermost symbol around it.
  private mutating func findHoles(_ symbols: [SymbolDraft], _ comments: [ByteSpan]) {
    order.removeAll(keepingCapacity: true)
    open.removeAll(keepingCapacity: true)
    for index in symbols.indices where symbols[index].hasPayload { order.append(Int32(index)) }
    order.sort { left, right in
      let (a, b) = (symbols[Int(left)], symbols[Int(right)])
      return (a.start, b.end, left) < (b.start, a.end, right)
    }
    var comment = 0
    for index in order {
      let symbol = symbols[Int(index)]
      while comment < comments.count, comments[comment].start < symbol.start {
        cut(comments[comment].start, comments[comment].end, symbols)
        comment += 1
      }
      closeUpTo(symbol.start, symbols)
      if let around = open.last, isInside(symbol, symbols[Int(around)]) {
        holes.append(Hole(symbol: around, start: symbol.start, end: symbol.end))
      }
      open.append(index)
      if let span = symbol.documentationSpan {
        holes.append(Hole(symbol: index, start: span.start, end: span.end))
      }
    }
    while comment < comments.count {
      cut(comments[comment].start, comments[comment].end, symbols)
      comment += 1
    }
  }

  private func isInside(_ symbol: SymbolDraft, _ around: SymbolDraft) -> Bool {
    symbol.end <= around.end && (symbol.start, symbol.end) != (around.start, around.end)
  }

  private mutating func closeUpTo(_ start: UInt32, _ symbols: [SymbolDraft]) {
    while let last = open.last, symbols[Int(last)].end <= start { open.removeLast() }
  }

  private mutating func cut(_ start: UInt32, _ end: UInt32, _ symbols: [SymbolDraft]) {
    closeUpTo(start, symbols)
    if let around = open.last { holes.append(Hole(symbol: around, start: start, end: end)) }
  }

  private mutating func cut(_ symbol: SymbolDraft, _ index: Int32, _ next: inout Int) {
    var start = symbol.start
    while next < holes.count, holes[next].symbol == index {
      let hole = holes[next]
      if hole.start > start { spans.append(ByteSpan(start: start, end: min(hole.start, symbol.end))) }
      start = max(start, hole.end)
      next += 1
    }
    if start < symbol.end { spans.append(ByteSpan(start: start, end: symbol.end)) }
  }
}
