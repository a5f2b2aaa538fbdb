import CEmbedding

/// The forward pass of an encoder over sequences laid end to end, without padding.
///
/// Every row is computed from its own sequence alone, in an order that does not depend on what lies beside it, so a
/// text's vector has the same bytes in any batch.
package struct Encoder {
  let packed: PackedEncoder
  let workspace: EncoderWorkspace
  /// The length of a vector: the hidden size, or less for the first values alone.
  let dimension: Int

  package init(packed: PackedEncoder, workspace: EncoderWorkspace, dimension: Int? = nil) {
    self.packed = packed
    self.workspace = workspace
    self.dimension = dimension ?? packed.weights.configuration.hiddenSize
  }

  var configuration: EncoderConfiguration { packed.weights.configuration }
  var kernels: codira_kernels { packed.kernels }

  /// Writes each sequence's vector to its place; `observe` sees the hidden rows after the embeddings and each layer.
  package func encode(
    _ sequences: ArraySlice<Sequence>, into vectors: UnsafeMutablePointer<Float>,
    observe: (UnsafeBufferPointer<Float>) -> Void = { _ in }
  ) {
    if let table = packed.weights.tokenTable { return average(sequences, table, into: vectors) }
    let tokens = sequences.reduce(0) { $0 + $1.ids.count }
    let hidden = UnsafeBufferPointer(start: workspace.hidden, count: tokens * configuration.hiddenSize)
    embed(sequences, tokens)
    observe(hidden)
    for (index, matrices) in packed.layers.enumerated() {
      let layer = packed.weights.layers[index]
      attend(sequences, tokens, configuration.attention[index], layer, matrices)
      feedForward(tokens, layer, matrices)
      observe(hidden)
    }
    normalize(workspace.hidden, tokens, packed.weights.finalNormalization)
    pool(sequences, into: vectors)
  }

  /// Sets hidden = norm(word + position + segment).
  private func embed(_ sequences: ArraySlice<Sequence>, _ tokens: Int) {
    let width = configuration.hiddenSize
    let weights = packed.weights
    let scratch = workspace.projected
    var row = workspace.hidden
    for sequence in sequences {
      var counted = 0
      for id in sequence.ids {
        let word = weights.words.row(Int(id), scratch: scratch)
        if let positions = weights.positions {
          let position = self.position(of: id, &counted)
          kernels.add3(row, word, positions.row(position, scratch: scratch + width), weights.segment, width)
        } else {
          for column in 0..<width { row[column] = word[column] + weights.segment[column] }
        }
        row += width
      }
    }
    normalize(workspace.hidden, tokens, weights.embeddingNormalization)
  }

  /// The row of a token's position; a padding token that a text spells out has its own and is not counted.
  private func position(of id: Int32, _ counted: inout Int) -> Int {
    if let padding = configuration.paddingID, Int(id) == padding { return padding }
    counted += 1
    return configuration.firstPosition + counted - 1
  }

  /// Sets hidden = norm(hidden + output(attention(hidden))), or hidden + output(attention(norm(hidden))).
  private func attend(
    _ sequences: ArraySlice<Sequence>, _ tokens: Int, _ attention: EncoderConfiguration.Attention,
    _ layer: EncoderWeights.Layer, _ matrices: PackedEncoder.Layer
  ) {
    let width = configuration.hiddenSize
    let rows = normalizedRows(tokens, layer.attentionNormalization)
    multiply(workspace.projected, 3 * width, rows, width, matrices.queryKeyValue, tokens, CODIRA_STORE)
    attend(sequences, attention)
    multiply(
      workspace.hidden, width, workspace.context, width, matrices.attentionOutput, tokens, CODIRA_STORE_ADD)
    if !configuration.isPreNorm { normalize(workspace.hidden, tokens, layer.attentionNormalization) }
  }

  /// Sets hidden = norm(hidden + down(units(hidden))), or hidden + down(units(norm(hidden))).
  ///
  /// Units are activation(up(x)), or gated activation(a) · b with a and b the halves of up(x).
  private func feedForward(_ tokens: Int, _ layer: EncoderWeights.Layer, _ matrices: PackedEncoder.Layer) {
    let width = configuration.hiddenSize
    let rows = normalizedRows(tokens, layer.outputNormalization)
    let isFused = configuration.activation == .gelu && !configuration.isGated
    let gelu = packed.precision == .float32 ? CODIRA_STORE_GELU : CODIRA_STORE_COARSE_GELU
    multiply(
      workspace.feedForward, configuration.upSize, rows, width, matrices.up, tokens,
      isFused ? gelu : CODIRA_STORE)
    if !isFused {
      kernels.activate(
        workspace.feedForward, configuration.upSize, tokens, configuration.feedForwardSize,
        configuration.activation.kernel, configuration.isGated ? 1 : 0)
    }
    multiply(
      workspace.hidden, width, workspace.feedForward, configuration.upSize, matrices.down, tokens,
      CODIRA_STORE_ADD)
    if !configuration.isPreNorm { normalize(workspace.hidden, tokens, layer.outputNormalization) }
  }

  /// What a step reads: the hidden rows, or where norms come first a normalized copy of them.
  ///
  /// The copy lies where attention writes its result: by then it has been projected.
  private func normalizedRows(
    _ tokens: Int, _ normalization: EncoderWeights.Normalization?
  ) -> UnsafePointer<Float> {
    guard configuration.isPreNorm, let normalization else { return UnsafePointer(workspace.hidden) }
    workspace.context.update(from: workspace.hidden, count: tokens * configuration.hiddenSize)
    normalize(workspace.context, tokens, normalization)
    return UnsafePointer(workspace.context)
  }

  private func multiply(
    _ result: UnsafeMutablePointer<Float>, _ stride: Int, _ rows: UnsafePointer<Float>, _ rowStride: Int,
    _ matrix: PackedMatrix, _ count: Int, _ epilogue: codira_epilogue
  ) {
    switch packed.precision {
    case .float32:
      kernels.multiply(
        result, stride, rows, rowStride, matrix.panels.assumingMemoryBound(to: Float.self), matrix.bias,
        count,
        matrix.inputs, matrix.outputs, epilogue)
    case .bfloat16:
      kernels.round16(workspace.codes, rows, rowStride, count, matrix.inputs)
      kernels.multiply16(
        result, stride, workspace.codes, matrix.panels, matrix.bias, count, matrix.inputs, matrix.outputs,
        epilogue)
    case .int8:
      kernels.encode(
        workspace.codes, workspace.ranges, rows, rowStride, matrix.factors, count, matrix.inputs)
      kernels.multiply8(
        result, stride, workspace.codes, workspace.ranges, matrix.panels, matrix.bias, count, matrix.inputs,
        matrix.outputs, epilogue)
    }
  }

  private func normalize(
    _ rows: UnsafeMutablePointer<Float>, _ tokens: Int, _ normalization: EncoderWeights.Normalization?
  ) {
    guard let normalization else { return }
    kernels.layer_norm(
      rows, tokens, configuration.hiddenSize, normalization.weight, normalization.bias, configuration.epsilon)
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

extension EncoderConfiguration.Activation {
  fileprivate var kernel: codira_activation {
    switch self {
    case .gelu: CODIRA_GELU
    case .geluTanh: CODIRA_GELU_TANH
    case .relu: CODIRA_RELU
    case .silu: CODIRA_SILU
    }
  }
}
