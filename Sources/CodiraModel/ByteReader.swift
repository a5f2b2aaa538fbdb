/// Why packed bytes could not be read: what was expected and at which offset.
package struct ByteReaderError: Error, Equatable {
  package let expected: String
  package let offset: Int

  package init(expected: String, offset: Int) {
    self.expected = expected
    self.offset = offset
  }
}

/// Reads what `ByteWriter` wrote, from bytes that may lie: every step is bounds-checked.
///
/// The bytes are borrowed: a reader lives inside the closure that lends them.
package struct ByteReader {
  private let bytes: UnsafeRawBufferPointer
  package private(set) var offset: Int

  package init(_ bytes: UnsafeRawBufferPointer, offset: Int = 0) {
    self.bytes = bytes
    self.offset = offset
  }

  package var isAtEnd: Bool { offset >= bytes.count }
  package var remaining: Int { bytes.count - offset }

  package mutating func readByte() throws(ByteReaderError) -> UInt8 {
    guard offset < bytes.count else { throw ByteReaderError(expected: "a byte", offset: offset) }
    defer { offset += 1 }
    return bytes[offset]
  }

  /// Nearly every stored number is one byte.
  @inline(__always)
  package mutating func readUInt64() throws(ByteReaderError) -> UInt64 {
    if offset < bytes.count, bytes[offset] < 0x80 {
      defer { offset += 1 }
      return UInt64(bytes[offset])
    }
    return try readLongUInt64()
  }

  private mutating func readLongUInt64() throws(ByteReaderError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try readByte()
      guard shift < 63 || byte <= 1 else {
        throw ByteReaderError(expected: "a number of at most 64 bits", offset: offset)
      }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }

  package mutating func readUInt32() throws(ByteReaderError) -> UInt32 {
    let value = try readUInt64()
    guard let narrow = UInt32(exactly: value) else {
      throw ByteReaderError(expected: "a number of at most 32 bits", offset: offset)
    }
    return narrow
  }

  package mutating func readSigned() throws(ByteReaderError) -> Int64 {
    let value = try readUInt64()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  /// A count of things of at least `minimumSize` bytes each, so that a lying count cannot reserve memory.
  package mutating func readCount(minimumSize: Int = 1) throws(ByteReaderError) -> Int {
    let value = try readUInt64()
    guard value <= UInt64(remaining / max(minimumSize, 1)) else {
      throw ByteReaderError(expected: "a count that fits the rest", offset: offset)
    }
    return Int(value)
  }

  /// A length and that many bytes; ill-formed UTF-8 becomes U+FFFD.
  package mutating func readString() throws(ByteReaderError) -> String {
    let count = try readCount()
    defer { offset += count }
    return String(decoding: bytes[offset..<(offset + count)], as: UTF8.self)
  }

  /// A length and that many bytes, which must be well-formed UTF-8.
  package mutating func readWellFormedString() throws(ByteReaderError) -> String {
    let count = try readCount()
    guard let text = String(validating: bytes[offset..<(offset + count)], as: UTF8.self) else {
      throw ByteReaderError(expected: "well-formed UTF-8", offset: offset)
    }
    offset += count
    return text
  }

  package mutating func readBytes() throws(ByteReaderError) -> [UInt8] {
    let count = try readCount()
    defer { offset += count }
    return Array(bytes[offset..<(offset + count)])
  }

  /// A length and that many bytes, borrowed as long as the reader's own.
  package mutating func borrowBytes() throws(ByteReaderError) -> UnsafeRawBufferPointer {
    let count = try readCount()
    defer { offset += count }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + count)])
  }

  /// Passes over what lies before `end`, an offset that a length read before gave.
  mutating func skip(to end: Int) { offset = end }

  /// Passes over a length and that many bytes.
  package mutating func skipString() throws(ByteReaderError) { offset += try readCount() }
}
