import CodiraModel
import Testing

@Suite struct JSONReaderTests {
  private func read<Value>(
    _ text: String, _ body: (inout JSONReader) throws(JSONError) -> Value
  ) throws(JSONError) -> Value {
    let bytes = Array(text.utf8)
    return try bytes.withUnsafeBufferPointer { bytes throws(JSONError) in
      var reader = JSONReader(UnsafeRawBufferPointer(bytes))
      let value = try body(&reader)
      try reader.end()
      return value
    }
  }

  @Test(arguments: [
    (#""""#, ""), (#" "plain" "#, "plain"), (#""a\"\\\/\b\f\n\r\tz""#, "a\"\\/\u{8}\u{c}\n\r\tz"),
    (#""\u00e9\u65e5""#, "é日"), (#""\ud83d\ude00!""#, "😀!"), (#""\ud83d!""#, "\u{FFFD}!"), ("\"日本\"", "日本"),
  ])
  func readsStrings(text: String, expected: String) throws {
    #expect(try read(text) { reader throws(JSONError) in try reader.string() } == expected)
  }

  @Test func readsMembersInOrderAndSkipsTheRest() throws {
    var seen: [String] = []
    var sizes: [Int] = []
    var flags: [Bool] = []
    let text =
      #"{"a": [1, -2,3], "skipped": {"x": [true, null, {"y": "z\n"}, 1.5e-3]}, "b": false, "c": null}"#
    try read(text) { reader throws(JSONError) in
      try reader.object { key, reader throws(JSONError) in
        seen.append(key)
        switch key {
        case "a": try reader.array { reader throws(JSONError) in sizes.append(try reader.integer()) }
        case "b": flags.append(try reader.boolean())
        case "c": flags.append(reader.null())
        default: try reader.skip()
        }
      }
    }
    #expect(seen == ["a", "skipped", "b", "c"])
    #expect(sizes == [1, -2, 3])
    #expect(flags == [false, true])
  }

  @Test(arguments: [
    "", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "[1 2]", "[1,]", "\"open", "\"bad \\q\"", "\"\\u12\"",
    "tru",
    "[1] 2", "nul", String(repeating: "[", count: 100_000), "{\"a\":1e999}", "\u{1}",
  ])
  func brokenTextIsAnErrorWithItsPlace(text: String) {
    #expect(throws: JSONError.self) { try read(text) { reader throws(JSONError) in try reader.skip() } }
  }

  /// The last ones have more digits than count, and a large power of ten.
  @Test(arguments: [
    ("0", 0), ("-12.25", -12.25), ("1e3", 1_000), ("-2.5E-2", -0.025),
    ("123456789012345678", 1.2345678901234568e17),
    ("-3.4635426998138428", -3.4635426998138428), ("98765432109876543210987.5", 9.876543210987654e22),
    ("4e-300", 4e-300),
  ])
  func scaledNumbersAreNearlyTheNumber(text: String, expected: Double) throws {
    let found = try read(text) { reader throws(JSONError) in try reader.scaledNumber() }
    #expect(abs(found - expected) <= 4 * expected.ulp)
  }

  @Test(arguments: ["", "-", "+1", ".5", "1.", "1e", "1e+", "1.e3", "e3", "--1", "1e999"])
  func scaledNumbersAreNumbers(text: String) {
    #expect(throws: JSONError.self) {
      try read(text) { reader throws(JSONError) in try reader.scaledNumber() }
    }
    #expect(throws: JSONError.self) { try read(text) { reader throws(JSONError) in try reader.number() } }
  }

  @Test(arguments: [("\"a\"", "a"), (" \"\\u0120é\" ", "Ġé"), ("\"\"", "")])
  func readsTheBytesOfStrings(text: String, expected: String) throws {
    var found: [UInt8] = []
    try read(text) { reader throws(JSONError) in
      let isArray = reader.nextIsArray()
      try reader.utf8 { found = Array($0) }
      if isArray { found = [] }
    }
    #expect(found == Array(expected.utf8))
  }

  @Test(arguments: ["1.5", "1e3", "99999999999999999999", "-", "x"])
  func aWholeNumberIsNothingElse(text: String) {
    #expect(throws: JSONError.self) { try read(text) { reader throws(JSONError) in try reader.integer() } }
  }
}
