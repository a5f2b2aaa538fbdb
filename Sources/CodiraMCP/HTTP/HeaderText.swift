/// Text in a header: as it stands, or as `=?base64?…?=` where a header cannot have it.
enum HeaderText {
  /// nil where what claims to be base64 is none.
  static func decoded(_ text: String) -> String? {
    guard text.hasPrefix("=?base64?"), text.hasSuffix("?="), text.utf8.count >= 11 else { return text }
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in text.utf8.dropFirst(9).dropLast(2) where byte != UInt8(ascii: "=") {
      guard let value = digits[byte] else { return nil }
      bits = bits << 6 | value
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static let digits = Dictionary(
    uniqueKeysWithValues: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated()
      .map { ($1, UInt32($0)) })
}
