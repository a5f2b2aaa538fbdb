/// One line of a source: its bytes without the line's end, and where the next one begins.
public struct Line: Equatable, Sendable {
  public var start: UInt32
  /// Before LF, CRLF or CR.
  public var end: UInt32
  /// Of the next line; the source's end behind the last.
  public var next: UInt32

  public var isAtEnd: Bool { next == end }
}

/// The lines of a source in order, from an offset to the end: after LF, CRLF, or a CR alone.
public struct Lines: Sequence, IteratorProtocol {
  private let bytes: UnsafeRawBufferPointer
  private var place: Int

  public init(_ source: Source, from start: UInt32 = 0) {
    bytes = source.bytes
    place = Int(start)
  }

  public mutating func next() -> Line? {
    guard place < bytes.count else { return nil }
    let start = place
    while place < bytes.count, bytes[place] != 0x0A, bytes[place] != 0x0D { place += 1 }
    let end = place
    if place < bytes.count {
      let isPair = bytes[place] == 0x0D && place + 1 < bytes.count && bytes[place + 1] == 0x0A
      place += isPair ? 2 : 1
    }
    return Line(start: UInt32(start), end: UInt32(end), next: UInt32(place))
  }
}

extension Source {
  /// The bytes of a line.
  public func text(_ line: Line) -> Text { text(line.start, line.end) }

  /// Behind a byte order mark, where there is one.
  public var textStart: UInt32 {
    bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
  }
}
