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

  @Test(arguments: ["1.5", "1e3", "99999999999999999999", "-", "x"])
  func aWholeNumberIsNothingElse(text: String) {
    #expect(throws: JSONError.self) { try read(text) { reader throws(JSONError) in try reader.integer() } }
  }
}
