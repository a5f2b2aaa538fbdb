import CodiraModel
import Testing

import CodiraIndexer

@Suite struct PayloadRecipeTests {
  static func text(_ source: String, spans: [ByteSpan]? = nil, documentation: String = "Adds.") -> String? {
    text(Array(source.utf8), spans: spans, documentation: documentation)
  }

  static func text(_ source: [UInt8], spans: [ByteSpan]? = nil, documentation: String = "Adds.") -> String? {
    let place = SourcePosition(offset: 0, line: 1, column: 1)
    let symbol = Symbol(
      id: StableID("toy add()."), kind: .function, name: "add", qualifiedName: "m.add",
      signature: "def add(a, b)",
      documentation: documentation, range: SourceRange(start: place, end: place),
      nameRange: SourceRange(start: place, end: place),
      payload: spans ?? [ByteSpan(start: 0, end: UInt32(source.count))])
    return source.withUnsafeBytes { PayloadRecipe.payload(of: symbol, in: $0) }
      .map { String(decoding: $0.text, as: UTF8.self) }
  }

  @Test func composesFourParts() {
    let text = Self.text("def add(a, b):\n    return a+b_1 # é")
    #expect(text == "function m.add\ndef add(a, b)\nAdds.\ndef add ( a , b ) : return a + b_1 # é")
  }

  @Test func formattingDoesNotMatter() {
    #expect(Self.text("a = b(c)") == Self.text("a=\tb (\r\n c )"))
    #expect(Self.text("a b") != Self.text("ab"))
  }

  @Test func spansAreJoined() {
    let spans = [ByteSpan(start: 0, end: 3), ByteSpan(start: 8, end: 99)]
    #expect(Self.text("one two three", spans: spans)?.hasSuffix("\none three") == true)
    #expect(Self.text("one", spans: []) == nil)
  }

  @Test func isAlwaysWellFormedAndBounded() throws {
    let broken = try #require(Self.text([0x61, 0xFF, 0x20, 0xC3]))
    #expect(broken.hasSuffix("a\u{FFFD} \u{FFFD}"))
    let long = try #require(Self.text(String(repeating: "word ", count: 10_000)))
    #expect(long.utf8.count <= PayloadRecipe.excerptLimit + 100)
    #expect(!long.hasSuffix("wor"))
  }
}
