import Glibc

/// The pieces of a vocabulary by their bytes: a hash table that answers "the longest piece from here".
///
/// In a WordPiece vocabulary, pieces that continue a word start with a prefix, mostly `##`, in the file; here they are
/// kept apart, without it.
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

  /// Longer pieces than this are no piece of any text: they are left out.
  static let longestPiece = 4_096

  private var text: [UInt8] = []
  private var pieces: [Piece] = []
  private var slots: [Int32]
  private var longest = 1
  private let prefix: [UInt8]
  private let prefixMayStart: Bool
  /// A bit for the hash of each piece and of each start of one: where it is not set, no longer piece can follow.
  private var starts: [UInt64] = []

  /// `isSearchedThroughout` makes `forEachPiece` fast, and is needed for it.
  init(capacity: Int, prefix: [UInt8] = Array("##".utf8), isSearchedThroughout: Bool = false) {
    var size = 64
    while size < 3 * capacity { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    pieces.reserveCapacity(capacity)
    self.prefix = prefix
    prefixMayStart = prefix.contains {
      $0 >= 0x80 || $0 >= 0x30 && $0 <= 0x39 || $0 | 32 >= 97 && $0 | 32 <= 122
    }
    if isSearchedThroughout { starts = [UInt64](repeating: 0, count: max(slots.count / 8, 64)) }
  }

  /// The number of pieces, equal ones counted each.
  var count: Int { pieces.count }

  /// The largest id of any piece.
  private(set) var largestID: Int32 = 0

  /// Adds a piece as it is written in the vocabulary file; the last of two equal pieces counts, as in the reference.
  mutating func insert(_ written: UnsafeBufferPointer<UInt8>, id: Int32) {
    largestID = max(largestID, id)
    guard !prefix.isEmpty, written.count > prefix.count, written.starts(with: prefix, at: 0) else {
      return insert(written, .start, id: id)
    }
    insert(UnsafeBufferPointer(rebasing: written[prefix.count...]), .inside, id: id)
    if prefixMayStart { insert(written, .start, id: id) }
  }

  private mutating func insert(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Place, id: Int32) {
    guard bytes.count <= Self.longestPiece, text.count < 1 << 31 else { return }
    if 2 * (pieces.count + 1) > slots.count { grow() }
    let entry = Piece(
      offset: UInt32(text.count), count: UInt16(bytes.count), isInside: place == .inside, id: id)
    let free = slot(of: bytes, hash: Self.hash(bytes, place), place)
    text.append(contentsOf: bytes)
    longest = max(longest, bytes.count)
    slots[free] = Int32(pieces.count)
    pieces.append(entry)
    if !starts.isEmpty { markStarts(bytes) }
  }

  /// The id of one whole piece.
  func id(of piece: String) -> Int32? {
    var piece = piece
    return piece.withUTF8 { id(of: $0) }
  }

  func id(of bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    let found = slots[slot(of: bytes, hash: Self.hash(bytes, .start), .start)]
    return found < 0 ? nil : pieces[Int(found)].id
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

  /// Calls `body` with the id and length of every piece that the text has at `offset`, the shortest first.
  func forEachPiece(_ text: UnsafeBufferPointer<UInt8>, from offset: Int, _ body: (Int32, Int) -> Void) {
    var hash = Place.start.rawValue
    for length in 1...longest where offset + length <= text.count {
      hash = Self.step(hash, text[offset + length - 1])
      if offset + length < text.count, text[offset + length] & 0xC0 == 0x80 { continue }
      let (word, bit) = startBit(hash)
      if starts[word] & bit == 0 { return }
      let found = slots[slot(of: text[part: offset..<offset + length], hash: hash, .start)]
      if found >= 0 { body(pieces[Int(found)].id, length) }
    }
  }

  private mutating func markStarts(_ bytes: UnsafeBufferPointer<UInt8>) {
    var hash = Place.start.rawValue
    for byte in bytes {
      hash = Self.step(hash, byte)
      let (word, bit) = startBit(hash)
      starts[word] |= bit
    }
  }

  private func startBit(_ hash: UInt32) -> (word: Int, bit: UInt64) {
    let place = Int(hash ^ hash >> 13) & (64 * starts.count - 1)
    return (place >> 6, 1 << UInt64(place & 63))
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
    guard !starts.isEmpty else { return }
    starts = [UInt64](repeating: 0, count: max(slots.count / 8, 64))
    for piece in pieces {
      let bytes = Array(text[Int(piece.offset)..<Int(piece.offset) + Int(piece.count)])
      bytes.withUnsafeBufferPointer { markStarts($0) }
    }
  }

  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Place) -> UInt32 {
    bytes.reduce(place.rawValue, step)
  }

  private static func step(_ hash: UInt32, _ byte: UInt8) -> UInt32 {
    (hash ^ UInt32(byte)) &* 16_777_619
  }
}
