import CEmbedding

/// Where each of an encoder's packed matrices lies in one piece of memory: panels first, then factors.
struct PackedLayout {
  private let products: [(step: EncoderWeights.Linear, norm: EncoderWeights.Normalization?)]
  private let panelBytes: [Int]
  private let factorCounts: [Int]
  let byteCount: Int

  init(
    _ products: [(step: EncoderWeights.Linear, norm: EncoderWeights.Normalization?)], precision: Precision,
    kernels: codira_kernels
  ) {
    self.products = products
    panelBytes = products.map {
      PackedMatrix.byteCount(
        outputs: $0.step.outputs, inputs: $0.step.inputs, precision: precision, kernels: kernels)
    }
    factorCounts = products.map { precision == .int8 && $0.norm != nil ? $0.step.inputs : 0 }
    byteCount = panelBytes.reduce(0, +) + factorCounts.reduce(0, +) * MemoryLayout<Float>.stride
  }

  func matrices(at start: UnsafeMutableRawPointer) -> [PackedMatrix] {
    var panels = start
    var factors = (start + panelBytes.reduce(0, +)).assumingMemoryBound(to: Float.self)
    var matrices: [PackedMatrix] = []
    for (index, product) in products.enumerated() {
      matrices.append(
        PackedMatrix(
          panels: panels, bias: product.step.bias, outputs: product.step.outputs, inputs: product.step.inputs,
          factors: factorCounts[index] > 0 ? factors : nil))
      panels += panelBytes[index]
      factors += factorCounts[index]
    }
    return matrices
  }
}
