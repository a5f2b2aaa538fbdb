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

  /// Maps the file and checks its header: every tensor lies inside the file, beside all others, and has the size its
  /// shape says.
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
      guard let size = Self.elementSizes[entry.type] else { continue }
      guard Self.byteCount(entry.shape, size) == entry.range.count else {
        throw malformed("tensor \(name) of shape \(entry.shape) has \(entry.range.count) bytes")
      }
    }
    let ordered = found.filter { !$0.value.range.isEmpty }
      .sorted { $0.value.range.lowerBound < $1.value.range.lowerBound }
    for (left, right) in zip(ordered, ordered.dropFirst())
    where left.value.range.upperBound > right.value.range.lowerBound {
      throw malformed("tensors \(left.key) and \(right.key) overlap")
    }
    entries = found
  }

  var path: String { file.path }

  func has(_ name: String) -> Bool { entries[name] != nil }

  func shape(_ name: String) -> [Int]? { entries[name]?.shape }

  /// A tensor of one or two dimensions in a format of the encoder; valid as long as the file is held.
  func tensor(_ name: String, shape: [Int]) throws(EmbeddingError) -> TensorView {
    let supported = TensorView.Element.allCases
    let (type, start) = try place(name, types: supported.map(\.rawValue), shape: shape)
    return TensorView(
      start: start, element: supported.first { $0.rawValue == type } ?? .float32,
      rows: shape.count == 2 ? shape[0] : 1, columns: shape.last ?? 1)
  }

  /// The type and the first byte of a tensor that has one of the types and this shape.
  func place(
    _ name: String, types: [String], shape: [Int]
  ) throws(EmbeddingError) -> (type: String, start: UnsafeRawPointer) {
    guard let entry = entries[name] else { throw .tensorMissing(path: file.path, tensor: name) }
    guard types.contains(entry.type) else {
      throw .tensorType(
        path: file.path, tensor: name, expected: types.joined(separator: " or "), found: entry.type)
    }
    guard entry.shape == shape else {
      throw .tensorShape(path: file.path, tensor: name, expected: shape, found: entry.shape)
    }
    let start = dataOffset + entry.range.lowerBound
    let size = Self.elementSizes[entry.type] ?? 1
    guard start % size == 0, let base = file.bytes.baseAddress else {
      throw .malformed(path: file.path, reason: "tensor \(name) is not aligned to \(size) bytes")
    }
    return (entry.type, base + start)
  }

  private static let elementSizes = [
    "BOOL": 1, "U8": 1, "I8": 1, "F8_E4M3": 1, "F8_E5M2": 1, "I16": 2, "U16": 2, "F16": 2, "BF16": 2,
    "I32": 4,
    "U32": 4, "F32": 4, "I64": 8, "U64": 8, "F64": 8,
  ]

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

  /// The bytes of so many values, nil if no file can hold them.
  private static func byteCount(_ shape: [Int], _ size: Int) -> Int? {
    var count = size
    for extent in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      if overflow { return nil }
      count = product
    }
    return count
  }
}
