/// Byte-level pair encoding: a word starts as its bytes; the pair that was learnt first is merged first.
struct BytePairModel: Sendable {
  /// The file's pieces, written in the alphabet that has a character for each byte.
  var vocabulary = Vocabulary(capacity: 30_000, prefix: [])
  var merges = MergeTable()
  /// The token of each byte, -1 for those that the vocabulary lacks.
  var symbols = [Int32](repeating: -1, count: 256)
  /// What a byte becomes that the vocabulary lacks; nothing if there is none.
  var unknown: Int32?
  var fusesUnknown = false
  /// Whether a word that is in the vocabulary is taken whole.
  var takesWholeWords = false

  /// Words longer than this are merged with a heap.
  private static let short = 48

  mutating func findSymbols() {
    for byte in UInt8.min...UInt8.max {
      symbols[Int(byte)] = vocabulary.id(of: String(ByteAlphabet.character(byte))) ?? -1
    }
  }

  func forEachToken(
    _ word: UnsafeBufferPointer<UInt8>, _ scratch: inout MergeScratch, _ body: (Int32) -> Bool
  ) -> Bool {
    if takesWholeWords, let id = wholeWord(word, &scratch) { return body(id) }
    scratch.ids.removeAll(keepingCapacity: true)
    start(word, &scratch.ids)
    if scratch.ids.count > Self.short { merges.mergeLong(&scratch) } else { merges.mergeShort(&scratch) }
    for id in scratch.ids where !body(id) { return false }
    return true
  }

  private func start(_ word: UnsafeBufferPointer<UInt8>, _ ids: inout [Int32]) {
    var isAfterUnknown = false
    for byte in word {
      let id = symbols[Int(byte)]
      if id >= 0 { ids.append(id) }
      if id < 0, let unknown, !(fusesUnknown && isAfterUnknown) { ids.append(unknown) }
      isAfterUnknown = id < 0
    }
  }

  private func wholeWord(_ word: UnsafeBufferPointer<UInt8>, _ scratch: inout MergeScratch) -> Int32? {
    scratch.spelling.removeAll(keepingCapacity: true)
    for byte in word { scratch.spelling.append(scalar: ByteAlphabet.character(byte).value) }
    return scratch.spelling.withUnsafeBufferPointer { vocabulary.id(of: $0) }
  }
}

/// The characters that byte-level vocabularies are written in: printable ones of Latin-1 are themselves, the other
/// bytes follow from U+0100 on, in order.
enum ByteAlphabet {
  static func character(_ byte: UInt8) -> Unicode.Scalar { table[Int(byte)] }

  private static let table: [Unicode.Scalar] = {
    var next: UInt32 = 0x100
    return (UInt8.min...UInt8.max).map { byte in
      if 33...126 ~= byte || 161...172 ~= byte || byte >= 174 { return Unicode.Scalar(byte) }
      next += 1
      return Unicode.Scalar(next - 1)!
    }
  }()
}
