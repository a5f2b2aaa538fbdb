/// Splits text into the tokens of a model, token for token as the reference does.
///
///     let tokenizer = try Tokenizer(directory: "models/all-MiniLM-L6-v2")
///     tokenizer.encode("read a file")  // [101, 3191, 1037, 5371, 102]
///
/// From tokenizer.json it takes WordPiece, byte-level pair encoding and Unigram; of normalizers BertNormalizer,
/// Lowercase, NFC, NFD, Precompiled, Prepend, Replace (of text, or of two spaces and more), Strip, StripAccents; of
/// pre-tokenizers BertPreTokenizer, ByteLevel (with pairs, as the last), Digits, Metaspace, Split (by the expressions of
/// `SplitPattern`), Whitespace, WhitespaceSplit; sequences of them; every post-processor that puts markers around a text.
/// Everything else is an error that names it.
public struct Tokenizer: Sendable {
  enum Kind: Sendable {
    case wordPiece(WordPieceTokenizer)
    case pipeline(TokenizerPipeline)
  }

  let kind: Kind
  let markers: Markers

  /// The largest id that a text can have.
  let largestID: Int32

  /// The id that stands for what no token covers, where the vocabulary has one.
  var unknown: Int32? {
    switch kind {
    case .wordPiece(let tokenizer): tokenizer.model.unknown
    case .pipeline(let pipeline):
      switch pipeline.model {
      case .wordPiece(let model): model.unknown
      case .bytePair(let model): model.unknown
      case .unigram(let model): model.unknown
      }
    }
  }

  /// Calls `body` with the token ids of the text, markers at both ends left out, until it returns false.
  ///
  /// Bytes that are not UTF-8 count as U+FFFD, which the WordPiece tokenizers of BERT leave out.
  func forEachToken(_ text: UnsafeBufferPointer<UInt8>, _ body: (Int32) -> Bool) {
    switch kind {
    case .wordPiece(let tokenizer): tokenizer.forEachToken(text, body)
    case .pipeline(let pipeline):
      if text.isASCII { return pipeline.forEachToken(text, body) }
      var sound = String(decoding: text, as: UTF8.self)
      sound.withUTF8 { pipeline.forEachToken($0, body) }
    }
  }

  /// The ids of a text between its start and end markers, cut to `maximum` tokens in all.
  ///
  /// The markers are never cut off.
  public func encode(_ text: String, maximum: Int = .max) -> [Int32] {
    var text = text
    return text.withUTF8 { encode($0, maximum: maximum) }
  }

  /// The same of UTF-8 bytes.
  public func encode(_ text: UnsafeBufferPointer<UInt8>, maximum: Int = .max) -> [Int32] {
    var ids = markers.start
    let limit = maximum - markers.end.count
    if ids.count < limit {
      forEachToken(text) { id in
        ids.append(id)
        return ids.count < limit
      }
    }
    ids.append(contentsOf: markers.end)
    return ids
  }

  /// How many tokens the whole text has, the markers included and nothing cut off.
  public func count(_ text: String) -> Int {
    var text = text
    var count = markers.start.count + markers.end.count
    text.withUTF8 { bytes in
      forEachToken(bytes) { _ in
        count += 1
        return true
      }
    }
    return count
  }
}

/// The tokens around every text.
struct Markers: Sendable, Equatable {
  var start: [Int32] = []
  var end: [Int32] = []

  var largestID: Int32 { max(start.max() ?? 0, end.max() ?? 0) }
}
