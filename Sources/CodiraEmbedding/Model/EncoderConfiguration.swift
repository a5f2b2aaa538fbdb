/// The architecture, sizes and options of an encoder, from the files beside its weights.
///
/// One forward pass serves all: what differs between architectures is written down here, as data.
package struct EncoderConfiguration: Equatable, Sendable {
  /// `model_type` in config.json.
  package enum Architecture: String, CaseIterable, Sendable {
    case bert
    case roberta
    case xlmRoberta = "xlm-roberta"
    case nomicBERT = "nomic_bert"
    case modernBERT = "modernbert"
    /// A table of token vectors and no layers.
    case model2vec
  }

  /// Which row stands for the text.
  package enum Pooling: String, Sendable {
    case mean
    case cls
    case lastToken = "last"
  }

  package enum Activation: Sendable {
    case gelu
    case geluTanh
    case relu
    case silu
  }

  /// What attention does in one layer besides what all layers do.
  package struct Attention: Equatable, Sendable {
    /// The base of the rotary angles, nil where positions are added to the embeddings.
    package var theta: Double?
    /// How many tokens a token sees to either side, nil for all.
    package var reach: Int?

    package init(theta: Double? = nil, reach: Int? = nil) {
      self.theta = theta
      self.reach = reach
    }
  }

  /// Which linear steps and norms have a bias.
  package struct Biases: Equatable, Sendable {
    package var attention = true
    package var up = true
    package var down = true
    package var normalization = true
  }

  package var architecture = Architecture.bert
  package var vocabularySize = 0
  package var hiddenSize = 0
  package var heads = 1
  package var feedForwardSize = 0
  /// The rows of the table of positions, none where they are rotary.
  package var positionRows = 0
  /// The row of the first position.
  package var firstPosition = 0
  /// The token that is not counted in positions: its own is the row before the first.
  package var paddingID: Int?
  package var segments = 0
  package var epsilon: Float = 1e-12
  package var activation = Activation.gelu
  /// Whether up is twice as wide: one half is activated and multiplied with the other.
  package var isGated = false
  /// Whether norms stand before attention and feed-forward, and one after the last layer; else after each.
  package var isPreNorm = false
  package var biases = Biases()
  /// One entry a layer.
  package var attention: [Attention] = []
  package var maximumTokens = 0
  package var pooling = Pooling.mean
  package var prompts = Prompts()

  package var layers: Int { attention.count }
  package var headSize: Int { hiddenSize / heads }
  /// The outputs of a layer's up step.
  package var upSize: Int { (isGated ? 2 : 1) * feedForwardSize }

  /// Reads config.json and, where they are, the files of sentence-transformers.
  init(directory: String) throws(EmbeddingError) {
    let settings = try SettingsFile(path: "\(directory)/config.json")
    try readArchitecture(settings)
    try readSentenceFiles(directory)
  }

  private mutating func readArchitecture(_ settings: SettingsFile) throws(EmbeddingError) {
    var name = try settings.string("model_type")
    if case .array(let classes)? = settings["architectures"], classes.contains("StaticModel") {
      name = Architecture.model2vec.rawValue
    }
    guard let architecture = Architecture(rawValue: name) else {
      throw .unsupported(
        path: settings.path, what: "model_type", found: name,
        supported: Architecture.allCases.map(\.rawValue))
    }
    self.architecture = architecture
    switch architecture {
    case .bert, .roberta, .xlmRoberta: try readBERT(settings)
    case .nomicBERT: try readNomicBERT(settings)
    case .modernBERT: try readModernBERT(settings)
    case .model2vec: try readModel2Vec(settings)
    }
    guard hiddenSize % heads == 0 else {
      throw .malformed(
        path: settings.path, reason: "hidden_size \(hiddenSize) is no multiple of \(heads) heads")
    }
    guard attention.allSatisfy({ $0.theta == nil }) || headSize % 2 == 0 else {
      throw .malformed(path: settings.path, reason: "rotary positions in heads of \(headSize)")
    }
  }
}
