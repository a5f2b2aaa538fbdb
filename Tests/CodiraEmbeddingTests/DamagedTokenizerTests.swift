import CodiraEmbedding
import CodiraTestSupport
import Foundation
import Testing

/// Files of strangers: what a tokenizer cannot do is named, what cannot be is refused, nothing crashes.
@Suite struct DamagedTokenizerTests {
  private let directory = Fixtures.temporaryDirectory()

  private var path: String { "\(directory)/tokenizer.json" }

  private func error(_ file: Data) throws -> EmbeddingError? {
    try file.write(to: URL(fileURLWithPath: path))
    do {
      _ = try Tokenizer(directory: directory)
      return nil
    } catch {
      return error
    }
  }

  private func error(_ name: String, _ old: String, _ new: String) throws -> EmbeddingError? {
    var file = try String(contentsOfFile: "\(Fixtures.tokenizer(name))/tokenizer.json", encoding: .utf8)
    let range = try #require(file.range(of: old))
    file.replaceSubrange(range, with: new)
    return try error(Data(file.utf8))
  }

  @Test(arguments: [
    ("bpe-roberta", #""type":"BPE""#, #""type":"WordLevel""#, "model", "WordLevel"),
    ("bpe-modern", #""type":"NFC""#, #""type":"NFKC""#, "normalizer", "NFKC"),
    ("bpe-roberta", #""type":"ByteLevel""#, #""type":"UnicodeScripts""#, "pre_tokenizer", "UnicodeScripts"),
    ("bpe-roberta", #""type":"ByteLevel""#, #""type":"BertPreTokenizer""#, "model", "BPE without ByteLevel"),
    ("bpe-three-digits", #"\\p{N}{1,3}"#, #"\\p{N}{1,2}"#, "pattern of Split", ""),
    ("bpe-three-digits", #""behavior":"Isolated""#, #""behavior":"Removed""#, "behavior of Split", "Removed"),
    ("bpe-roberta", #""dropout":null"#, #""dropout":0.1"#, "dropout", "0.1"),
    (
      "bpe-roberta", #""end_of_word_suffix":null"#, #""end_of_word_suffix":"</w>""#, "end_of_word_suffix",
      "</w>"
    ),
    ("bpe-roberta", #""byte_fallback":false"#, #""byte_fallback":true"#, "byte_fallback of BPE", "true"),
    ("bpe-roberta", #""type":"RobertaProcessing""#, #""type":"Other""#, "post_processor", "Other"),
    ("unigram-t5", #"{"Regex":" {2,}"}"#, #"{"Regex":"a+"}"#, "expression of Replace", "a+"),
    ("unigram-first", #""prepend_scheme":"first""#, #""prepend_scheme":"last""#, "prepend_scheme", "last"),
  ])
  func namesWhatItCannotDo(name: String, old: String, new: String, what: String, found: String) throws {
    guard case .unsupported(path, what, let named, let supported) = try error(name, old, new) else {
      Issue.record("\(new)")
      return
    }
    #expect(found.isEmpty || named == found)
    #expect(!supported.isEmpty)
  }

  @Test(arguments: [
    ("bpe-roberta", #""merges":["#, #""merges":["no pair of it","#),
    ("bpe-roberta", #""merges":["#, #""merges":["absent tokens","#),
    ("bpe-modern", #""merges":["#, #""merges":[["a"],"#),
    ("bpe-modern", #""merges":["#, #""merges":[3,"#),
    ("bpe-roberta", #""<s>":0"#, #""<s>":-1"#), ("bpe-roberta", #""<s>":0"#, #""<s>":16777216"#),
    ("bpe-roberta", #""<s>":0"#, #""<S>":0"#), ("bpe-roberta", #""sep":["</s>",2]"#, #""sep":["</s>"]"#),
    ("bpe-roberta", #""sep":["</s>",2]"#, #""sep":["</s>",-2]"#),
    ("bpe-roberta", #""unk_token":null"#, #""unk_token":"<none>""#),
    ("unigram-t5", #""unk_id":3"#, #""unk_id":300000"#), ("unigram-t5", #""unk_id":3"#, #""unk_id":null"#),
    ("unigram-t5", #""vocab":["#, #""vocab":[["a"],"#),
    ("unigram-t5", #""vocab":["#, #""vocab":[["a",1,2],"#),
    ("unigram-t5", #""vocab":["#, #""vocab":[["a",1e999],"#),
    ("unigram-t5", #""precompiled_charsmap":""#, #""precompiled_charsmap":"!"#),
    ("unigram-t5", #""precompiled_charsmap":""#, #""precompiled_charsmap":"/////w"#),
    ("unigram-first", #""replacement":"▁""#, #""replacement":"▁▁""#),
    ("wordpiece-cased-odd", #""max_input_chars_per_word":100"#, #""max_input_chars_per_word":1000000"#),
    ("wordpiece-cased-odd", #""single":["#, #""single":[{"Sequence":{"id":"A","type_id":0}},"#),
    ("wordpiece-cased-odd", #""unk_token":"[UNK]""#, #""unk_token":"[NONE]""#),
    ("wordpiece-cased-odd", #""normalizer":{"#, #""normalizer":{"type":3,"#),
  ])
  func refusesWhatCannotBe(name: String, old: String, new: String) throws {
    guard case .malformed(path, _) = try error(name, old, new) else {
      Issue.record("\(new)")
      return
    }
  }

  /// Normalizers that would make a text a million times longer.
  @Test func refusesToGrowTextWithoutBound() throws {
    let replace =
      #"{"type":"Replace","pattern":{"String":"a"},"content":""# + String(repeating: "a", count: 100) + #""}"#
    let normalizers = Array(repeating: replace, count: 3).joined(separator: ",")
    let new = #""normalizer":{"type":"Sequence","normalizers":["# + normalizers + #"]},"normalizer_before":{"#
    guard case .malformed = try error("wordpiece-cased-odd", #""normalizer":{"#, new) else {
      Issue.record("accepted")
      return
    }
  }

  /// Files cut short, and files with bytes changed, open or are refused; those that open encode.
  @Test(arguments: TokenizerTests.names)
  func survivesAnyBytes(name: String) throws {
    let file = try Data(contentsOf: URL(fileURLWithPath: "\(Fixtures.tokenizer(name))/tokenizer.json"))
    var random = SeededGenerator(seed: 6)
    for _ in 0..<40 {
      let short = file.prefix(Int.random(in: 0..<file.count - 1, using: &random))
      guard case .malformed = try error(short) else {
        Issue.record("\(short.count) bytes were accepted")
        continue
      }
      var changed = file
      for _ in 0..<3 {
        changed[Int.random(in: 0..<file.count, using: &random)] = UInt8.random(in: 32..<127, using: &random)
      }
      if try error(changed) == nil {
        _ = try Tokenizer(directory: directory).encode("Read the Wörd. <mask> 12 \u{FB01}")
      }
    }
  }
}
