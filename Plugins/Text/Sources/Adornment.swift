import CodiraAnalyzerKit

/// A line of one kind of punctuation that sets a title off.
struct Adornment: Equatable {
  var byte: UInt8
  var length: Int

  /// nil where the line holds anything else.
  init?(_ line: Text) {
    let end = line.bytes.lastIndex { !Text.isSpace($0) }
    guard let end, Adornment.isPunctuation(line[0]) else { return nil }
    for index in 0...end where line[index] != line[0] { return nil }
    byte = line[0]
    length = end + 1
  }

  /// Whether it is long enough for a title: as long, or four; half as long at least.
  func fits(_ title: Text) -> Bool {
    let width = title.bytes.count { $0 & 0xC0 != 0x80 }
    return length >= width || (length >= 4 && length * 2 >= width)
  }

  private static func isPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }
}
