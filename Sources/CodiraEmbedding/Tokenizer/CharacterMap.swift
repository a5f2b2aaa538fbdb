/// The character map that sentencepiece compiles from its normalization rules: a double-array trie, then the results.
///
/// As in the reference a grapheme of fewer than six bytes is looked up whole, then its scalars one by one; what
/// counts is the shortest key that it starts with.
struct CharacterMap: Sendable, Equatable {
  private var units: [UInt32] = []
  private var results: [UInt8] = []
  /// The place of the result of each ASCII character, -1 for those that stay.
  private var near = [Int32](repeating: -1, count: 128)
  /// How many bytes the longest result has.
  private(set) var longest = 0

  enum Fault: Error {
    case base64, size, results
  }

  /// `text` is base64 of: the trie's size in bytes, its 32-bit units, the results with a zero byte after each.
  init(base64 text: String) throws(Fault) {
    guard let bytes = Base64.decode(text.utf8) else { throw .base64 }
    func unit(_ offset: Int) -> UInt32 {
      (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
    }
    guard bytes.count >= 4 else { throw .size }
    let size = Int(unit(0))
    guard size % 4 == 0, size <= bytes.count - 4 else { throw .size }
    units = (0..<size / 4).map { unit(4 + 4 * $0) }
    results = Array(bytes[(4 + size)...])
    for result in results.split(separator: 0) { longest = max(longest, result.count) }
    guard longest <= 1_024, String(validating: results, as: UTF8.self) != nil else { throw .results }
    for byte in UInt8(1)..<128 {
      near[Int(byte)] = withUnsafePointer(to: byte) {
        Int32(clamping: place(of: UnsafeBufferPointer(start: $0, count: 1)) ?? -1)
      }
    }
  }

  func apply(_ text: UnsafeBufferPointer<UInt8>, into result: inout [UInt8]) {
    if text.isASCII { return applyASCII(text, into: &result) }
    let string = String(decoding: text, as: UTF8.self)
    var index = string.startIndex
    var offset = 0
    while index < string.endIndex {
      index = string.index(after: index)
      let end = string.utf8.distance(from: string.startIndex, to: index)
      apply(grapheme: text[part: offset..<end], into: &result)
      offset = end
    }
  }

  private func applyASCII(_ text: UnsafeBufferPointer<UInt8>, into result: inout [UInt8]) {
    var offset = 0
    while offset < text.count {
      let byte = text[offset]
      // A carriage return with its line feed is one grapheme.
      if byte == 13, offset + 1 < text.count, text[offset + 1] == 10 {
        apply(grapheme: text[part: offset..<offset + 2], into: &result)
        offset += 2
        continue
      }
      if near[Int(byte)] < 0 { result.append(byte) } else { append(Int(near[Int(byte)]), to: &result) }
      offset += 1
    }
  }

  private func apply(grapheme: UnsafeBufferPointer<UInt8>, into result: inout [UInt8]) {
    if grapheme.count < 6, let place = place(of: grapheme) { return append(place, to: &result) }
    var offset = 0
    while offset < grapheme.count {
      let part = grapheme[part: offset..<offset + grapheme.scalar(at: offset).count]
      if let place = place(of: part) { append(place, to: &result) } else { result.append(contentsOf: part) }
      offset += part.count
    }
  }

  private func append(_ place: Int, to result: inout [UInt8]) {
    var place = place
    while place < results.count, results[place] != 0 {
      result.append(results[place])
      place += 1
    }
  }

  /// Where the result of the shortest key starts that begins the bytes.
  private func place(of bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let root = units.first else { return nil }
    var node = Self.child(root)
    for byte in bytes {
      node ^= Int(byte)
      guard byte != 0, node < units.count, units[node] & 0x8000_00FF == UInt32(byte) else { return nil }
      let unit = units[node]
      node ^= Self.child(unit)
      if unit & 0x100 != 0 { return node < units.count ? Int(units[node] & 0x7FFF_FFFF) : nil }
    }
    return nil
  }

  /// What the children's numbers are counted from, in a unit: its upper 22 bits, shifted by eight if bit 9 is set.
  private static func child(_ unit: UInt32) -> Int {
    Int(unit >> 10) << (unit & 0x200 == 0 ? 0 : 8)
  }
}

/// The usual base64, with padding or without.
enum Base64 {
  static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for character in text {
      if character == UInt8(ascii: "=") { break }
      guard let value = value(character) else { return nil }
      bits = bits << 6 | value
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }

  private static func value(_ character: UInt8) -> UInt32? {
    switch character {
    case 65...90: UInt32(character) - 65
    case 97...122: UInt32(character) - 71
    case 48...57: UInt32(character) + 4
    case 43: 62
    case 47: 63
    default: nil
    }
  }
}
