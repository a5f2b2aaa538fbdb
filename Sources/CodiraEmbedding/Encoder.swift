import CEmbedding

/// The forward pass of BERT over sequences laid end to end, without padding.
///
/// Every row is computed from its own sequence alone, in an order that does not depend on what lies beside it, so a
/// text's vector has the same bytes in any batch.
package struct Encoder {
  let packed: PackedEncoder
  let workspace: EncoderWorkspace

  package init(packed: PackedEncoder, workspace: EncoderWorkspace) {
    self.packed = packed
    self.workspace = workspace
  }

  private var configuration: EncoderConfiguration { packed.weights.configuration }
  private var kernels: codira_kernels { packed.kernels }

  /// Writes each sequence's vector to its place; `observe` sees the hidden rows after the embeddings and each layer.
  package func encode(
    _ sequences: ArraySlice<Sequence>, into vectors: UnsafeMutablePointer<Float>,
    observe: (UnsafeBufferPointer<Float>) -> Void = { _ in }
  ) {
    let tokens = sequences.reduce(0) { $0 + $1.ids.count }
    let hidden = UnsafeBufferPointer(start: workspace.hidden, count: tokens * configuration.hiddenSize)
    embed(sequences, tokens)
    observe(hidden)
    for (layer, matrices) in zip(packed.weights.layers, packed.layers) {
      attend(sequences, tokens, layer, matrices)
      feedForward(tokens, layer, matrices)
      observe(hidden)
    }
    pool(sequences, into: vectors)
  }

  /// Sets hidden = norm(word + position + segment).
  private func embed(_ sequences: ArraySlice<Sequence>, _ tokens: Int) {
    let width = configuration.hiddenSize
    let weights = packed.weights
    var row = workspace.hidden
    for sequence in sequences {
      for (position, id) in sequence.ids.enumerated() {
        kernels.add3(
          row, weights.words + Int(id) * width, weights.positions + position * width, weights.segment, width)
        row += width
      }
    }
    normalize(tokens, weights.embeddingNormalization)
  }

  /// Sets hidden = norm(hidden + output(attention(hidden))).
  private func attend(
    _ sequences: ArraySlice<Sequence>, _ tokens: Int, _ layer: EncoderWeights.Layer,
    _ matrices: PackedEncoder.Layer
  ) {
    let width = configuration.hiddenSize
    for (place, matrix) in [matrices.query, matrices.key, matrices.value].enumerated() {
      multiply(workspace.projected + place * width, 3 * width, workspace.hidden, matrix, tokens, CODIRA_STORE)
    }
    var first = 0
    for sequence in sequences {
      for head in 0..<configuration.heads { attend(from: first, sequence.ids.count, head) }
      first += sequence.ids.count
    }
    multiply(workspace.hidden, width, workspace.context, matrices.attentionOutput, tokens, CODIRA_STORE_ADD)
    normalize(tokens, layer.attentionNormalization)
  }

  /// context = softmax(queries · keysᵀ / √headSize) · values, for one head of one sequence.
  private func attend(from first: Int, _ length: Int, _ head: Int) {
    let width = configuration.hiddenSize
    let depth = configuration.headSize
    let queries = workspace.projected + first * 3 * width + head * depth
    let keys = queries + width
    let values = keys + width
    kernels.pack(workspace.panels, keys, depth, length, 1, 3 * width)
    kernels.multiply(
      workspace.scores, length, queries, 3 * width, workspace.panels, nil, length, depth, length, CODIRA_STORE
    )
    kernels.softmax(workspace.scores, length, length, length, 1 / Float(depth).squareRoot())
    kernels.pack(workspace.panels, values, length, depth, 3 * width, 1)
    kernels.multiply(
      workspace.context + first * width + head * depth, width, workspace.scores, length, workspace.panels,
      nil,
      length, length, depth, CODIRA_STORE)
  }

  /// Sets hidden = norm(hidden + down(gelu(up(hidden)))).
  private func feedForward(_ tokens: Int, _ layer: EncoderWeights.Layer, _ matrices: PackedEncoder.Layer) {
    multiply(
      workspace.feedForward, configuration.feedForwardSize, workspace.hidden, matrices.up, tokens,
      CODIRA_STORE_GELU)
    multiply(
      workspace.hidden, configuration.hiddenSize, workspace.feedForward, matrices.down, tokens,
      CODIRA_STORE_ADD)
    normalize(tokens, layer.outputNormalization)
  }

  private func pool(_ sequences: ArraySlice<Sequence>, into vectors: UnsafeMutablePointer<Float>) {
    let width = configuration.hiddenSize
    var rows = workspace.hidden
    for sequence in sequences {
      let vector = vectors + sequence.place * width
      kernels.mean(vector, rows, configuration.pooling == .mean ? sequence.ids.count : 1, width)
      kernels.normalize(vector, width)
      rows += sequence.ids.count * width
    }
  }

  private func multiply(
    _ result: UnsafeMutablePointer<Float>, _ stride: Int, _ rows: UnsafePointer<Float>,
    _ matrix: PackedEncoder.Linear, _ count: Int, _ epilogue: codira_epilogue
  ) {
    kernels.multiply(
      result, stride, rows, matrix.inputs, matrix.panels, matrix.bias, count, matrix.inputs, matrix.outputs,
      epilogue)
  }

  private func normalize(_ tokens: Int, _ normalization: EncoderWeights.Normalization) {
    kernels.layer_norm(
      workspace.hidden, tokens, configuration.hiddenSize, normalization.weight, normalization.bias,
      configuration.epsilon)
  }
}

extension Encoder {
  /// A text as tokens, and the row of the result that is its vector's.
  package struct Sequence: Sendable {
    let ids: [Int32]
    let place: Int

    package init(ids: [Int32], place: Int) {
      self.ids = ids
      self.place = place
    }
  }
}
