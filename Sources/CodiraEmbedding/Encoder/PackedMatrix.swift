import CEmbedding

/// A linear step, x · matrix + bias, with the matrix in the order in which the kernels of one precision read it.
struct PackedMatrix {
  let panels: UnsafeMutableRawPointer
  let bias: UnsafePointer<Float>?
  let outputs: Int
  let inputs: Int
  /// What each column of x is multiplied by before it becomes a code of 8 bits; nil: nothing.
  let factors: UnsafeMutablePointer<Float>?
}

extension PackedMatrix {
  /// The bytes that panels of such a matrix take, a multiple of a cache line.
  static func byteCount(
    outputs: Int, inputs: Int, precision: Precision, kernels: codira_kernels
  ) -> Int {
    let count =
      switch precision {
      case .float32:
        (outputs + kernels.panel - 1) / kernels.panel * kernels.panel * inputs * MemoryLayout<Float>.stride
      case .bfloat16: kernels.pack16_size(inputs, outputs)
      case .int8: kernels.pack8_size(inputs, outputs)
      }
    return (count + 63) / 64 * 64
  }

  /// Fills the panels from a step's weights; `norm` is what the rows come out of, where they come straight out of one.
  func pack(
    _ source: EncoderWeights.Linear, after norm: EncoderWeights.Normalization?, precision: Precision,
    kernels: codira_kernels
  ) {
    source.withFloats { matrix in
      switch precision {
      case .float32:
        kernels.pack(panels.assumingMemoryBound(to: Float.self), matrix, inputs, outputs, 1, inputs)
      case .bfloat16: kernels.pack16(panels, matrix, inputs, outputs)
      case .int8: pack8(matrix, after: norm, kernels)
      }
    }
  }

  /// Columns that the norm makes large are divided before they become codes, and their weights multiplied, so that
  /// both use their 8 bits: by the square root of the column's size over that of its weights.
  private func pack8(
    _ matrix: UnsafePointer<Float>, after norm: EncoderWeights.Normalization?, _ kernels: codira_kernels
  ) {
    withUnsafeTemporaryAllocation(of: Int8.self, capacity: inputs + 4) { scratch in
      guard let norm, let factors else {
        return kernels.pack8(panels, matrix, nil, inputs, outputs, scratch.baseAddress)
      }
      withUnsafeTemporaryAllocation(of: Float.self, capacity: inputs) { equalizer in
        kernels.column_maxima(equalizer.baseAddress, matrix, inputs, outputs)
        for column in 0..<inputs {
          let size = 3 * norm.weight[column].magnitude + norm.bias[column].magnitude
          let ratio = (size / equalizer[column]).squareRoot()
          equalizer[column] = ratio.isNormal ? ratio : 1
          factors[column] = 1 / equalizer[column]
        }
        kernels.pack8(panels, matrix, equalizer.baseAddress, inputs, outputs, scratch.baseAddress)
      }
    }
  }
}

extension EncoderWeights.Linear {
  /// The whole matrix as float32, [outputs × inputs]: where it lies, or a copy.
  func withFloats(_ body: (UnsafePointer<Float>) -> Void) {
    if parts.count == 1, let floats = parts[0].floats { return body(floats) }
    let copy = UnsafeMutablePointer<Float>.allocate(capacity: outputs * inputs)
    defer { copy.deallocate() }
    var next = copy
    for part in parts {
      part.convert(0..<part.count, to: next)
      next += part.count
    }
    body(copy)
  }
}
