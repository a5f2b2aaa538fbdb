extension EmbeddingModel {
  /// A text's token ids as the encoder takes them: after the prompt of its role, cut to the model's maximum.
  ///
  /// Models without layers have neither markers around a text nor tokens that stand for unknown words.
  package func tokens(_ text: UnsafeBufferPointer<UInt8>, as role: TextRole) -> [Int32] {
    let prompt = weights.configuration.prompts.text(of: role)
    if !prompt.isEmpty {
      return (Array(prompt.utf8) + text).withUnsafeBufferPointer { tokens($0, as: .plain) }
    }
    guard weights.tokenTable != nil else { return tokenizer.encode(text, maximum: maximumTokens) }
    let unknown = tokenizer.unknown
    var ids: [Int32] = []
    var count = 0
    tokenizer.forEachToken(text) { id in
      guard count < maximumTokens else { return false }
      count += 1
      if id != unknown { ids.append(id) }
      return true
    }
    return ids
  }

  /// The same of a string.
  package func tokens(_ text: String, as role: TextRole) -> [Int32] {
    var text = text
    return text.withUTF8 { tokens($0, as: role) }
  }
}
