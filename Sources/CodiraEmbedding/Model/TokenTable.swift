/// What model2vec says of each token besides its vector: a weight, and the row of the vector in the table.
package struct TokenTable: Sendable {
  /// How many tokens the table knows.
  package let tokens: Int
  package let weights: [Float]?
  private let mapping: [Int32]?

  init(_ tensors: ModelTensors, rows: Int) throws(EmbeddingError) {
    var count = rows
    if let shape = tensors.shape("mapping"), shape.count == 1 {
      count = shape[0]
      mapping = try Self.mapping(tensors, count, rows: rows)
    } else {
      mapping = nil
    }
    tokens = count
    weights = tensors.has("weights") ? try Self.weights(tensors, count) : nil
  }

  package func row(of token: Int32) -> Int { mapping.map { Int($0[Int(token)]) } ?? Int(token) }

  private static func mapping(
    _ tensors: ModelTensors, _ count: Int, rows: Int
  ) throws(EmbeddingError) -> [Int32] {
    let (type, start) = try tensors.place("mapping", types: ["I64", "I32"], shape: [count])
    var mapping: [Int32] = []
    mapping.reserveCapacity(count)
    for token in 0..<count {
      let row =
        type == "I64"
        ? start.load(fromByteOffset: 8 * token, as: Int64.self)
        : Int64(start.load(fromByteOffset: 4 * token, as: Int32.self))
      guard row >= 0, row < rows else {
        throw .malformed(path: tensors.path, reason: "mapping of token \(token) is \(row), of \(rows) rows")
      }
      mapping.append(Int32(row))
    }
    return mapping
  }

  private static func weights(_ tensors: ModelTensors, _ count: Int) throws(EmbeddingError) -> [Float] {
    let types = ["F64"] + TensorView.Element.allCases.map(\.rawValue)
    let (type, start) = try tensors.place("weights", types: types, shape: [count])
    var weights = [Float](repeating: 0, count: count)
    if type == "F64" {
      for token in 0..<count {
        weights[token] = Float(start.load(fromByteOffset: 8 * token, as: Double.self))
      }
    } else {
      let view = try tensors.tensor("weights", shape: [count])
      weights.withUnsafeMutableBufferPointer { view.convert(0..<count, to: $0.baseAddress!) }
    }
    if let token = weights.firstIndex(where: { !$0.isFinite }) {
      throw .malformed(path: tensors.path, reason: "value \(token) of tensor weights is not finite")
    }
    return weights
  }
}
