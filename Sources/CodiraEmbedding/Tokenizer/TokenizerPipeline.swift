/// The steps of a tokenizer one after the other: added tokens, normalization, words, pieces.
struct TokenizerPipeline: Sendable {
  enum Model: Sendable {
    case wordPiece(WordPieceModel)
    case bytePair(BytePairModel)
    case unigram(UnigramModel)
  }

  /// Memory that is used again for each word.
  private struct Scratch {
    var merge = MergeScratch()
    var nodes: [UnigramModel.Node] = []
  }

  var added = AddedTokens()
  var addedNormalized = AddedTokens()
  var normalizer = Normalizer()
  var preTokenizer = PreTokenizer()
  var model: Model

  /// Calls `body` with the token ids of sound UTF-8 until it returns false.
  func forEachToken(_ text: UnsafeBufferPointer<UInt8>, _ body: (Int32) -> Bool) {
    var scratch = Scratch()
    for part in added.split(text) {
      if let token = part.token {
        guard body(token) else { return }
        continue
      }
      let goesOn = normalizer.normalize(text[part: part.range]) { normal in
        forEachToken(normal: normal, startsText: part.range.lowerBound == 0, &scratch, body)
      }
      guard goesOn else { return }
    }
  }

  private func forEachToken(
    normal text: UnsafeBufferPointer<UInt8>, startsText: Bool, _ scratch: inout Scratch,
    _ body: (Int32) -> Bool
  ) -> Bool {
    for part in addedNormalized.split(text) {
      if let token = part.token {
        guard body(token) else { return false }
        continue
      }
      let startsText = startsText && part.range.lowerBound == 0
      let goesOn = preTokenizer.forEachWord(text[part: part.range], startsText: startsText) { word in
        switch model {
        case .wordPiece(let model): model.cut(word, characters: word.scalarCount, body)
        case .bytePair(let model): model.forEachToken(word, &scratch.merge, body)
        case .unigram(let model): model.forEachToken(word, &scratch.nodes, body)
        }
      }
      guard goesOn else { return false }
    }
    return true
  }
}
