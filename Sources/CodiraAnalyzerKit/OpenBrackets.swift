/// Blanks brackets without a partner where there are very many: tree-sitter 0.20 recovers from them in quadratic
/// time, and crashes on tens of thousands.
///
/// Brackets in strings and comments count as well. It changes nothing in what people write: up to `limit` such
/// brackets the bytes stay as they are.
package struct OpenBrackets {
  package static let limit = 1_000

  private var open: [UInt32] = []
  private var stray: [UInt32] = []
  private var buffer: [UInt8] = []
  /// The first bracket of the last source that was blanked, if any.
  package private(set) var start: Int?

  package init() {}

  /// Gives `bytes` to `body`, or a copy of the same length.
  package mutating func blanked<Result>(
    _ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    open.removeAll(keepingCapacity: true)
    stray.removeAll(keepingCapacity: true)
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): open.append(UInt32(index))
      // The closing one is one or two places behind its partner in the character set.
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        if let last = open.last, byte &- bytes[Int(last)] <= 2 {
          open.removeLast()
        } else {
          stray.append(UInt32(index))
        }
      default: continue
      }
    }
    let excess = [open.dropFirst(Self.limit), stray.dropFirst(Self.limit)]
    start = excess.compactMap(\.first).min().map(Int.init)
    guard start != nil else { return body(bytes) }
    buffer.removeAll(keepingCapacity: true)
    buffer.append(contentsOf: bytes)
    for index in excess.joined() { buffer[Int(index)] = UInt8(ascii: " ") }
    return buffer.withUnsafeBytes(body)
  }
}
