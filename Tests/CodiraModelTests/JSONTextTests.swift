import CodiraModel
import Testing

@Suite struct JSONTextTests {
  @Test func valuesKeepTheirOrderAndAreEscaped() {
    let value: JSONValue = [
      "b": 1, "a": ["x", nil, true, 0.5], "t": "\"\\\n\t\r\u{1}\u{1F}é\u{7F}", "e": [:], "l": [],
    ]
    #expect(
      value.text
        == #"{"b":1,"a":["x",null,true,0.5],"t":"\"\\\n\t\r\u0001\u001fé\u007f","e":{},"l":[]}"#)
  }

  /// A terminal may show an answer as it is.
  @Test func whatATerminalObeysIsWrittenByItsNumber() {
    #expect(JSONValue.string("a\u{9B}31m\u{A0}é").text == "\"a\\u009b31m\u{A0}é\"")
    #expect(JSONValue.string("\u{202E}txt\u{2069}\u{200F}–€").text == #""\u202etxt\u2069\u200f–€""#)
  }

  @Test func whatJSONCannotSayIsNull() {
    #expect(JSONValue.double(.infinity).text == "null")
    #expect(JSONValue.double(.nan).text == "null")
  }

  @Test func membersAreReplacedInPlace() {
    var object: JSONObject = ["a": 1, "b": 2]
    object["a"] = 3
    object["c"] = 4
    object["b"] = nil
    #expect(JSONValue.object(object).text == #"{"a":3,"c":4}"#)
  }

  @Test func linesStandAlone() {
    var text = JSONText()
    for number in 1...2 {
      text.object { $0.member("n", number) }
      text.newline()
    }
    #expect(String(decoding: text.bytes, as: UTF8.self) == "{\"n\":1}\n{\"n\":2}\n")
  }
}
