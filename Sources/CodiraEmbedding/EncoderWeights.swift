/// The tensors of a BERT encoder as they lie in the file, each checked against the configuration.
///
/// Matrices are [output × input], row-major. Nothing is read until it is used.
package struct EncoderWeights: @unchecked Sendable {
  /// A linear step, y = x · matrixᵀ + bias.
  package struct Linear {
    package let matrix: UnsafePointer<Float>  // [outputs × inputs]
    package let bias: UnsafePointer<Float>  // [outputs]
    package let outputs: Int
    package let inputs: Int
  }

  package struct Normalization {
    package let weight: UnsafePointer<Float>  // [hidden]
    package let bias: UnsafePointer<Float>  // [hidden]
  }

  package struct Layer {
    package let query: Linear  // [hidden × hidden]
    package let key: Linear  // [hidden × hidden]
    package let value: Linear  // [hidden × hidden]
    package let attentionOutput: Linear  // [hidden × hidden]
    package let attentionNormalization: Normalization
    package let up: Linear  // [feedForward × hidden]
    package let down: Linear  // [hidden × feedForward]
    package let outputNormalization: Normalization
  }

  package let configuration: EncoderConfiguration
  package let words: UnsafePointer<Float>  // [vocabulary × hidden]
  package let positions: UnsafePointer<Float>  // [positions × hidden]
  package let segment: UnsafePointer<Float>  // [hidden], the first of the segments: the only one that is used
  package let embeddingNormalization: Normalization
  package let layers: [Layer]
  private let file: SafetensorsFile

  /// Finds and checks every tensor; names may start with `bert.`.
  init(path: String, configuration: EncoderConfiguration) throws(EmbeddingError) {
    let file = try SafetensorsFile(path: path)
    let hidden = configuration.hiddenSize
    let prefix = file.has("bert.embeddings.word_embeddings.weight") ? "bert." : ""

    func normalization(_ name: String) throws(EmbeddingError) -> Normalization {
      Normalization(
        weight: try file.floats("\(prefix)\(name).weight", shape: [hidden]),
        bias: try file.floats("\(prefix)\(name).bias", shape: [hidden]))
    }
    func linear(_ name: String, _ outputs: Int, _ inputs: Int) throws(EmbeddingError) -> Linear {
      Linear(
        matrix: try file.floats("\(prefix)\(name).weight", shape: [outputs, inputs]),
        bias: try file.floats("\(prefix)\(name).bias", shape: [outputs]),
        outputs: outputs, inputs: inputs)
    }

    words = try file.floats(
      "\(prefix)embeddings.word_embeddings.weight", shape: [configuration.vocabularySize, hidden])
    positions = try file.floats(
      "\(prefix)embeddings.position_embeddings.weight", shape: [configuration.positions, hidden])
    segment = try file.floats(
      "\(prefix)embeddings.token_type_embeddings.weight", shape: [configuration.segments, hidden])
    embeddingNormalization = try normalization("embeddings.LayerNorm")
    var layers: [Layer] = []
    for index in 0..<configuration.layers {
      let layer = "encoder.layer.\(index)"
      layers.append(
        Layer(
          query: try linear("\(layer).attention.self.query", hidden, hidden),
          key: try linear("\(layer).attention.self.key", hidden, hidden),
          value: try linear("\(layer).attention.self.value", hidden, hidden),
          attentionOutput: try linear("\(layer).attention.output.dense", hidden, hidden),
          attentionNormalization: try normalization("\(layer).attention.output.LayerNorm"),
          up: try linear("\(layer).intermediate.dense", configuration.feedForwardSize, hidden),
          down: try linear("\(layer).output.dense", hidden, configuration.feedForwardSize),
          outputNormalization: try normalization("\(layer).output.LayerNorm")))
    }
    self.layers = layers
    self.configuration = configuration
    self.file = file
  }
}
