import CodiraModel

/// The sizes of a BERT encoder, from the config.json beside its weights.
package struct EncoderConfiguration: Equatable, Sendable {
  package enum Pooling: String, Sendable {
    case mean
    case cls
  }

  package var vocabularySize = 0
  package var hiddenSize = 0
  package var layers = 0
  package var heads = 0
  package var feedForwardSize = 0
  package var positions = 0
  package var segments = 2
  package var epsilon: Float = 1e-12
  package var maximumTokens = 0
  package var pooling = Pooling.mean

  package var headSize: Int { hiddenSize / heads }

  /// Reads config.json and, where they are, sentence_bert_config.json and 1_Pooling/config.json.
  init(directory: String) throws(EmbeddingError) {
    try readSizes("\(directory)/config.json")
    maximumTokens = min(256, positions)
    try readOptional("\(directory)/sentence_bert_config.json") { path, configuration throws(EmbeddingError) in
      try configuration.readMaximumTokens(path)
    }
    try readOptional("\(directory)/1_Pooling/config.json") { path, configuration throws(EmbeddingError) in
      try configuration.readPooling(path)
    }
  }

  private mutating func readOptional(
    _ path: String, _ read: (String, inout Self) throws(EmbeddingError) -> Void
  ) throws(EmbeddingError) {
    do {
      try read(path, &self)
    } catch .missing {
      return
    }
  }

  private mutating func readSizes(_ path: String) throws(EmbeddingError) {
    var read = self
    var texts = ["model_type": "", "hidden_act": "gelu", "position_embedding_type": "absolute"]
    try MappedFile(path: path).json { reader throws(JSONError) in
      try reader.object { key, reader throws(JSONError) in
        switch key {
        case "model_type", "hidden_act", "position_embedding_type": texts[key] = try reader.string()
        case "vocab_size": read.vocabularySize = try reader.integer()
        case "hidden_size": read.hiddenSize = try reader.integer()
        case "num_hidden_layers": read.layers = try reader.integer()
        case "num_attention_heads": read.heads = try reader.integer()
        case "intermediate_size": read.feedForwardSize = try reader.integer()
        case "max_position_embeddings": read.positions = try reader.integer()
        case "type_vocab_size": read.segments = try reader.integer()
        case "layer_norm_eps": read.epsilon = Float(try reader.number())
        default: try reader.skip()
        }
      }
    }
    self = read
    for (what, supported) in [
      ("model_type", "bert"), ("hidden_act", "gelu"), ("position_embedding_type", "absolute"),
    ] where texts[what] != supported {
      throw .unsupported(path: path, what: what, found: texts[what] ?? "", supported: [supported])
    }
    let sizes = [
      "vocab_size": vocabularySize, "hidden_size": hiddenSize, "num_hidden_layers": layers,
      "num_attention_heads": heads, "intermediate_size": feedForwardSize,
      "max_position_embeddings": positions,
      "type_vocab_size": segments,
    ]
    // The upper limit keeps products of two sizes far from overflow; the tensors' shapes are checked against these.
    for (name, size) in sizes.sorted(by: { $0.key < $1.key }) where size < 1 || size > 1 << 24 {
      throw .malformed(path: path, reason: "\(name) is \(size)")
    }
    guard hiddenSize % heads == 0 else {
      throw .malformed(path: path, reason: "hidden_size \(hiddenSize) is no multiple of \(heads) heads")
    }
    guard positions >= 3 else {
      throw .malformed(path: path, reason: "max_position_embeddings is \(positions)")
    }
    guard epsilon > 0 else { throw .malformed(path: path, reason: "layer_norm_eps is \(epsilon)") }
  }

  private mutating func readMaximumTokens(_ path: String) throws(EmbeddingError) {
    var tokens: Int?
    try MappedFile(path: path).json { reader throws(JSONError) in
      try reader.object { key, reader throws(JSONError) in
        if key == "max_seq_length", !reader.null() {
          tokens = try reader.integer()
        } else {
          try reader.skip()
        }
      }
    }
    guard let tokens else { return }
    guard tokens >= 3, tokens <= positions else {
      throw .malformed(path: path, reason: "max_seq_length \(tokens) with \(positions) positions")
    }
    maximumTokens = tokens
  }

  private mutating func readPooling(_ path: String) throws(EmbeddingError) {
    var modes: [String] = []
    try MappedFile(path: path).json { reader throws(JSONError) in
      try reader.object { key, reader throws(JSONError) in
        guard key.hasPrefix("pooling_mode_") else { return try reader.skip() }
        if try reader.boolean() { modes.append(key) }
      }
    }
    switch modes {
    case ["pooling_mode_mean_tokens"]: pooling = .mean
    case ["pooling_mode_cls_token"]: pooling = .cls
    default:
      throw .unsupported(
        path: path, what: "pooling", found: modes.joined(separator: "+"), supported: ["mean", "cls"])
    }
  }
}
