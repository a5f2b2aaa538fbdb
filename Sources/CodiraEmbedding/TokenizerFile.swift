import CodiraModel

extension WordPieceTokenizer {
  /// Reads tokenizer.json, or vocab.txt where there is none.
  ///
  /// Only the lower-casing BERT tokenizer is supported; from vocab.txt it is assumed.
  init(directory: String) throws(EmbeddingError) {
    do {
      try self.init(tokenizerFile: "\(directory)/tokenizer.json")
    } catch .missing {
      try self.init(vocabularyFile: "\(directory)/vocab.txt")
    }
  }

  init(tokenizerFile path: String) throws(EmbeddingError) {
    var settings = TokenizerSettings()
    var tokenizer = Self()
    try MappedFile(path: path).json { reader throws(JSONError) in
      try settings.read(&reader, into: &tokenizer)
    }
    if let (what, found, supported) = settings.unsupported {
      throw .unsupported(path: path, what: what, found: found, supported: [supported])
    }
    self = tokenizer
    try findMarkers(path: path, unknown: settings.unknownToken)
    markers.spelled = settings.added.map { (Array($0.content.utf8), Int32($0.id)) }
      .filter { !$0.0.isEmpty }
      .sorted { $0.0.count > $1.0.count }
  }

  init(vocabularyFile path: String) throws(EmbeddingError) {
    self.init()
    var id: Int32 = 0
    for line in try FileSystem.read(path).split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    {
      let piece = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      if !piece.isEmpty {
        Array(String(decoding: piece, as: UTF8.self).utf8).withUnsafeBufferPointer {
          vocabulary.insert($0, id: id)
        }
      }
      id += 1
    }
    try findMarkers(path: path, unknown: "[UNK]")
    markers.spelled = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].compactMap { token in
      vocabulary.id(of: token).map { (Array(token.utf8), $0) }
    }.sorted { $0.0.count > $1.0.count }
  }

  private mutating func findMarkers(path: String, unknown: String) throws(EmbeddingError) {
    func id(_ token: String) throws(EmbeddingError) -> Int32 {
      guard let id = vocabulary.id(of: token) else {
        throw .malformed(path: path, reason: "the vocabulary has no \(token)")
      }
      return id
    }
    markers.start = try id("[CLS]")
    markers.end = try id("[SEP]")
    markers.unknown = try id(unknown)
  }
}

/// What a tokenizer.json says about its steps.
private struct TokenizerSettings {
  struct Added {
    var id = 0
    var content = ""
    var isPlain = true
  }

  var added: [Added] = []
  var unknownToken = "[UNK]"
  private var normalizer = ""
  private var flags: [String: Bool] = [:]
  private var preTokenizer = ""
  private var model = ""
  private var prefix = "##"

  /// The first setting that is not the lower-casing BERT tokenizer's: what, found, supported.
  var unsupported: (String, String, String)? {
    for (what, found, supported) in [
      ("model", model, "WordPiece"), ("normalizer", normalizer, "BertNormalizer"),
      ("pre_tokenizer", preTokenizer, "BertPreTokenizer"), ("continuing_subword_prefix", prefix, "##"),
    ] where found != supported {
      return (what, found, supported)
    }
    for flag in ["clean_text", "handle_chinese_chars", "lowercase"] where flags[flag] == false {
      return (flag, "false", "true")
    }
    if flags["strip_accents"] == false { return ("strip_accents", "false", "true") }
    if let token = added.first(where: { !$0.isPlain }) {
      return ("added token", token.content, "tokens without lstrip, rstrip, single_word and normalized")
    }
    return nil
  }

  mutating func read(
    _ reader: inout JSONReader, into tokenizer: inout WordPieceTokenizer
  ) throws(JSONError) {
    try reader.object { key, reader throws(JSONError) in
      switch key {
      case "normalizer" where !reader.null(): try readNormalizer(&reader)
      case "pre_tokenizer" where !reader.null():
        try reader.object { key, reader throws(JSONError) in
          if key == "type" { preTokenizer = try reader.string() } else { try reader.skip() }
        }
      case "added_tokens":
        try reader.array { reader throws(JSONError) in added.append(try Self.addedToken(&reader)) }
      case "model": try readModel(&reader, into: &tokenizer)
      case "normalizer", "pre_tokenizer": break
      default: try reader.skip()
      }
    }
  }

  private mutating func readNormalizer(_ reader: inout JSONReader) throws(JSONError) {
    try reader.object { key, reader throws(JSONError) in
      switch key {
      case "type": normalizer = try reader.string()
      case "clean_text", "handle_chinese_chars", "lowercase", "strip_accents":
        if !reader.null() { flags[key] = try reader.boolean() }
      default: try reader.skip()
      }
    }
  }

  private mutating func readModel(
    _ reader: inout JSONReader, into tokenizer: inout WordPieceTokenizer
  ) throws(JSONError) {
    try reader.object { key, reader throws(JSONError) in
      switch key {
      case "type": model = try reader.string()
      case "unk_token": unknownToken = try reader.string()
      case "continuing_subword_prefix": prefix = try reader.string()
      case "max_input_chars_per_word": tokenizer.longestWord = try reader.integer()
      case "vocab":
        try reader.members { piece, reader throws(JSONError) in
          let id = try reader.integer()
          guard id >= 0, id < 1 << 24 else { throw JSONError(offset: reader.offset, reason: "id \(id)") }
          tokenizer.vocabulary.insert(piece, id: Int32(id))
        }
      default: try reader.skip()
      }
    }
  }

  private static func addedToken(_ reader: inout JSONReader) throws(JSONError) -> Added {
    var token = Added()
    try reader.object { key, reader throws(JSONError) in
      switch key {
      case "id":
        token.id = try reader.integer()
        guard token.id >= 0, token.id < 1 << 24 else {
          throw JSONError(offset: reader.offset, reason: "id \(token.id)")
        }
      case "content": token.content = try reader.string()
      case "single_word", "lstrip", "rstrip", "normalized":
        if try reader.boolean() { token.isPlain = false }
      default: try reader.skip()
      }
    }
    return token
  }
}
