import CodiraModel

/// Named tensors in a memory-mapped safetensors file: eight bytes with the header's length, a JSON header, the data.
struct SafetensorsFile: Sendable {
  private struct Entry: Sendable {
    var type = ""
    var shape: [Int] = []
    var range = 0..<0
  }

  private let file: MappedFile
  private let dataOffset: Int
  private let entries: [String: Entry]

  /// Maps the file and checks its header: every tensor lies inside the file and has the size its shape says.
  init(path: String) throws(EmbeddingError) {
    file = try MappedFile(path: path)
    func malformed(_ reason: String) -> EmbeddingError { .malformed(path: path, reason: reason) }
    guard file.bytes.count >= 8 else { throw malformed("\(file.bytes.count) bytes, too short for a header") }
    let length = UInt64(littleEndian: file.bytes.loadUnaligned(as: UInt64.self))
    guard length <= UInt64(file.bytes.count - 8) else {
      throw malformed("a header of \(length) bytes in a file of \(file.bytes.count)")
    }
    dataOffset = 8 + Int(length)
    var found: [String: Entry] = [:]
    do {
      var reader = JSONReader(UnsafeRawBufferPointer(rebasing: file.bytes[8..<dataOffset]))
      try reader.object { name, reader throws(JSONError) in
        if name == "__metadata__" { return try reader.skip() }
        found[name] = try Self.entry(&reader)
      }
      try reader.end()
    } catch {
      throw malformed("header: \(error.reason) at byte \(8 + error.offset)")
    }
    for (name, entry) in found {
      guard entry.range.upperBound <= file.bytes.count - dataOffset else {
        throw malformed("tensor \(name) ends at data byte \(entry.range.upperBound), the file is cut short")
      }
      guard entry.type != "F32" || Self.byteCount(entry.shape) == entry.range.count else {
        throw malformed("tensor \(name) of shape \(entry.shape) has \(entry.range.count) bytes")
      }
    }
    entries = found
  }

  func has(_ name: String) -> Bool { entries[name] != nil }

  /// The float32 values of a tensor, row-major; valid as long as the file is held.
  func floats(_ name: String, shape: [Int]) throws(EmbeddingError) -> UnsafePointer<Float> {
    guard let entry = entries[name] else { throw .tensorMissing(path: file.path, tensor: name) }
    guard entry.type == "F32" else {
      throw .tensorType(path: file.path, tensor: name, expected: "F32", found: entry.type)
    }
    guard entry.shape == shape else {
      throw .tensorShape(path: file.path, tensor: name, expected: shape, found: entry.shape)
    }
    let start = dataOffset + entry.range.lowerBound
    guard start % 4 == 0, let base = file.bytes.baseAddress else {
      throw .malformed(path: file.path, reason: "tensor \(name) is not aligned to 4 bytes")
    }
    return (base + start).assumingMemoryBound(to: Float.self)
  }

  private static func entry(_ reader: inout JSONReader) throws(JSONError) -> Entry {
    var entry = Entry()
    var offsets: [Int] = []
    try reader.object { key, reader throws(JSONError) in
      switch key {
      case "dtype": entry.type = try reader.string()
      case "shape": try reader.array { reader throws(JSONError) in entry.shape.append(try reader.integer()) }
      case "data_offsets":
        try reader.array { reader throws(JSONError) in offsets.append(try reader.integer()) }
      default: try reader.skip()
      }
    }
    guard offsets.count == 2, offsets[0] >= 0, offsets[0] <= offsets[1], entry.shape.allSatisfy({ $0 >= 0 })
    else {
      throw JSONError(offset: reader.offset, reason: "two ascending data_offsets are expected")
    }
    entry.range = offsets[0]..<offsets[1]
    return entry
  }

  /// The bytes of so many floats, nil if no file can hold them.
  private static func byteCount(_ shape: [Int]) -> Int? {
    var count = 4
    for extent in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      if overflow { return nil }
      count = product
    }
    return count
  }
}
