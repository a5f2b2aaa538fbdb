import CEmbedding

extension Encoder {
  /// context = softmax(queries · keysᵀ / √headSize) · values, for every head of every sequence.
  func attend(_ sequences: ArraySlice<Sequence>, _ attention: EncoderConfiguration.Attention) {
    if let table = workspace.rotary(attention.theta) { rotate(sequences, table) }
    let width = configuration.hiddenSize
    let attend = packed.precision == .bfloat16 ? kernels.attend16! : kernels.attend!
    var rows = 0
    for sequence in sequences {
      let length = sequence.ids.count
      let shape = codira_attention(
        length: length, stride: 3 * width, heads: configuration.heads, width: configuration.headSize,
        reach: attention.reach ?? length, scale: 1 / Float(configuration.headSize).squareRoot())
      let queries = workspace.projected + rows * 3 * width
      withUnsafePointer(to: shape) { shape in
        attend(
          workspace.context + rows * width, width, queries, queries + width, queries + 2 * width, shape,
          workspace.attention)
      }
      rows += length
    }
  }

  /// Turns the queries and keys of each token by its position.
  private func rotate(_ sequences: ArraySlice<Sequence>, _ table: RotaryTable) {
    var row = workspace.projected
    for sequence in sequences {
      for position in sequence.ids.indices {
        kernels.rotate(
          row, 2 * configuration.heads, configuration.headSize, table.cosines(at: position),
          table.sines(at: position))
        row += 3 * configuration.hiddenSize
      }
    }
  }
}
