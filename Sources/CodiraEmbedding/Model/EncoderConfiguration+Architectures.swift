import CodiraModel

extension EncoderConfiguration {
  /// BERT, RoBERTa and XLM-R: learned positions, norms after each step, every step with a bias.
  mutating func readBERT(_ settings: SettingsFile) throws(EmbeddingError) {
    try settings.require("position_embedding_type", "absolute")
    try settings.require("is_decoder", false)
    vocabularySize = try settings.size("vocab_size")
    hiddenSize = try settings.size("hidden_size")
    heads = try settings.size("num_attention_heads")
    feedForwardSize = try settings.size("intermediate_size")
    positionRows = try settings.size("max_position_embeddings")
    segments = try settings.size("type_vocab_size", default: 2)
    epsilon = Float(try settings.positive("layer_norm_eps", default: 1e-12))
    activation = try Self.activation(settings, "hidden_act", default: "gelu")
    attention = Array(repeating: Attention(), count: try layerCount(settings))
    if architecture != .bert { paddingID = try settings.integer("pad_token_id", default: 1) }
    let padding = paddingID ?? -1
    guard padding >= -1, padding < positionRows - 3 else {
      throw .malformed(
        path: settings.path, reason: "max_position_embeddings is \(positionRows), pad_token_id \(padding)")
    }
    firstPosition = padding + 1
    // 256 for BERT is what the default model was made with; other texts would get other vectors.
    maximumTokens = architecture == .bert ? min(256, positionRows) : positionRows - firstPosition
  }

  /// NomicBERT, by the names of `transformers` or by those of the models published before it knew them.
  mutating func readNomicBERT(_ settings: SettingsFile) throws(EmbeddingError) {
    vocabularySize = try settings.size("vocab_size")
    hiddenSize = try settings.size("n_embd", "hidden_size")
    heads = try settings.size("n_head", "num_attention_heads")
    feedForwardSize = try settings.size("n_inner", "intermediate_size", default: 4 * hiddenSize)
    segments = try settings.integer("type_vocab_size", default: 2)
    guard segments >= 0, segments <= 1 << 24 else {
      throw .malformed(path: settings.path, reason: "type_vocab_size is \(segments)")
    }
    epsilon = Float(try settings.positive("layer_norm_epsilon", "layer_norm_eps", default: 1e-12))
    isGated = true
    biases.attention = try settings.boolean("qkv_proj_bias", default: false)
    biases.up = try settings.boolean("mlp_fc1_bias", default: false)
    biases.down = try settings.boolean("mlp_fc2_bias", default: false)
    activation = try nomicActivation(settings)
    try refuseOtherNomicOptions(settings)
    let layers = try layerCount(settings)
    let theta = try settings.positive(
      "rotary_emb_base", "rope_theta",
      default: try rotaryTheta(settings, settings.section("rope_parameters"), 1000))
    attention = Array(repeating: Attention(theta: theta), count: layers)
    maximumTokens = try settings.size("n_positions", "max_position_embeddings", default: 2048)
  }

  private func nomicActivation(_ settings: SettingsFile) throws(EmbeddingError) -> Activation {
    guard settings["activation_function"] != nil else {
      return try Self.activation(settings, "hidden_act", default: "silu")
    }
    let name = try settings.string("activation_function")
    switch name {
    case "swiglu": return .silu
    case "geglu": return .gelu
    default:
      throw .unsupported(
        path: settings.path, what: "activation_function", found: name, supported: ["swiglu", "geglu"])
    }
  }

  private func refuseOtherNomicOptions(_ settings: SettingsFile) throws(EmbeddingError) {
    for name in ["prenorm", "parallel_block", "use_rms_norm", "causal", "rotary_emb_interleaved"] {
      try settings.require(name, false)
    }
    for name in ["scale_attn_by_inverse_layer_idx", "norm_mlp"] { try settings.require(name, false) }
    for name in ["rotary_scaling_factor", "rotary_emb_scale_base", "rope_scaling"] {
      try settings.requireAbsent(name)
    }
    let fraction = try settings.number("rotary_emb_fraction", default: 1)
    guard fraction == 1 else {
      throw .unsupported(
        path: settings.path, what: "rotary_emb_fraction", found: "\(fraction)", supported: ["1"])
    }
    let experts = try settings.integer("num_experts", default: 0)
    guard experts == 0 || settings["moe_every_n_layers"] == nil || settings["moe_every_n_layers"] == 0 else {
      throw .unsupported(path: settings.path, what: "num_experts", found: "\(experts)", supported: ["0"])
    }
    let width = try settings.integer("head_dim", default: hiddenSize / heads)
    guard width == hiddenSize / heads else {
      throw .unsupported(
        path: settings.path, what: "head_dim", found: "\(width)", supported: ["\(hiddenSize / heads)"])
    }
  }

