/// How deep the brackets of a source go, strings left out.
enum Nesting {
  private static let limit = 500

  /// Where the first bracket opens that is nested too deep; nil where none is.
  static func tooDeep(_ bytes: UnsafeRawBufferPointer) -> UInt32? {
    var depth = 0
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        index += 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
          index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        if depth > limit { return UInt32(index) }
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
      index += 1
    }
    return nil
  }
}
