/// Where and why a text is not the JSON that was expected.
package struct JSONError: Error, Equatable {
  package let offset: Int
  package let reason: String

  package init(offset: Int, reason: String) {
    self.offset = offset
    self.reason = reason
  }
}

/// Reads JSON front to back, building nothing that was not asked for.
///
///     try reader.object { key, reader in
///       if key == "size" { size = try reader.integer() } else { try reader.skip() }
///     }
///
/// Each closure must consume its value. Nesting is limited to 64 levels.
package struct JSONReader {
  private let bytes: UnsafeRawBufferPointer
  package private(set) var offset = 0
  private var depth = 0

  package init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  /// Reads an object, calling `member` with each key and the reader at its value.
  package mutating func object(_ member: (String, inout JSONReader) throws(JSONError) -> Void)
    throws(JSONError)
  {
    try open("{")
    if try !close("}") {
      repeat {
        let key = try string()
        try expect(":")
        try member(key, &self)
      } while try another(before: "}")
    }
  }

  /// Reads an object of very many members, calling `member` with the UTF-8 bytes of each key, valid during the call.
  package mutating func members(
    _ member: (UnsafeBufferPointer<UInt8>, inout JSONReader) throws(JSONError) -> Void
  ) throws(JSONError) {
    try open("{")
    if try !close("}") {
      repeat {
        try expect("\"")
        let start = offset
        while let byte = peek(), byte != 34, byte != 92, byte >= 32 { offset += 1 }
        if peek() == 34 {
          let key = UnsafeRawBufferPointer(rebasing: bytes[start..<offset])
          offset += 1
          try expect(":")
          try member(key.assumingMemoryBound(to: UInt8.self), &self)
        } else {
          let key = Array(try escapedString(from: start).utf8)
          try expect(":")
          try key.withUnsafeBufferPointer { key throws(JSONError) in try member(key, &self) }
        }
      } while try another(before: "}")
    }
  }

  /// Reads an array, calling `element` with the reader at each value.
  package mutating func array(_ element: (inout JSONReader) throws(JSONError) -> Void) throws(JSONError) {
    try open("[")
    if try !close("]") {
      repeat { try element(&self) } while try another(before: "]")
    }
  }

  package mutating func integer() throws(JSONError) -> Int {
    let start = skipSpace()
    if peek() == UInt8(ascii: "-") { offset += 1 }
    while let byte = peek(), byte >= 48, byte <= 57 { offset += 1 }
    if let byte = peek(), byte == 46 || byte | 32 == 101 {
      throw failure("a whole number is expected", at: start)
    }
    let isNegative = offset > start && bytes[start] == UInt8(ascii: "-")
    var value = 0
    for byte in bytes[(isNegative ? start + 1 : start)..<offset] {
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let digit = Int(byte) - 48
      let (sum, carry) = tens.addingReportingOverflow(isNegative ? -digit : digit)
      if overflow || carry { throw failure("a whole number is expected", at: start) }
      value = sum
    }
    guard offset > (isNegative ? start + 1 : start) else {
      throw failure("a whole number is expected", at: start)
    }
    return value
  }

  package mutating func number() throws(JSONError) -> Double { try number(of: numberText()) }

  /// The characters of a number, of which there is at least one digit and at most one point and exponent.
  mutating func numberText() throws(JSONError) -> UnsafeRawBufferPointer {
    let start = skipSpace()
    func digits(_ reader: inout JSONReader) throws(JSONError) {
      let first = reader.offset
      while let byte = reader.peek(), byte >= 48, byte <= 57 { reader.offset += 1 }
      if reader.offset == first { throw reader.failure("a number is expected", at: start) }
    }
    if peek() == UInt8(ascii: "-") { offset += 1 }
    try digits(&self)
    if peek() == UInt8(ascii: ".") {
      offset += 1
      try digits(&self)
    }
    if let byte = peek(), byte | 32 == UInt8(ascii: "e") {
      offset += 1
      if let sign = peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { offset += 1 }
      try digits(&self)
    }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<offset])
  }

  func number(of text: UnsafeRawBufferPointer) throws(JSONError) -> Double {
    guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else {
      throw failure("a number is expected", at: offset - text.count)
    }
    return value
  }

  package mutating func boolean() throws(JSONError) -> Bool {
    if literal("true") { return true }
    if literal("false") { return false }
    throw failure("true or false is expected")
  }

  /// Reads null if it comes next.
  package mutating func null() -> Bool { literal("null") }

  package mutating func string() throws(JSONError) -> String {
    try expect("\"")
    let start = offset
    while let byte = peek(), byte != 34, byte != 92, byte >= 32 { offset += 1 }
    if peek() == 34 {
      offset += 1
      return String(decoding: bytes[start..<offset - 1], as: UTF8.self)
    }
    return try escapedString(from: start)
  }

  /// Reads a string, calling `body` with its UTF-8 bytes, valid during the call.
  package mutating func utf8(_ body: (UnsafeBufferPointer<UInt8>) -> Void) throws(JSONError) {
    try expect("\"")
    let start = offset
    while let byte = peek(), byte != 34, byte != 92, byte >= 32 { offset += 1 }
    if peek() == 34 {
      body(UnsafeRawBufferPointer(rebasing: bytes[start..<offset]).assumingMemoryBound(to: UInt8.self))
      offset += 1
    } else {
      Array(try escapedString(from: start).utf8).withUnsafeBufferPointer(body)
    }
  }

  /// Whether an array comes next.
  package mutating func nextIsArray() -> Bool {
    _ = skipSpace()
    return peek() == UInt8(ascii: "[")
  }

  /// Reads any value and forgets it.
  package mutating func skip() throws(JSONError) {
    _ = skipSpace()
    switch peek() {
    case UInt8(ascii: "{"): try object { _, reader throws(JSONError) in try reader.skip() }
    case UInt8(ascii: "["): try array { reader throws(JSONError) in try reader.skip() }
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try boolean()
    case UInt8(ascii: "n"): guard null() else { throw failure("a value is expected") }
    default: _ = try number()
    }
  }

  /// Reads any value whole; a number without fraction or exponent is an integer where it fits one.
  package mutating func value() throws(JSONError) -> JSONValue {
    _ = skipSpace()
    switch peek() {
    case UInt8(ascii: "{"):
      var members: [JSONObject.Member] = []
      try object { key, reader throws(JSONError) in
        members.append(JSONObject.Member(name: key, value: try reader.value()))
      }
      return .object(JSONObject(members: members))
    case UInt8(ascii: "["):
      var elements: [JSONValue] = []
      try array { reader throws(JSONError) in elements.append(try reader.value()) }
      return .array(elements)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool(try boolean())
    case UInt8(ascii: "n"):
      guard null() else { throw failure("a value is expected") }
      return .null
    default:
      let start = offset
      let number = try number()
      return Int(text(start)).map(JSONValue.int) ?? .double(number)
    }
  }

  /// Checks that nothing but white space is left.
  package mutating func end() throws(JSONError) {
    _ = skipSpace()
    if offset != bytes.count { throw failure("nothing more is expected") }
  }

  private mutating func escapedString(from start: Int) throws(JSONError) -> String {
    var content = Array(bytes[start..<offset])
    while let byte = peek(), byte >= 32 {
      offset += 1
      if byte == 34 { return String(decoding: content, as: UTF8.self) }
      if byte != 92 {
        content.append(byte)
        continue
      }
      guard let escape = peek() else { break }
      offset += 1
      switch escape {
      case UInt8(ascii: "b"): content.append(8)
      case UInt8(ascii: "f"): content.append(12)
      case UInt8(ascii: "n"): content.append(10)
      case UInt8(ascii: "r"): content.append(13)
      case UInt8(ascii: "t"): content.append(9)
      case UInt8(ascii: "u"): content.append(contentsOf: Array(String(try escapedScalar()).utf8))
      case 34, 47, 92: content.append(escape)
      default: throw failure("an unknown escape", at: offset - 1)
      }
    }
    throw failure("a string that does not end", at: start)
  }

  /// The scalar after `\u`, of two escapes if it is a surrogate pair; a lone surrogate is U+FFFD.
  private mutating func escapedScalar() throws(JSONError) -> Unicode.Scalar {
    let first = try hexadecimal()
    guard first & 0xFC00 == 0xD800, literal("\\u", spaced: false) else {
      return Unicode.Scalar(first) ?? "\u{FFFD}"
    }
    let second = try hexadecimal()
    guard second & 0xFC00 == 0xDC00 else { return "\u{FFFD}" }
    return Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF) ?? "\u{FFFD}"
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    let start = offset
    offset = min(offset + 4, bytes.count)
    guard offset == start + 4, let value = UInt32(text(start), radix: 16) else {
      throw failure("four hexadecimal digits are expected", at: start)
    }
    return value
  }

  private mutating func open(_ character: Unicode.Scalar) throws(JSONError) {
    try expect(character)
    depth += 1
    if depth > 64 { throw failure("too many levels") }
  }

  private mutating func close(_ character: Unicode.Scalar) throws(JSONError) -> Bool {
    _ = skipSpace()
    guard peek() == UInt8(ascii: character) else { return false }
    offset += 1
    depth -= 1
    return true
  }

  private mutating func another(before character: Unicode.Scalar) throws(JSONError) -> Bool {
    if try close(character) { return false }
    try expect(",")
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(JSONError) {
    _ = skipSpace()
    guard peek() == UInt8(ascii: character) else { throw failure("\(character) is expected") }
    offset += 1
  }

  private mutating func literal(_ word: StaticString, spaced: Bool = true) -> Bool {
    if spaced { _ = skipSpace() }
    let count = word.utf8CodeUnitCount
    guard offset + count <= bytes.count,
      (0..<count).allSatisfy({ bytes[offset + $0] == word.utf8Start[$0] })
    else { return false }
    offset += count
    return true
  }

  private mutating func skipSpace() -> Int {
    while let byte = peek(), byte == 32 || byte == 10 || byte == 13 || byte == 9 { offset += 1 }
    return offset
  }

  private func peek() -> UInt8? {
    offset < bytes.count ? bytes[offset] : nil
  }

  private func text(_ start: Int) -> String {
    String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private func failure(_ reason: String, at place: Int? = nil) -> JSONError {
    JSONError(offset: place ?? offset, reason: reason)
  }
}
