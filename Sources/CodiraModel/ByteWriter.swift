/// Appends numbers and strings in the compact form that `ByteReader` reads.
///
/// Integers are LEB128; strings are a length and their UTF-8 bytes.
package struct ByteWriter {
  package private(set) var bytes: [UInt8] = []

  package init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  package mutating func write(_ byte: UInt8) { bytes.append(byte) }

  package mutating func write(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  package mutating func write(_ value: UInt32) { write(UInt64(value)) }
  package mutating func write(_ value: Int) { write(UInt64(value)) }

  /// Signed values in zigzag form.
  package mutating func writeSigned(_ value: Int64) {
    write(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  package mutating func write(_ text: String) {
    var text = text
    text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
  }

  /// A length and the bytes.
  package mutating func write(_ content: UnsafeRawBufferPointer) {
    write(UInt64(content.count))
    bytes.append(contentsOf: content)
  }

  package mutating func append(_ content: [UInt8]) { bytes.append(contentsOf: content) }

  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
