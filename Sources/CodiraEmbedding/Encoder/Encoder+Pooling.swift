import CEmbedding

extension Encoder {
  /// Makes one vector of length one of each sequence's rows.
  func pool(_ sequences: ArraySlice<Sequence>, into vectors: UnsafeMutablePointer<Float>) {
    let width = configuration.hiddenSize
    var rows = workspace.hidden
    for sequence in sequences {
      let count = sequence.ids.count
      switch configuration.pooling {
      case .mean: kernels.mean(workspace.context, rows, count, width)
      case .cls: kernels.mean(workspace.context, rows, 1, width)
      case .lastToken: kernels.mean(workspace.context, rows + (count - 1) * width, 1, width)
      }
      finish(workspace.context, vectors + sequence.place * dimension)
      rows += count * width
    }
  }

  /// The vectors of a model without layers: the mean of the tokens' own, each by its weight.
  ///
  /// A text without tokens has the vector of zeros.
  func average(
    _ sequences: ArraySlice<Sequence>, _ table: TokenTable, into vectors: UnsafeMutablePointer<Float>
  ) {
    let width = configuration.hiddenSize
    let words = packed.weights.words
    let sum = workspace.context
    for sequence in sequences {
      sum.update(repeating: 0, count: width)
      for id in sequence.ids {
        let row = words.row(table.row(of: id), scratch: workspace.hidden)
        let weight = table.weights?[Int(id)] ?? 1
        for column in 0..<width { sum[column] += row[column] * weight }
      }
      let count = Float(max(1, sequence.ids.count))
      for column in 0..<width { sum[column] /= count }
      finish(sum, vectors + sequence.place * dimension)
    }
  }

  /// Writes the first values of a pooled row, brought to length one.
  private func finish(_ row: UnsafePointer<Float>, _ vector: UnsafeMutablePointer<Float>) {
    vector.update(from: row, count: dimension)
    kernels.normalize(vector, dimension)
  }
}
