/// Memory for everything that one file's artifacts point into: taken piece by piece, given back at once.
///
/// Holds plain values only (`Text`, `Chain`, numbers): nothing is destroyed at `reset`.
public final class Arena {
  private static let chunkSize = 256 << 10

  private var chunks: [UnsafeMutableRawBufferPointer] = []
  private var current = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  private var used = 0

  public init() {}

  deinit {
    for chunk in chunks { chunk.deallocate() }
  }

  /// Forgets everything; keeps the first chunk for the next file.
  public func reset() {
    while chunks.count > 1 { chunks.removeLast().deallocate() }
    current = chunks.first ?? UnsafeMutableRawBufferPointer(start: nil, count: 0)
    used = 0
  }

  /// Uninitialized room for `count` values.
  public func allocate<Value>(_ type: Value.Type, count: Int) -> UnsafeMutablePointer<Value> {
    let size = count * MemoryLayout<Value>.stride
    let start = (used + 7) & ~7
    if start + size > current.count { return grow(size).bindMemory(to: Value.self, capacity: count) }
    used = start + size
    return (current.baseAddress! + start).bindMemory(to: Value.self, capacity: count)
  }

  private func grow(_ size: Int) -> UnsafeMutableRawPointer {
    let chunk = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(size, Arena.chunkSize), alignment: MemoryLayout<UInt64>.alignment)
    chunks.append(chunk)
    current = chunk
    used = size
    return chunk.baseAddress!
  }

  public func copy(_ bytes: UnsafeRawBufferPointer) -> Text {
    guard !bytes.isEmpty else { return .empty }
    let place = allocate(UInt8.self, count: bytes.count)
    UnsafeMutableRawPointer(place).copyMemory(from: bytes.baseAddress!, byteCount: bytes.count)
    return Text(UnsafeRawBufferPointer(start: place, count: bytes.count))
  }

  public func copy(_ bytes: [UInt8]) -> Text { bytes.withUnsafeBytes { copy($0) } }

  public func copy(_ text: String) -> Text {
    var text = text
    return text.withUTF8 { copy(UnsafeRawBufferPointer($0)) }
  }

  /// The text itself where it is UTF-8; else a copy with U+FFFD for what is not, as the host would read it: two
  /// names that differ in such bytes alone are one.
  public func repaired(_ text: Text) -> Text {
    guard text.bytes.contains(where: { $0 >= 0x80 }), String(validating: text.bytes, as: UTF8.self) == nil
    else { return text }
    return copy(String(decoding: text.bytes, as: UTF8.self))
  }

  public func copy<Value>(_ values: [Value]) -> UnsafeBufferPointer<Value> {
    guard !values.isEmpty else { return UnsafeBufferPointer(start: nil, count: 0) }
    let place = allocate(Value.self, count: values.count)
    values.withUnsafeBufferPointer { place.initialize(from: $0.baseAddress!, count: values.count) }
    return UnsafeBufferPointer(start: place, count: values.count)
  }

  /// `left`, `separator`, `right` in one text.
  public func join(_ left: Text, _ separator: Text = "", _ right: Text) -> Text {
    let size = left.count + separator.count + right.count
    guard size > 0 else { return .empty }
    let place = UnsafeMutableRawPointer(allocate(UInt8.self, count: size))
    var offset = 0
    for part in [left, separator, right] where !part.isEmpty {
      (place + offset).copyMemory(from: part.bytes.baseAddress!, byteCount: part.count)
      offset += part.count
    }
    return Text(UnsafeRawBufferPointer(start: place, count: size))
  }

  public func join(_ parts: some Sequence<Text>, separator: Text) -> Text {
    parts.reduce(.empty) { $0.isEmpty ? $1 : join($0, separator, $1) }
  }
}
