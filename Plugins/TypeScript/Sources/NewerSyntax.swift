import CodiraAnalyzerKit

/// Words that the grammar does not know, and that say nothing about what is defined or called.
///
/// `type` of `export type * from`, `in out` of `in out T`: spaces of the same length in their place.
enum NewerSyntax {
  /// Whether something was blanked; then `buffer` holds the source so.
  static func blank(_ bytes: UnsafeRawBufferPointer, into buffer: inout [UInt8]) -> Bool {
    var isChanged = false
    var index = 0
    while index + 6 < bytes.count {
      defer { index += 1 }
      guard let word = word(bytes, index) else { continue }
      if !isChanged {
        buffer.removeAll(keepingCapacity: true)
        buffer.append(contentsOf: bytes)
        isChanged = true
      }
      for place in word { buffer[place] = 0x20 }
    }
    return isChanged
  }

  /// The word to blank that begins behind `export ` or `in ` at `index`.
  private static func word(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Range<Int>? {
    if begins(bytes, index, "export type "), index + 12 < bytes.count,
      bytes[index + 12] == UInt8(ascii: "*")
    {
      return (index + 7)..<(index + 11)
    }
    guard begins(bytes, index, "in out "), index > 0 else { return nil }
    let before = bytes[index - 1]
    let isParameter =
      before == UInt8(ascii: "<") || before == UInt8(ascii: ",") || Text.isSpace(before)
    return isParameter ? index..<(index + 6) : nil
  }

  private static func begins(_ bytes: UnsafeRawBufferPointer, _ index: Int, _ word: StaticString)
    -> Bool
  {
    guard bytes[index] == word.utf8Start[0], index + word.utf8CodeUnitCount <= bytes.count else {
      return false
    }
    for offset in 1..<word.utf8CodeUnitCount where bytes[index + offset] != word.utf8Start[offset] {
      return false
    }
    return true
  }
}
