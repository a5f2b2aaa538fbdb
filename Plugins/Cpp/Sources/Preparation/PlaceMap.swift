import CodiraAnalyzerKit

/// From places in the bytes that the grammar sees to places in the source, where macros were replaced.
///
/// Empty where nothing was replaced: then both are the same.
struct PlaceMap {
  private struct Piece {
    /// Where it begins in what the grammar sees.
    var start: UInt32
    var source: UInt32
    /// Copied byte by byte; else everything in it stands at `source`, up to `sourceEnd`.
    var isCopy: Bool
    var sourceEnd: UInt32
  }

  private var pieces: [Piece] = []

  var isIdentity: Bool { pieces.isEmpty }

  mutating func copy(at start: Int, from source: UInt32) {
    pieces.append(Piece(start: UInt32(start), source: source, isCopy: true, sourceEnd: source))
  }

  mutating func replace(at start: Int, _ use: ByteSpan) {
    pieces.append(Piece(start: UInt32(start), source: use.start, isCopy: false, sourceEnd: use.end))
  }

  func source(_ place: UInt32, isEnd: Bool = false) -> UInt32 {
    guard !pieces.isEmpty else { return place }
    // An end belongs to the byte before it.
    let wanted = isEnd && place > 0 ? place - 1 : place
    var low = 0
    var high = pieces.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if pieces[middle].start <= wanted { low = middle } else { high = middle }
    }
    let piece = pieces[low]
    if piece.isCopy { return piece.source + (place - piece.start) }
    return isEnd ? piece.sourceEnd : piece.source
  }

  func source(_ span: ByteSpan) -> ByteSpan {
    let start = source(span.start)
    return ByteSpan(start: start, end: max(start, source(span.end, isEnd: true)))
  }

  /// Moves everything that was found to where it stands in the source.
  func restore(_ output: Output) {
    guard !isIdentity else { return }
    for index in output.symbols.indices {
      let symbol = output.symbols[index]
      let whole = source(ByteSpan(start: symbol.start, end: symbol.end))
      let name = source(ByteSpan(start: symbol.nameStart, end: symbol.nameEnd))
      output.symbols[index].start = min(whole.start, name.start)
      output.symbols[index].end = max(whole.end, name.end)
      output.symbols[index].nameStart = name.start
      output.symbols[index].nameEnd = name.end
    }
    widen(output)
    for index in output.references.indices {
      let reference = output.references[index]
      let span = source(ByteSpan(start: reference.start, end: reference.end))
      output.references[index].start = span.start
      output.references[index].end = span.end
    }
  }

  /// A class and its member that one macro made begin in one place: the class is as long as the member.
  private func widen(_ output: Output) {
    var places: [Text: Int] = [:]
    for (index, symbol) in output.symbols.enumerated() { places[symbol.id] = index }
    for symbol in output.symbols {
      guard let parent = places[symbol.parent], output.symbols[parent].start == symbol.start,
        output.symbols[parent].end < symbol.end
      else { continue }
      output.symbols[parent].end = symbol.end
    }
  }
}
