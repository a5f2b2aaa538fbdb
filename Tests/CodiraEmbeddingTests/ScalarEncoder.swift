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
    for layer in weights.layers { states.append(self.layer(layer, states.last!)) }
    return states
  }

  func vector(_ ids: [Int32]) -> [Double] {
    let rows = states(ids).last!
    let mean = (0..<sizes.hiddenSize).map { column in rows.reduce(0) { $0 + $1[column] } / Double(rows.count)
    }
    let length = mean.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return mean.map { $0 / length }
  }

  private func embed(_ ids: [Int32]) -> Rows {
    let width = sizes.hiddenSize
    return ids.enumerated().map { position, id in
      let row = (0..<width).map {
        Double(weights.words[Int(id) * width + $0]) + Double(weights.positions[position * width + $0])
          + Double(weights.segment[$0])
      }
      return normalize(row, weights.embeddingNormalization)
    }
  }

  private func layer(_ layer: EncoderWeights.Layer, _ rows: Rows) -> Rows {
    let queries = rows.map { linear($0, layer.query) }
    let keys = rows.map { linear($0, layer.key) }
    let values = rows.map { linear($0, layer.value) }
    return rows.indices.map { index in
      let context = attend(queries[index], keys, values)
      let attended = normalize(
        add(rows[index], linear(context, layer.attentionOutput)), layer.attentionNormalization)
      let wide = linear(attended, layer.up).map { 0.5 * $0 * (1 + erf($0 / 2.0.squareRoot())) }
      return normalize(add(attended, linear(wide, layer.down)), layer.outputNormalization)
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
    (0..<linear.outputs).map { output in
      row.indices.reduce(Double(linear.bias[output])) {
        $0 + row[$1] * Double(linear.matrix[output * linear.inputs + $1])
      }
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
