/// Finds commas before a closing bracket, which configuration files have and the grammar does not know.
enum TrailingCommas {
  /// Copies a source with a space in the place of each such comma; false where there is none.
  static func blank(_ source: UnsafeRawBufferPointer, into bytes: inout [UInt8]) -> Bool {
    var comma: Int?
    var hasFound = false
    var index = 0
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: source)
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        index = behindString(bytes, index)
        comma = nil
        continue
      case UInt8(ascii: "/") where index + 1 < bytes.count && [0x2A, 0x2F].contains(bytes[index + 1]):
        index = behindComment(bytes, index)
        continue
      case UInt8(ascii: ","): comma = index
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if let place = comma {
          bytes[place] = 0x20
          hasFound = true
        }
        comma = nil
      case 0x20, 0x09, 0x0A, 0x0D: break
      default: comma = nil
      }
      index += 1
    }
    return hasFound
  }

  private static func behindString(_ bytes: [UInt8], _ start: Int) -> Int {
    var index = start + 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return index + 1
  }

  private static func behindComment(_ bytes: [UInt8], _ start: Int) -> Int {
    let isLine = bytes[start + 1] == UInt8(ascii: "/")
    var index = start + 2
    while index < bytes.count {
      if isLine, bytes[index] == 0x0A { return index }
      if !isLine, bytes[index] == UInt8(ascii: "/"), bytes[index - 1] == UInt8(ascii: "*") {
        return index + 1
      }
      index += 1
    }
    return index
  }
}
