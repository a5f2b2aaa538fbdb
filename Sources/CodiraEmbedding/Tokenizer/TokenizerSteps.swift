import CodiraModel

/// Makes the steps of a tokenizer of what its file says.
struct TokenizerSteps {
  let path: String

  /// Text may not grow by more than this on its way through the normalizer.
  private static let mostGrowth = 4_096

  func unsupported(_ what: String, _ found: String, _ supported: [String]) -> EmbeddingError {
    .unsupported(path: path, what: what, found: found, supported: supported)
  }

  func malformed(_ reason: String) -> EmbeddingError { .malformed(path: path, reason: reason) }

  func model(_ file: TokenizerModelFile) throws(EmbeddingError) -> TokenizerPipeline.Model {
    switch file.type {
    case "WordPiece": return .wordPiece(try wordPiece(file))
    case "BPE": return .bytePair(try bytePair(file))
    case "Unigram": return .unigram(try unigram(file))
    default: throw unsupported("model", file.type, TokenizerModelFile.types)
    }
  }

  private func wordPiece(_ file: TokenizerModelFile) throws(EmbeddingError) -> WordPieceModel {
    guard 0...10_000 ~= file.longestWord else { throw malformed("words of \(file.longestWord) characters") }
    let token = file.unknownToken ?? "[UNK]"
    guard let unknown = file.vocabulary.id(of: token) else {
      throw malformed("the vocabulary has no \(token)")
    }
    return WordPieceModel(
      vocabulary: file.vocabulary, unknown: unknown, longestWord: file.longestWord,
      inside: file.prefix.isEmpty ? .start : .inside)
  }

  private func bytePair(_ file: TokenizerModelFile) throws(EmbeddingError) -> BytePairModel {
    for (what, found) in [("continuing_subword_prefix", file.prefix), ("end_of_word_suffix", file.suffix)]
    where !found.isEmpty {
      throw unsupported(what, found, ["none"])
    }
    if file.dropout != 0 { throw unsupported("dropout", "\(file.dropout)", ["none"]) }
    if file.hasByteFallback { throw unsupported("byte_fallback of BPE", "true", ["false"]) }
    var model = BytePairModel(
      vocabulary: file.vocabulary, fusesUnknown: file.fusesUnknown, takesWholeWords: file.ignoresMerges)
    if let token = file.unknownToken {
      model.unknown = file.vocabulary.id(of: token)
      if model.unknown == nil { throw malformed("the vocabulary has no \(token)") }
    }
    let (table, bad) = file.merges.table(file.vocabulary)
    if let bad { throw malformed("merge \(bad) is of tokens that the vocabulary has not") }
    model.merges = table
    model.findSymbols()
    return model
  }

  private func unigram(_ file: TokenizerModelFile) throws(EmbeddingError) -> UnigramModel {
    guard let unknown = file.unknownID, file.scores.indices.contains(unknown) else {
      throw malformed("unk_id names no piece")
    }
    var model = UnigramModel(
      vocabulary: file.vocabulary, scores: file.scores, unknown: Int32(unknown))
    if file.hasByteFallback {
      let bytes = (0..<256).compactMap { byte -> Int32? in
        let digits = String(byte, radix: 16, uppercase: true)
        return file.vocabulary.id(of: "<0x\(byte < 16 ? "0" : "")\(digits)>")
      }
      model.bytes = bytes.count == 256 ? bytes : nil
    }
    model.finish()
    return model
  }

  /// The added tokens with the ids that they have: the vocabulary's, else the file's beyond the vocabulary.
  func added(_ tokens: [AddedToken], to model: TokenizerModelFile) throws(EmbeddingError) -> [AddedToken] {
    var result: [AddedToken] = []
    for var token in tokens where !token.content.isEmpty {
      if let id = token.content.withUnsafeBufferPointer({ model.vocabulary.id(of: $0) }) {
        token.id = id
      } else if token.id < model.vocabulary.count {
        throw malformed("added token \(token.id) is another token's id")
      }
      guard token.content.count <= Vocabulary.longestPiece else {
        throw malformed("added token \(token.id) of \(token.content.count) bytes")
      }
      result.append(token)
    }
    return result
  }

  func normalizer(_ value: JSONValue) throws(EmbeddingError) -> Normalizer {
    var normalizer = Normalizer()
    try append(value, to: &normalizer.steps)
    guard normalizer.growth <= Self.mostGrowth, normalizer.steps.count <= 64 else {
      throw malformed("a normalizer that makes text too long")
    }
    return normalizer
  }

  func preTokenizer(_ value: JSONValue, of model: String) throws(EmbeddingError) -> PreTokenizer {
    var preTokenizer = PreTokenizer()
    var isByteLevel = false
    try append(value, to: &preTokenizer.steps, &isByteLevel)
    guard isByteLevel == (model == "BPE") else {
      throw unsupported(
        "model", "\(model) \(isByteLevel ? "with" : "without") ByteLevel",
        ["BPE with ByteLevel", "WordPiece and Unigram without"])
    }
    guard preTokenizer.steps.count <= 64 else { throw malformed("a pre_tokenizer of too many steps") }
    return preTokenizer
  }
}
