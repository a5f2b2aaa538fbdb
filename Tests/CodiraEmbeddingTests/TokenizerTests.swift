import CodiraEmbedding
import Foundation
import Testing

/// Small tokenizers of every kind, and what the reference makes of texts; Benchmarks/embedding/tokenizers_check.py
/// wrote both.
@Suite struct TokenizerTests {
  static let names = [
    "bpe-modern", "bpe-roberta", "bpe-three-digits", "bpe-unknown-fused", "unigram-bytes", "unigram-first",
    "unigram-t5", "unigram-xlmr-odd", "wordpiece-cased-odd", "wordpiece-cased-stripped",
    "wordpiece-prefix-letter",
  ]

  @Test(arguments: names)
  func equalsTheReferenceTokenForToken(name: String) throws {
    let tokenizer = try Tokenizer(directory: Fixtures.tokenizer(name))
    let rows = try Fixtures.rows("tokenizers/\(name)/ids.json")
    #expect(rows.count > 60)
    for row in rows { #expect(tokenizer.encode(row.text) == row.ids, "\(row.text.debugDescription)") }
  }

  @Test(arguments: names)
  func cutsTheTextAndKeepsTheMarkers(name: String) throws {
    let tokenizer = try Tokenizer(directory: Fixtures.tokenizer(name))
    let whole = tokenizer.encode(String(repeating: "count the words ", count: 40))
    let markers = tokenizer.encode("")
    let ending = name == "wordpiece-cased-odd" || markers.count > 0 ? 1 : 0
    for maximum in [0, markers.count, markers.count + 1, 17, whole.count - 1, whole.count, .max] {
      let cut = tokenizer.encode(String(repeating: "count the words ", count: 40), maximum: maximum)
      #expect(cut.count == max(min(maximum, whole.count), markers.count))
      #expect(cut.last == markers.last)
      #expect(cut.dropLast(ending) == whole.prefix(cut.count - ending))
    }
  }

  @Test(arguments: names)
  func takesEveryScalarAndBytesThatAreNotUTF8(name: String) throws {
    let tokenizer = try Tokenizer(directory: Fixtures.tokenizer(name))
    for start in stride(from: UInt32(0), to: 0x110000, by: 97) {
      let scalars = (start..<start + 97).compactMap(Unicode.Scalar.init)
      let text = String(String.UnicodeScalarView(scalars))
      #expect(tokenizer.encode(text).count == tokenizer.count(text))
    }
    for bytes: [UInt8] in [
      [0xFF], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xC0, 0x80], [0xED, 0xA0, 0x80],
    ] {
      let broken = Array("va".utf8) + bytes + Array("lue ".utf8) + bytes
      let mended = String(decoding: broken, as: UTF8.self)
      #expect(broken.withUnsafeBufferPointer { tokenizer.encode($0) } == tokenizer.encode(mended))
    }
  }

  /// A word as long as a text takes no more than a moment.
  @Test(arguments: names)
  func longWordsTakeTimeThatGrowsWithTheirLength(name: String) throws {
    let tokenizer = try Tokenizer(directory: Fixtures.tokenizer(name))
    let clock = ContinuousClock()
    for word in ["a", "the", "\u{300}", "é\u{301}", "\u{1F1E6}", "\u{200D}"] {
      let text = String(repeating: word, count: 200_000 / word.utf8.count)
      let time = clock.measure { _ = tokenizer.count(text) }
      #expect(time < .seconds(20), "\(word.debugDescription)")
    }
  }
}
