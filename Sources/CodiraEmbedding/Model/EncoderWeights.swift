/// The tensors of an encoder as they lie in its files, each checked against the configuration.
///
/// Matrices are [output × input], row-major. Nothing but short vectors is read until it is used.
package struct EncoderWeights: @unchecked Sendable {
  /// A linear step, y = x · matrixᵀ + bias, the matrix stacked of parts.
  package struct Linear {
    package let parts: [TensorView]  // together [outputs × inputs]
    package let bias: UnsafePointer<Float>?  // [outputs]
    package let outputs: Int
    package let inputs: Int
  }

  package struct Normalization {
    package let weight: UnsafePointer<Float>  // [hidden]
    package let bias: UnsafePointer<Float>  // [hidden]
  }

  package struct Layer {
    package let attentionNormalization: Normalization?  // nil: the rows are normalized already
    package let queryKeyValue: Linear  // [3 hidden × hidden]
    package let attentionOutput: Linear  // [hidden × hidden]
    package let up: Linear  // [feedForward × hidden], of gated units [2 feedForward × hidden]
    package let down: Linear  // [hidden × feedForward]
    package let outputNormalization: Normalization
  }

  package let configuration: EncoderConfiguration
  package let words: TensorView  // [vocabulary × hidden]
  package let positions: TensorView?  // [positions × hidden]
  package let segment: UnsafePointer<Float>  // [hidden], the first of the segments: the only one that is used
  package let embeddingNormalization: Normalization?
  package let layers: [Layer]
  package let finalNormalization: Normalization?
  /// How token ids become rows of `words`, where they are not the rows' numbers.
  package let tokenTable: TokenTable?
  private let taken: [(name: String, view: TensorView)]
  private let path: String
  private let owners: [any Sendable]

  /// Finds and checks every tensor; names may start with `bert.`, `roberta.`, `model.` or `nomic_bert.`.
  init(directory: String, configuration: EncoderConfiguration) throws(EmbeddingError) {
    let tensors = try ModelTensors(directory: directory)
    if configuration.architecture == .model2vec {
      try self.init(tokenVectors: tensors, configuration)
    } else {
      try self.init(tensors, configuration)
    }
  }

  private init(_ tensors: ModelTensors, _ configuration: EncoderConfiguration) throws(EmbeddingError) {
    let hidden = configuration.hiddenSize
    let (names, prefix) = Self.names(tensors, configuration.architecture)
    let reader = WeightReader(tensors, prefix: prefix)
    words = try reader.tensor(names.words, [configuration.vocabularySize, hidden])
    if let name = names.positions {
      positions = try reader.tensor(name, [configuration.positionRows, hidden])
    } else {
      positions = nil
    }
    if let name = names.segments, configuration.segments > 0 {
      let segments = try reader.tensor(name, [configuration.segments, hidden])
      segment = reader.firstRow(segments)
    } else {
      segment = reader.zeros(hidden)
    }
    let hasBias = configuration.biases.normalization
    embeddingNormalization = try reader.normalization(names.embeddingNormalization, hidden, bias: hasBias)
    var layers: [Layer] = []
    for index in 0..<configuration.layers {
      layers.append(try Self.layer(names.layer(index), configuration, reader))
    }
    self.layers = layers
    if let name = names.finalNormalization {
      finalNormalization = try reader.normalization(name, hidden, bias: hasBias)
    } else {
      finalNormalization = nil
    }
    tokenTable = nil
    self.configuration = configuration
    (taken, path, owners) = (reader.taken, tensors.path, reader.owners)
  }

  private static func layer(
    _ names: TensorNames.Layer, _ configuration: EncoderConfiguration, _ reader: WeightReader
  ) throws(EmbeddingError) -> Layer {
    let hidden = configuration.hiddenSize
    let biases = configuration.biases
    var before: Normalization?
    if let name = names.attentionNormalization {
      before = try reader.normalization(name, hidden, bias: biases.normalization)
    }
    return Layer(
      attentionNormalization: before,
      queryKeyValue: try reader.linear(names.queryKeyValue, 3 * hidden, hidden, bias: biases.attention),
      attentionOutput: try reader.linear([names.attentionOutput], hidden, hidden, bias: biases.attention),
      up: try reader.linear(names.up, configuration.upSize, hidden, bias: biases.up),
      down: try reader.linear([names.down], hidden, configuration.feedForwardSize, bias: biases.down),
      outputNormalization: try reader.normalization(
        names.outputNormalization, hidden, bias: biases.normalization))
  }

  /// The table of token vectors of model2vec, with its optional weight and row of each token.
  private init(
    tokenVectors tensors: ModelTensors, _ configuration: EncoderConfiguration
  ) throws(EmbeddingError) {
    let names = ["embeddings", "embedding.weight"]
    let name = names.first(where: tensors.has) ?? names[0]
    guard let shape = tensors.shape(name) else { throw .tensorMissing(path: tensors.path, tensor: name) }
    guard shape.count == 2, shape.allSatisfy({ $0 >= 1 && $0 <= 1 << 24 }) else {
      throw .malformed(path: tensors.path, reason: "tensor \(name) has shape \(shape)")
    }
    let reader = WeightReader(tensors, prefix: "")
    words = try reader.tensor(name, shape)
    let table = try TokenTable(tensors, rows: shape[0])
    var configuration = configuration
    configuration.hiddenSize = shape[1]
    configuration.vocabularySize = table.tokens
    tokenTable = table
    segment = reader.zeros(shape[1])
    (positions, embeddingNormalization, layers, finalNormalization) = (nil, nil, [], nil)
    self.configuration = configuration
    (taken, path, owners) = (reader.taken, tensors.path, reader.owners)
  }

  private static func names(
    _ tensors: ModelTensors, _ architecture: EncoderConfiguration.Architecture
  ) -> (TensorNames, prefix: String) {
    let candidates: [TensorNames] =
      switch architecture {
      case .modernBERT: [.modernBERT]
      case .nomicBERT: [.nomicBERT, .publishedNomicBERT]
      default: [.bert]
      }
    for prefix in TensorNames.prefixes where tensors.has(prefix + candidates[0].words) {
      let names = candidates.first { tensors.has("\(prefix)\($0.embeddingNormalization).weight") }
      return (names ?? candidates[0], prefix)
    }
    return (candidates[0], "")
  }
}

extension EncoderWeights {
  /// Reads every tensor and refuses values that are infinite or not a number.
  func checkValues() throws(EmbeddingError) {
    for (name, view) in taken {
      if let place = view.firstNonFinite {
        throw .malformed(path: path, reason: "value \(place) of tensor \(name) is not finite")
      }
    }
  }
}
