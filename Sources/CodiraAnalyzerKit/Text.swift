import CCodiraAnalyzer

/// Borrowed UTF-8 bytes: of the source, of the output's arena, or of a literal.
///
/// Copying one costs nothing. It is valid as long as what it points into: for source and arena until `analyze`
/// returns.
@frozen
public struct Text: Hashable, @unchecked Sendable {
  @usableFromInline let raw: codira_string

  @inlinable
  public init(_ bytes: UnsafeRawBufferPointer) {
    raw = codira_string(data: bytes.baseAddress?.assumingMemoryBound(to: CChar.self), length: bytes.count)
  }

  @inlinable
  init(raw: codira_string) { self.raw = raw }

  /// No bytes.
  @inlinable public static var empty: Text { Text(raw: codira_string(data: nil, length: 0)) }

  @inlinable public var count: Int { raw.length }
  @inlinable public var isEmpty: Bool { raw.length == 0 }

  @inlinable public var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: raw.data, count: raw.length)
  }

  @inlinable public subscript(index: Int) -> UInt8 { bytes[index] }

  /// The bytes `range`, counted from this text's start.
  @inlinable
  public subscript(range: Range<Int>) -> Text { Text(UnsafeRawBufferPointer(rebasing: bytes[range])) }

  @inlinable
  public func dropFirst(_ count: Int) -> Text { self[min(count, self.count)..<self.count] }

  @inlinable
  public func dropLast(_ count: Int) -> Text { self[0..<max(0, self.count - count)] }

  @inlinable
  public static func == (left: Text, right: Text) -> Bool {
    guard left.raw.length == right.raw.length else { return false }
    if left.raw.length == 0 || left.raw.data == right.raw.data { return true }
    return left.bytes.elementsEqual(right.bytes)
  }

  /// FNV-1a over the bytes, then the standard hasher once: names are short and looked up often.
  @inlinable
  public func hash(into hasher: inout Hasher) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hasher.combine(hash)
  }

  public func hasPrefix(_ prefix: Text) -> Bool { count >= prefix.count && self[0..<prefix.count] == prefix }

  public func hasSuffix(_ suffix: Text) -> Bool {
    count >= suffix.count && self[(count - suffix.count)..<count] == suffix
  }

  public func firstIndex(of byte: Unicode.Scalar) -> Int? { bytes.firstIndex(of: UInt8(ascii: byte)) }

  public func lastIndex(of byte: Unicode.Scalar) -> Int? { bytes.lastIndex(of: UInt8(ascii: byte)) }

  /// Without spaces, tabs and line ends on either side.
  public var trimmed: Text {
    var start = 0
    var end = count
    while start < end, Text.isSpace(self[start]) { start += 1 }
    while end > start, Text.isSpace(self[end - 1]) { end -= 1 }
    return self[start..<end]
  }

  /// Space, tab, LF, CR, form feed.
  @inlinable
  public static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

  /// The line ends (LF, CRLF or a lone CR) in a text of white space; nil where anything else is in it.
  public var lineEndsOfBlanks: Int? {
    var count = 0
    var last: UInt8 = 0
    for byte in bytes {
      guard Text.isSpace(byte) else { return nil }
      if byte == 0x0D || (byte == 0x0A && last != 0x0D) { count += 1 }
      last = byte
    }
    return count
  }

  /// The pieces between the bytes that equal `separator`; n separators make n + 1 pieces.
  public func split(at separator: Unicode.Scalar) -> [Text] {
    var pieces: [Text] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: separator) {
      pieces.append(self[start..<index])
      start = index + 1
    }
    pieces.append(self[start..<count])
    return pieces
  }
}

extension Text: ExpressibleByStringLiteral {
  @inlinable
  public init(stringLiteral literal: StaticString) {
    self.init(UnsafeRawBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }
}

extension Text: CustomStringConvertible {
  /// A copy; ill-formed UTF-8 becomes U+FFFD.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
