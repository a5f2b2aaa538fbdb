import CodiraAnalyzerKit

/// Finds brackets that were never closed.
///
/// A line that begins with `def` or `class` cannot stand inside brackets, so those that are open there are blanked.
/// What follows is then read as if they were not there.
struct OpenLines {
  private let bytes: UnsafeRawBufferPointer
  private var open: [Int] = []
  private(set) var blanks: [Int] = []

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    scan()
  }

  /// A copy of the source without them.
  var repaired: [UInt8] {
    var copy = [UInt8](bytes)
    for index in blanks { copy[index] = UInt8(ascii: " ") }
    for index in copy.indices where copy[index] == 0x0D && byte(index + 1) != 0x0A { copy[index] = 0x0A }
    return copy
  }

  private func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  private mutating func scan() {
    var index = 0
    var isLineStart = true
    while index < bytes.count {
      let byte = bytes[index]
      if isLineStart, !open.isEmpty, startsDefinition(index) {
        blanks.append(contentsOf: open)
        open.removeAll()
      }
      switch byte {
      case UInt8(ascii: " "), 0x09: index += 1
      case 0x0A, 0x0D:
        isLineStart = true
        index += 1
        continue
      case UInt8(ascii: "#"): index = endOfLine(index)
      case UInt8(ascii: "\""), UInt8(ascii: "'"): index = endOfString(index)
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
        open.append(index)
        index += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        _ = open.popLast()
        index += 1
      default: index += 1
      }
      if byte != UInt8(ascii: " "), byte != 0x09 { isLineStart = false }
    }
  }

  private func startsDefinition(_ index: Int) -> Bool {
    let rest = Text(UnsafeRawBufferPointer(rebasing: bytes[index..<min(index + 10, bytes.count)]))
    return rest.hasPrefix("def ") || rest.hasPrefix("class ") || rest.hasPrefix("async def ")
  }

  private func endOfLine(_ start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
    return index
  }

  /// Behind the string that begins at `start`; a plain one ends with its line at the latest.
  private func endOfString(_ start: Int) -> Int {
    let quote = bytes[start]
    let isLong = byte(start + 1) == quote && byte(start + 2) == quote
    var index = start + (isLong ? 3 : 1)
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\\"): index += 2
      case 0x0A, 0x0D:
        if !isLong { return index }
        index += 1
      case quote:
        if !isLong { return index + 1 }
        if byte(index + 1) == quote, byte(index + 2) == quote { return index + 3 }
        index += 1
      default: index += 1
      }
    }
    return bytes.count
  }
}
