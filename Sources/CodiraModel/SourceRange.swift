/// A place in a source file: byte offset from 0, line from 1, column as 1 + bytes from the line's start.
public struct SourcePosition: Hashable, Comparable, Sendable {
  public var offset: UInt32
  public var line: UInt32
  public var column: UInt32

  public init(offset: UInt32, line: UInt32, column: UInt32) {
    self.offset = offset
    self.line = line
    self.column = column
  }

  public static func < (left: SourcePosition, right: SourcePosition) -> Bool { left.offset < right.offset }
}

/// The part of a source file from `start` up to, not including, `end`.
public struct SourceRange: Hashable, Sendable {
  public var start: SourcePosition
  public var end: SourcePosition

  public init(start: SourcePosition, end: SourcePosition) {
    self.start = start
    self.end = end
  }

  public var byteCount: Int { Int(end.offset) - Int(start.offset) }

  /// The last line that holds a byte of the range: an end in column 1 belongs to the line before it.
  public var lastLine: UInt32 {
    end.column == 1 && end.line > start.line ? end.line - 1 : end.line
  }
}

/// Bytes `start ..< end` of a source file.
public struct ByteSpan: Hashable, Sendable {
  public var start: UInt32
  public var end: UInt32

  public init(start: UInt32, end: UInt32) {
    self.start = start
    self.end = end
  }
}
