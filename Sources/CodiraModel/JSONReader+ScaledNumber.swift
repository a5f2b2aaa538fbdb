extension JSONReader {
  /// Reads a number as its digits times a power of ten, both rounded to doubles first.
  ///
  /// That is up to two units of the last place off what `number` reads. It is fast, and how the program that tokenizers
  /// are defined by reads them: sums of such numbers that almost tie must compare as they do there.
  package mutating func scaledNumber() throws(JSONError) -> Double {
    let text = try numberText()
    var digits: UInt64 = 0
    var scale = 0
    var isFull = false
    var isFraction = false
    var index = text.first == UInt8(ascii: "-") ? 1 : 0
    while index < text.count, text[index] | 32 != UInt8(ascii: "e") {
      let byte = text[index]
      index += 1
      if byte == UInt8(ascii: ".") {
        isFraction = true
        continue
      }
      let (tens, overflow) = digits.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(UInt64(byte & 15))
      isFull = isFull || overflow || carry
      if !isFull { digits = sum }
      if isFull != isFraction { scale += isFull ? 1 : -1 }
    }
    if index < text.count { scale += Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0 }
    let size = Double(digits)
    guard abs(scale) < Self.powers.count else { return try number(of: text) }
    let value = scale < 0 ? size / Self.powers[-scale] : size * Self.powers[scale]
    guard value.isFinite else { return try number(of: text) }
    return text.first == UInt8(ascii: "-") ? -value : value
  }

  private static let powers = (0...308).map { Double("1e\($0)")! }
}
