/// Little-endian numbers of a file, nil beyond its end.
struct ELFBytes {
  private let bytes: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var count: Int { bytes.count }

  func byte(_ offset: UInt64) -> UInt8? { number(offset) }
  func uint16(_ offset: UInt64) -> UInt16? { number(offset).map(UInt16.init(littleEndian:)) }
  func uint32(_ offset: UInt64) -> UInt32? { number(offset).map(UInt32.init(littleEndian:)) }
  func uint64(_ offset: UInt64) -> UInt64? { number(offset).map(UInt64.init(littleEndian:)) }

  func matches(_ text: [UInt8], at offset: UInt64) -> Bool {
    guard let start = Int(exactly: offset), start <= bytes.count, bytes.count - start >= text.count else {
      return false
    }
    return bytes[start..<start + text.count].elementsEqual(text)
  }

  /// What stands before the next zero byte, at most a path's length.
  func text(_ offset: UInt64) -> String? {
    guard let start = Int(exactly: offset), start < bytes.count else { return nil }
    let rest = bytes[start...].prefix(4096)
    guard let end = rest.firstIndex(of: 0) else { return nil }
    return String(decoding: rest[..<end], as: UTF8.self)
  }

  private func number<Number: FixedWidthInteger>(_ offset: UInt64) -> Number? {
    let size = MemoryLayout<Number>.size
    guard let start = Int(exactly: offset), start <= bytes.count, bytes.count - start >= size else {
      return nil
    }
    return bytes.loadUnaligned(fromByteOffset: start, as: Number.self)
  }
}
