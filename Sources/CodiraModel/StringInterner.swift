/// Gives every distinct string of a file an index, from bytes that are only borrowed.
///
/// Strings are kept one after the other, each behind its length, as `ByteWriter` writes them. Ill-formed UTF-8
/// is repaired to U+FFFD once, when a string is first seen; afterwards its repaired form is what is kept.
struct StringInterner {
  private struct Entry {
    var hash: UInt32
    var start: UInt32
    var count: UInt32
  }

  /// Index + 1 of the entry that lives here, 0 where free; the count is a power of two.
  private var slots: [UInt32]
  private var entries: [Entry] = []
  private(set) var strings = ByteWriter(capacity: 4096)

  init() { slots = [UInt32](repeating: 0, count: 512) }

  var count: Int { entries.count }

  mutating func index(of text: UnsafeRawBufferPointer) -> Int {
    let hash = Self.hash(text)
    if let known = find(text, hash: hash) { return known }
    if Self.isASCII(text) { return insert(text, hash: hash) }
    var repaired = String(decoding: text, as: UTF8.self)
    return repaired.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      if Self.equal(bytes, text) { return insert(text, hash: hash) }
      let hash = Self.hash(bytes)
      return find(bytes, hash: hash) ?? insert(bytes, hash: hash)
    }
  }

  /// Whether `text`, well-formed, is the string of `index`.
  func isEqual(_ text: UnsafeRawBufferPointer, _ index: Int) -> Bool {
    let entry = entries[index]
    return strings.bytes.withUnsafeBytes { kept in
      let start = Int(entry.start)
      return Self.equal(UnsafeRawBufferPointer(rebasing: kept[start..<start + Int(entry.count)]), text)
    }
  }

  /// Forgets every string and keeps the memory, unless it grew far beyond what a usual file needs.
  mutating func removeAll() {
    if slots.count > 1 << 16 {
      self = StringInterner()
      return
    }
    entries.removeAll(keepingCapacity: true)
    strings.removeAll()
    slots.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
  }

  private func find(_ text: UnsafeRawBufferPointer, hash: UInt32) -> Int? {
    let mask = slots.count - 1
    return strings.bytes.withUnsafeBytes { kept in
      var slot = Int(hash) & mask
      while slots[slot] != 0 {
        let index = Int(slots[slot]) - 1
        let entry = entries[index]
        if entry.hash == hash, Int(entry.count) == text.count {
          let start = Int(entry.start)
          let known = UnsafeRawBufferPointer(rebasing: kept[start..<start + text.count])
          if Self.equal(known, text) { return index }
        }
        slot = (slot + 1) & mask
      }
      return nil
    }
  }

  private mutating func insert(_ text: UnsafeRawBufferPointer, hash: UInt32) -> Int {
    if entries.count * 2 >= slots.count { grow() }
    strings.write(text)
    let start = strings.bytes.count - text.count
    entries.append(Entry(hash: hash, start: UInt32(start), count: UInt32(text.count)))
    place(hash, entries.count)
    return entries.count - 1
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (index, entry) in entries.enumerated() { place(entry.hash, index + 1) }
  }

  private mutating func place(_ hash: UInt32, _ value: Int) {
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = UInt32(value)
  }

  /// Multiplies and folds eight bytes at a time; a table of one file needs spread, not secrecy.
  private static func hash(_ text: UnsafeRawBufferPointer) -> UInt32 {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: text.count)
    forEachWord(text) { word in
      state = (state ^ word) &* 0xD6E8_FEB8_6659_FD93
      state ^= state >> 32
    }
    return UInt32(truncatingIfNeeded: state ^ state >> 29)
  }

  private static func isASCII(_ text: UnsafeRawBufferPointer) -> Bool {
    var all: UInt64 = 0
    forEachWord(text) { all |= $0 }
    return all & 0x8080_8080_8080_8080 == 0
  }

  private static func equal(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    guard left.count == right.count else { return false }
    var place = 0
    while place + 8 <= left.count {
      let a = left.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      let b = right.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      if a != b { return false }
      place += 8
    }
    while place < left.count {
      if left[place] != right[place] { return false }
      place += 1
    }
    return true
  }

  /// Eight bytes at a time, the last word filled up with zeros.
  @inline(__always)
  private static func forEachWord(_ text: UnsafeRawBufferPointer, _ body: (UInt64) -> Void) {
    var place = 0
    while place + 8 <= text.count {
      body(text.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      place += 8
    }
    var last: UInt64 = 0
    while place < text.count {
      last = last << 8 | UInt64(text[place])
      place += 1
    }
    body(last)
  }
}
