/// What the tensors of an architecture are called, without the prefix of the whole model.
struct TensorNames: Sendable {
  /// The steps of a layer; a matrix of several names is stacked of them in this order.
  struct Layer {
    var attentionNormalization: String?
    var queryKeyValue: [String]
    var attentionOutput: String
    /// Of gated units the activated half first.
    var up: [String]
    var down: String
    var outputNormalization: String
  }

  var words: String
  var positions: String?
  var segments: String?
  var embeddingNormalization: String
  var finalNormalization: String?
  var layer: @Sendable (Int) -> Layer

  /// What a whole model's tensors may have before their names.
  static let prefixes = ["", "bert.", "roberta.", "model.", "nomic_bert."]

  static let bert = TensorNames(
    words: "embeddings.word_embeddings.weight",
    positions: "embeddings.position_embeddings.weight",
    segments: "embeddings.token_type_embeddings.weight",
    embeddingNormalization: "embeddings.LayerNorm",
    layer: { index in
      let layer = "encoder.layer.\(index)"
      return Layer(
        attentionNormalization: "\(layer).attention.output.LayerNorm",
        queryKeyValue: ["query", "key", "value"].map { "\(layer).attention.self.\($0)" },
        attentionOutput: "\(layer).attention.output.dense",
        up: ["\(layer).intermediate.dense"], down: "\(layer).output.dense",
        outputNormalization: "\(layer).output.LayerNorm")
    })

  static let nomicBERT = TensorNames(
    words: bert.words, segments: bert.segments, embeddingNormalization: "embeddings.LayerNorm",
    layer: { index in
      let layer = "layers.\(index)"
      return Layer(
        attentionNormalization: "\(layer).post_attention_layernorm",
        queryKeyValue: ["q", "k", "v"].map { "\(layer).self_attn.\($0)_proj" },
        attentionOutput: "\(layer).self_attn.o_proj",
        up: ["\(layer).mlp.gate_proj", "\(layer).mlp.up_proj"], down: "\(layer).mlp.down_proj",
        outputNormalization: "\(layer).post_mlp_layernorm")
    })

  /// The names of the models that were published before `transformers` had this architecture.
  static let publishedNomicBERT = TensorNames(
    words: bert.words, segments: bert.segments, embeddingNormalization: "emb_ln",
    layer: { index in
      let layer = "encoder.layers.\(index)"
      return Layer(
        attentionNormalization: "\(layer).norm1",
        queryKeyValue: ["\(layer).attn.Wqkv"], attentionOutput: "\(layer).attn.out_proj",
        up: ["\(layer).mlp.fc12", "\(layer).mlp.fc11"], down: "\(layer).mlp.fc2",
        outputNormalization: "\(layer).norm2")
    })

  static let modernBERT = TensorNames(
    words: "embeddings.tok_embeddings.weight", embeddingNormalization: "embeddings.norm",
    finalNormalization: "final_norm",
    layer: { index in
      let layer = "layers.\(index)"
      return Layer(
        // The embeddings are normalized already.
        attentionNormalization: index == 0 ? nil : "\(layer).attn_norm",
        queryKeyValue: ["\(layer).attn.Wqkv"], attentionOutput: "\(layer).attn.Wo",
        up: ["\(layer).mlp.Wi"], down: "\(layer).mlp.Wo",
        outputNormalization: "\(layer).mlp_norm")
    })
}
