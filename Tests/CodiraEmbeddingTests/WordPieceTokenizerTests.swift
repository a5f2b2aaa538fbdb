import CodiraEmbedding
import Foundation
import Testing

@Suite struct WordPieceTokenizerTests {
  @Test(arguments: ["minilm-tokens.json", "tiny-vectors.json"])
  func equalsTheReferenceTokenForToken(table: String) throws {
    let model = try table.hasPrefix("tiny") ? Fixtures.tiny() : Fixtures.miniLM()
    let rows = try Fixtures.rows(table)
    #expect(rows.count == 150)
    for row in rows {
      let ids = model.tokenizer.encode(row.text, maximum: model.maximumTokens)
      #expect(ids == row.ids, "\(row.text.debugDescription)")
    }
  }

  /// Every scalar in a word and alone: no crash, and the markers at both ends.
  @Test func takesEveryScalar() throws {
    let tokenizer = try Fixtures.tiny().tokenizer
    let unmarked = (UInt32(0)..<0x110000).compactMap(Unicode.Scalar.init).filter { scalar in
      let ids = tokenizer.encode("a\(scalar)b")
      return ids.first != 2 || ids.last != 3 || ids.count < 3
    }
    #expect(unmarked.isEmpty)
  }

  @Test func bytesThatAreNotUTF8AreLeftOut() throws {
    let tokenizer = try Fixtures.tiny().tokenizer
    let expected = tokenizer.encode("return value")
    for bad: [UInt8] in [
      [0xFF], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x80],
    ] {
      let bytes = Array("return va".utf8) + bad + Array("lue".utf8) + bad
      #expect(bytes.withUnsafeBufferPointer { tokenizer.encode($0) } == expected, "\(bad)")
    }
  }

  @Test func countsWhatItWouldEncode() throws {
    let tokenizer = try Fixtures.tiny().tokenizer
    for text in ["", "return the value", String(repeating: "word ", count: 300)] {
      #expect(tokenizer.count(text) == tokenizer.encode(text).count)
    }
    #expect(tokenizer.encode(String(repeating: "word ", count: 300), maximum: 50).count == 50)
  }

  @Test func vocabularyFileAloneSuffices() throws {
    let copy = Fixtures.temporaryDirectory() + "/tiny"
    try Fixtures.copyTinyModel(to: copy)
    try FileManager.default.removeItem(atPath: "\(copy)/tokenizer.json")
    let model = try EmbeddingModel(directory: copy)
    for row in try Fixtures.rows("tiny-vectors.json") {
      #expect(model.tokenizer.encode(row.text, maximum: model.maximumTokens) == row.ids)
    }
  }
}
