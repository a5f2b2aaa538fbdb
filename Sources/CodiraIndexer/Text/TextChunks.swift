import CodiraDigest
import CodiraModel
import CodiraStore

/// Cuts a text that no analyzer reads into parts of a size that search can show and an encoder can read.
///
/// A part ends where a new one is most likely to begin: before the least indented line, best after a blank one.
/// It depends on the bytes alone.
package enum TextChunks {
  /// 1: parts of 300 to 1,200 bytes.
  package static let version: UInt32 = 1
  private static let leastBytes = 300
  private static let mostBytes = 1200
  private static let mostLines = 60

  /// Nothing for data.
  package static func chunks(of bytes: [UInt8]) -> [StoredChunk] {
    guard TextFiles.isText(bytes) else { return [] }
    let lines = Lines(bytes)
    var chunks: [StoredChunk] = []
    var first = 0
    while first < lines.count, chunks.count < UnitID.chunkLimit {
      let end = lines.end(ofChunkAt: first)
      let spans = lines.bounds[first..<end]
      if let chunk = chunk(bytes, spans, firstLine: first + 1) { chunks.append(chunk) }
      first = end
    }
    return chunks
  }

  private static func chunk(
    _ bytes: [UInt8], _ lines: ArraySlice<Range<Int>>, firstLine: Int
  ) -> StoredChunk? {
    let isBlank: (Range<Int>) -> Bool = { line in bytes[line].allSatisfy { $0 <= 0x20 } }
    guard let first = lines.firstIndex(where: { !isBlank($0) }),
      let last = lines.lastIndex(where: { !isBlank($0) })
    else { return nil }
    let names = lines[first...last].flatMap { TextDefinitions.names(in: bytes[$0]) }
    let span = ByteSpan(start: UInt32(lines[first].lowerBound), end: UInt32(lines[last].upperBound))
    return StoredChunk(
      lines: (firstLine + first - lines.startIndex)...(firstLine + last - lines.startIndex), names: names,
      payload: bytes.withUnsafeBytes { PayloadRecipe.payload(names: names, of: [span], in: $0) })
  }

  /// Where the lines of a text lie, without what ends them, and how good it is to cut before each.
  private struct Lines {
    var bounds: [Range<Int>] = []
    /// Spaces before the line's first letter; a blank line has that of the next one.
    private var indents: [Int] = []
    private var isAfterBlank: [Bool] = []

    var count: Int { bounds.count }

    init(_ bytes: [UInt8]) {
      var start = 0
      var wasBlank = true
      while start < bytes.count {
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        let indent = bytes[start..<end].firstIndex { $0 > 0x20 }.map { $0 - start }
        bounds.append(start..<end)
        indents.append(indent ?? .max)
        isAfterBlank.append(wasBlank)
        wasBlank = indent == nil
        start = end + 1
      }
    }

    /// Before which line the chunk that begins at `first` ends.
    func end(ofChunkAt first: Int) -> Int {
      let start = bounds[first].lowerBound
      var best = (line: count, cost: Int.max)
      var line = first + 1
      while line < count {
        let bytes = bounds[line].lowerBound - start
        if bytes > mostBytes || line - first > mostLines { return best.cost == .max ? line : best.line }
        if bytes >= leastBytes, indents[line] != .max {
          let cost = min(indents[line], 40) + (isAfterBlank[line] ? 0 : 3)
          if cost <= best.cost { best = (line, cost) }
        }
        line += 1
      }
      return bounds[count - 1].upperBound - start > mostBytes && best.cost != .max ? best.line : count
    }
  }
}
