/// Writes JSON as UTF-8 bytes, compact and in the order of the calls, so that equal values give equal bytes.
///
///     var text = JSONText()
///     text.object { text in text.member("path", "a.py"); text.member("line", 3) }
///
/// Strings are escaped as RFC 8259 asks: quote, backslash and control characters, nothing else.
package struct JSONText: Sendable {
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  package init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  package mutating func object(_ members: (inout JSONText) throws -> Void) rethrows {
    begin(UInt8(ascii: "{"))
    try members(&self)
    end(UInt8(ascii: "}"))
  }

  package mutating func array(_ elements: (inout JSONText) throws -> Void) rethrows {
    begin(UInt8(ascii: "["))
    try elements(&self)
    end(UInt8(ascii: "]"))
  }

  package mutating func key(_ name: String) {
    separate()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  package mutating func value(_ text: String) {
    separate()
    quote(text)
    needsComma = true
  }

  package mutating func value(_ number: Int) { raw(String(number)) }

  /// A number; what JSON cannot say (infinity, not a number) is null.
  package mutating func value(_ number: Double) { raw(number.isFinite ? number.description : "null") }

  package mutating func value(_ truth: Bool) { raw(truth ? "true" : "false") }

  package mutating func null() { raw("null") }

  package mutating func member(_ name: String, _ text: String) {
    key(name)
    value(text)
  }

  package mutating func member(_ name: String, _ number: Int) {
    key(name)
    value(number)
  }

  package mutating func member(_ name: String, _ truth: Bool) {
    key(name)
    value(truth)
  }

  /// Ends a line, and with it the value: the next one stands alone.
  package mutating func newline() {
    bytes.append(UInt8(ascii: "\n"))
    needsComma = false
  }

  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }

  private mutating func begin(_ mark: UInt8) {
    separate()
    bytes.append(mark)
    needsComma = false
  }

  private mutating func end(_ mark: UInt8) {
    bytes.append(mark)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  private mutating func raw(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
    needsComma = true
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { source in
      var clean = 0
      for index in 0..<source.count {
        let byte = source[index]
        if byte >= 0x7F {
          // What a terminal would obey is written by its number: delete, C1 controls, marks that reorder text.
          guard let (scalar, count) = Self.command(source, at: index) else { continue }
          bytes.append(contentsOf: source[clean..<index])
          bytes.append(contentsOf: "\\u00".utf8.prefix(scalar < 0x100 ? 4 : 2))
          bytes.append(contentsOf: String(scalar, radix: 16).utf8)
          clean = index + count
          continue
        }
        guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
        bytes.append(contentsOf: source[clean..<index])
        escape(byte)
        clean = index + 1
      }
      bytes.append(contentsOf: source[clean..<source.count])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// The scalar at a place and its length in UTF-8, if it commands a terminal.
  private static func command(
    _ source: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (scalar: UInt32, count: Int)? {
    let byte = source[index]
    if byte == 0x7F { return (0x7F, 1) }
    if byte == 0xC2, index + 1 < source.count, source[index + 1] < 0xA0 {
      return (UInt32(source[index + 1]), 2)
    }
    guard byte == 0xE2, index + 2 < source.count, source[index + 1] == 0x80 || source[index + 1] == 0x81
    else {
      return nil
    }
    let scalar = 0x2000 + UInt32(source[index + 1] & 0x3F) << 6 + UInt32(source[index + 2] & 0x3F)
    switch scalar {
    case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: return (scalar, 3)
    default: return nil
    }
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\n"): bytes.append(UInt8(ascii: "n"))
    case UInt8(ascii: "\t"): bytes.append(UInt8(ascii: "t"))
    case UInt8(ascii: "\r"): bytes.append(UInt8(ascii: "r"))
    case 0..<0x20:
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(byte < 16 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
      bytes.append(contentsOf: String(byte & 15, radix: 16).utf8)
    default: bytes.append(byte)
    }
  }
}
