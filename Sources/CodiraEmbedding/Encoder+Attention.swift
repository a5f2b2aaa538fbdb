import CEmbedding

extension Encoder {
  /// context = softmax(queries · keysᵀ / √headSize) · values, for every head of every sequence.
  func attend(_ sequences: ArraySlice<Sequence>, _ attention: EncoderConfiguration.Attention) {
    if let table = workspace.rotary(attention.theta) { rotate(sequences, table) }
    var first = 0
    for sequence in sequences {
      for head in 0..<configuration.heads {
        attend(from: first, sequence.ids.count, head, reach: attention.reach)
      }
      first += sequence.ids.count
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

  /// One head of one sequence; with a reach a token sees only those that are at most so far from it.
  private func attend(from first: Int, _ length: Int, _ head: Int, reach: Int?) {
    let width = configuration.hiddenSize
    let depth = configuration.headSize
    let queries = workspace.projected + first * 3 * width + head * depth
    let keys = queries + width
    let values = keys + width
    kernels.pack(workspace.panels, keys, depth, length, 1, 3 * width)
    kernels.multiply(
      workspace.scores, length, queries, 3 * width, workspace.panels, nil, length, depth, length, CODIRA_STORE
    )
    soften(length, 1 / Float(depth).squareRoot(), reach: reach)
    kernels.pack(workspace.panels, values, length, depth, 3 * width, 1)
    kernels.multiply(
      workspace.context + first * width + head * depth, width, workspace.scores, length, workspace.panels,
      nil, length, length, depth, CODIRA_STORE)
  }

  /// Makes weights of scores; those beyond the reach are zero.
  private func soften(_ length: Int, _ scale: Float, reach: Int?) {
    guard let reach, reach < length - 1 else {
      return kernels.softmax(workspace.scores, length, length, length, scale)
    }
    for token in 0..<length {
      let row = workspace.scores + token * length
      let start = max(0, token - reach)
      let end = min(length, token + reach + 1)
      kernels.softmax(row + start, length, 1, end - start, scale)
      row.update(repeating: 0, count: start)
      (row + end).update(repeating: 0, count: length - end)
    }
  }
}
