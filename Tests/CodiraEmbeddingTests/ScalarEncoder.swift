import CodiraEmbedding
import Foundation

/// The encoder written down as plainly as it can be, in double precision: the oracle of the fast one.
struct ScalarEncoder {
  let weights: EncoderWeights
  private var sizes: EncoderConfiguration { weights.configuration }

  typealias Rows = [[Double]]

  /// The hidden rows after the embeddings and after each layer.
  func states(_ ids: [Int32]) -> [Rows] {
    var states = [embed(ids)]
    for (layer, attention) in zip(weights.layers, sizes.attention) {
      states.append(self.layer(layer, attention, states.last!))
    }
    return states
  }

  func vector(_ ids: [Int32]) -> [Double] {
    var rows = states(ids).last!
    if let norm = weights.finalNormalization { rows = rows.map { normalize($0, norm) } }
    let pooled: [Double] =
      switch sizes.pooling {
      case .mean:
        (0..<sizes.hiddenSize).map { column in rows.reduce(0) { $0 + $1[column] } / Double(rows.count) }
      case .cls: rows[0]
      case .lastToken: rows.last!
      }
    let length = pooled.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return pooled.map { $0 / length }
  }

  private func embed(_ ids: [Int32]) -> Rows {
    let first = sizes.paddingID.map { $0 + 1 } ?? 0
    var counted = 0
    return ids.map { id in
      var row = values(weights.words, Int(id))
      if let positions = weights.positions {
        let isPadding = Int(id) == sizes.paddingID
        row = add(row, values(positions, isPadding ? Int(id) : first + counted))
        if !isPadding { counted += 1 }
      }
      row = add(row, (0..<sizes.hiddenSize).map { Double(weights.segment[$0]) })
      return weights.embeddingNormalization.map { normalize(row, $0) } ?? row
    }
  }

  private func layer(
    _ layer: EncoderWeights.Layer, _ attention: EncoderConfiguration.Attention, _ rows: Rows
  ) -> Rows {
    let width = sizes.hiddenSize
    let attended = step(rows, layer.attentionNormalization) { rows in
      let projected = rows.map { linear($0, layer.queryKeyValue) }
      let queries = turned(projected.map { Array($0[..<width]) }, attention.theta)
      let keys = turned(projected.map { Array($0[width..<2 * width]) }, attention.theta)
      let values = projected.map { Array($0[(2 * width)...]) }
      return rows.indices.map { index in
        let seen = keys.indices.filter { abs($0 - index) <= attention.reach ?? .max }
        let context = attend(queries[index], seen.map { keys[$0] }, seen.map { values[$0] })
        return linear(context, layer.attentionOutput)
      }
    }
    return step(attended, layer.outputNormalization) { rows in
      rows.map { row in
        let up = linear(row, layer.up)
        let units = (0..<sizes.feedForwardSize).map {
          activate(up[$0]) * (sizes.isGated ? up[sizes.feedForwardSize + $0] : 1)
        }
        return linear(units, layer.down)
      }
    }
  }

  /// The rows with what `body` makes of them added, normalized before or after.
  private func step(
    _ rows: Rows, _ norm: EncoderWeights.Normalization?, _ body: (Rows) -> Rows
  ) -> Rows {
    func normalized(_ rows: Rows) -> Rows { norm.map { norm in rows.map { normalize($0, norm) } } ?? rows }
    return sizes.isPreNorm
      ? zip(rows, body(normalized(rows))).map(add) : normalized(zip(rows, body(rows)).map(add))
  }

  private func activate(_ x: Double) -> Double {
    switch sizes.activation {
    case .gelu: 0.5 * x * (1 + erf(x / 2.0.squareRoot()))
    case .geluTanh: 0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
    case .relu: max(0, x)
    case .silu: x / (1 + exp(-x))
    }
  }

  private func turned(_ rows: Rows, _ theta: Double?) -> Rows {
    guard let theta else { return rows }
    let half = sizes.headSize / 2
    return rows.enumerated().map { position, row in
      var turned = row
      for head in 0..<sizes.heads {
        for index in 0..<half {
          let angle = Double(position) * pow(theta, -Double(index) / Double(half))
          let (a, b) = (head * sizes.headSize + index, head * sizes.headSize + index + half)
          turned[a] = row[a] * cos(angle) - row[b] * sin(angle)
          turned[b] = row[b] * cos(angle) + row[a] * sin(angle)
        }
      }
      return turned
    }
  }

  private func attend(_ query: [Double], _ keys: Rows, _ values: Rows) -> [Double] {
    let depth = sizes.headSize
    var context = [Double](repeating: 0, count: sizes.hiddenSize)
    for head in 0..<sizes.heads {
      let columns = head * depth..<(head + 1) * depth
      let scores = keys.map { key in
        columns.reduce(0) { $0 + query[$1] * key[$1] } / Double(depth).squareRoot()
      }
      let exponentials = scores.map { exp($0 - scores.max()!) }
      let total = exponentials.reduce(0, +)
      for (exponential, value) in zip(exponentials, values) {
        for column in columns { context[column] += exponential / total * value[column] }
      }
    }
    return context
  }

  private func linear(_ row: [Double], _ linear: EncoderWeights.Linear) -> [Double] {
    var output = 0
    return linear.parts.flatMap { part in
      (0..<part.rows).map { index in
        let sum = zip(row, values(part, index)).reduce(linear.bias.map { Double($0[output]) } ?? 0) {
          $0 + $1.0 * $1.1
        }
        output += 1
        return sum
      }
    }
  }

  private func values(_ tensor: TensorView, _ row: Int) -> [Double] {
    var scratch = [Float](repeating: 0, count: tensor.columns)
    return scratch.withUnsafeMutableBufferPointer { scratch in
      let row = tensor.row(row, scratch: scratch.baseAddress!)
      return (0..<tensor.columns).map { Double(row[$0]) }
    }
  }

  private func normalize(_ row: [Double], _ normalization: EncoderWeights.Normalization) -> [Double] {
    let mean = row.reduce(0, +) / Double(row.count)
    let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)
    return row.indices.map {
      (row[$0] - mean) / (variance + Double(sizes.epsilon)).squareRoot() * Double(normalization.weight[$0])
        + Double(normalization.bias[$0])
    }
  }

  private func add(_ left: [Double], _ right: [Double]) -> [Double] { zip(left, right).map(+) }
}
