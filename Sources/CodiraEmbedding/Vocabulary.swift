import Glibc

/// The pieces of a WordPiece vocabulary by their bytes: a hash table that answers "the longest piece from here".
///
/// Pieces that continue a word start with `##` in the file; here they are kept apart, without it.
struct Vocabulary: Sendable {
  /// The start of a word or its continuation; each is a seed of the hash.
  enum Place: UInt32, Sendable {
    case start = 2_166_136_261
    case inside = 3_736_420_213
  }

  private struct Piece: Sendable {
    let offset: UInt32
    let count: UInt16
    let isInside: Bool
    let id: Int32
  }

  private var text: [UInt8] = []
  private var pieces: [Piece] = []
  private var slots: [Int32]
  private var longest = 1

  init(capacity: Int) {
    var size = 64
    while size < 3 * capacity { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    pieces.reserveCapacity(capacity)
  }

  /// The largest id of any piece.
  private(set) var largestID: Int32 = 0

  /// Adds a piece as it is written in the vocabulary file; the last of two equal pieces counts, as in the reference.
  mutating func insert(_ written: UnsafeBufferPointer<UInt8>, id: Int32) {
    let hash = UInt8(ascii: "#")
    let isInside = written.count > 2 && written[0] == hash && written[1] == hash
    let bytes = isInside ? UnsafeBufferPointer(rebasing: written[2...]) : written
    let place = isInside ? Place.inside : .start
    guard bytes.count <= UInt16.max else { return }
    if 2 * (pieces.count + 1) > slots.count { grow() }
    let entry = Piece(offset: UInt32(text.count), count: UInt16(bytes.count), isInside: isInside, id: id)
    let free = slot(of: bytes, hash: Self.hash(bytes, place), place)
    text.append(contentsOf: bytes)
    longest = max(longest, bytes.count)
    largestID = max(largestID, id)
    slots[free] = Int32(pieces.count)
    pieces.append(entry)
  }

  /// The id of one whole piece.
  func id(of piece: String) -> Int32? {
    let bytes = Array(piece.utf8)
    return bytes.withUnsafeBufferPointer { bytes in
      let found = slots[slot(of: bytes, hash: Self.hash(bytes, .start), .start)]
      return found < 0 ? nil : pieces[Int(found)].id
    }
  }

  /// The longest piece that `word` starts with, in whole characters, and how many bytes it has.
  func longestPiece(_ word: Slice<UnsafeBufferPointer<UInt8>>, _ place: Place) -> (id: Int32, count: Int)? {
    let word = UnsafeBufferPointer(rebasing: word)
    var best: (id: Int32, count: Int)?
    var hash = place.rawValue
    let limit = min(word.count, longest)
    for length in 1...max(limit, 1) where length <= limit {
      hash = Self.step(hash, word[length - 1])
      // A character goes on after this byte: no piece ends here.
      if length < word.count, word[length] & 0xC0 == 0x80 { continue }
      let found = slots[slot(of: UnsafeBufferPointer(rebasing: word[..<length]), hash: hash, place)]
      if found >= 0 { best = (pieces[Int(found)].id, length) }
    }
    return best
  }

  /// The slot that holds the piece, or the free one where it belongs.
  private func slot(of bytes: UnsafeBufferPointer<UInt8>, hash: UInt32, _ place: Place) -> Int {
    var slot = Int(hash ^ hash >> 15) & (slots.count - 1)
    while slots[slot] >= 0 {
      let piece = pieces[Int(slots[slot])]
      if Int(piece.count) == bytes.count, piece.isInside == (place == .inside), equals(piece, bytes) {
        return slot
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private func equals(_ piece: Piece, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let start = bytes.baseAddress else { return true }
    return text.withUnsafeBytes { memcmp($0.baseAddress! + Int(piece.offset), start, bytes.count) == 0 }
  }

  private mutating func grow() {
    let old = slots
    slots = [Int32](repeating: -1, count: 2 * old.count)
    for index in old where index >= 0 {
      let piece = pieces[Int(index)]
      let place = piece.isInside ? Place.inside : .start
      let bytes = Array(text[Int(piece.offset)..<Int(piece.offset) + Int(piece.count)])
      let free = bytes.withUnsafeBufferPointer { slot(of: $0, hash: Self.hash($0, place), place) }
      slots[free] = index
    }
  }

  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Place) -> UInt32 {
    bytes.reduce(place.rawValue, step)
  }

  private static func step(_ hash: UInt32, _ byte: UInt8) -> UInt32 {
    (hash ^ UInt32(byte)) &* 16_777_619
  }
}