  /// ModernBERT: rotary positions of two bases, a window in most layers, norms before each step.
  mutating func readModernBERT(_ settings: SettingsFile) throws(EmbeddingError) {
    try settings.requireAbsent("rope_scaling")
    vocabularySize = try settings.size("vocab_size")
    hiddenSize = try settings.size("hidden_size")
    heads = try settings.size("num_attention_heads")
    feedForwardSize = try settings.size("intermediate_size")
    epsilon = Float(try settings.positive("norm_eps", default: 1e-5))
    isGated = true
    isPreNorm = true
    biases.attention = try settings.boolean("attention_bias", default: false)
    biases.up = try settings.boolean("mlp_bias", default: false)
    biases.down = biases.up
    biases.normalization = try settings.boolean("norm_bias", default: false)
    activation = try Self.activation(settings, "hidden_activation", default: "gelu")
    maximumTokens = try settings.size("max_position_embeddings", default: 8192)
    attention = try modernAttention(settings)
  }

  private func modernAttention(_ settings: SettingsFile) throws(EmbeddingError) -> [Attention] {
    let rotary = try settings.section("rope_parameters")
    let all = Attention(
      theta: try rotaryTheta(
        settings, rotary?.section("full_attention"),
        settings.positive("global_rope_theta", default: 160_000)))
    let near = Attention(
      theta: try rotaryTheta(
        settings, rotary?.section("sliding_attention"),
        settings.positive("local_rope_theta", default: 10_000)),
      reach: try settings.size("local_attention", default: 128) / 2)
    let layers = try layerCount(settings)
    guard let types = settings["layer_types"] else {
      let every = try settings.size("global_attn_every_n_layers", default: 3)
      return (0..<layers).map { $0 % every == 0 ? all : near }
    }
    guard case .array(let names) = types, names.count == layers else {
      throw .malformed(path: settings.path, reason: "layer_types: \(layers) names are expected")
    }
    var attention: [Attention] = []
    for name in names {
      switch name {
      case "full_attention": attention.append(all)
      case "sliding_attention": attention.append(near)
      default:
        throw .unsupported(
          path: settings.path, what: "layer_types", found: name.text,
          supported: ["full_attention", "sliding_attention"])
      }
    }
    return attention
  }

  private func rotaryTheta(
    _ settings: SettingsFile, _ rotary: SettingsFile?, _ fallback: Double
  ) throws(EmbeddingError) -> Double {
    guard let rotary else { return fallback }
    try rotary.require("rope_type", "default")
    return try rotary.positive("rope_theta", default: fallback)
  }

  /// A table of token vectors; its sizes are those of its tensor.
  mutating func readModel2Vec(_ settings: SettingsFile) throws(EmbeddingError) {
    hiddenSize = 1
    maximumTokens = try settings.size("max_length", default: 512)
  }

  private func layerCount(_ settings: SettingsFile) throws(EmbeddingError) -> Int {
    let count = try settings.size("n_layer", "num_hidden_layers")
    guard count <= 1024 else { throw .malformed(path: settings.path, reason: "\(count) layers") }
    return count
  }

  private static func activation(
    _ settings: SettingsFile, _ name: String, default fallback: String
  ) throws(EmbeddingError) -> Activation {
    let known: KeyValuePairs<String, Activation> = [
      "gelu": .gelu, "gelu_new": .geluTanh, "gelu_pytorch_tanh": .geluTanh, "gelu_fast": .geluTanh,
      "relu": .relu, "silu": .silu, "swish": .silu,
    ]
    let found = try settings.string(name, default: fallback)
    guard let activation = known.first(where: { $0.key == found })?.value else {
      throw .unsupported(path: settings.path, what: name, found: found, supported: known.map(\.key))
    }
    return activation
  }
}
