import CEmbedding
import Glibc

/// The encoder's matrices in the order the kernels read them; made once, at the first text.
package final class PackedEncoder: @unchecked Sendable {
  struct Layer {
    let queryKeyValue: PackedMatrix
    let attentionOutput: PackedMatrix
    let up: PackedMatrix
    let down: PackedMatrix
  }

  let weights: EncoderWeights
  let precision: Precision
  let kernels: codira_kernels
  let layers: [Layer]
  private let storage: UnsafeMutableRawPointer

  package init(
    _ weights: EncoderWeights, precision: Precision = .float32, kernels: codira_kernels, threads: Int
  ) {
    self.weights = weights
    self.precision = precision
    self.kernels = kernels
    let sources = weights.products
    let sizes = sources.map {
      PackedMatrix.byteCount(
        outputs: $0.step.outputs, inputs: $0.step.inputs, precision: precision, kernels: kernels)
    }
    let factors = sources.map { precision == .int8 && $0.norm != nil ? $0.step.inputs : 0 }
    storage = Self.allocate(sizes.reduce(0, +) + factors.reduce(0, +) * MemoryLayout<Float>.stride)

    var nextPanel = storage
    var nextFactor = (storage + sizes.reduce(0, +)).assumingMemoryBound(to: Float.self)
    var packed: [PackedMatrix] = []
    for (index, source) in sources.enumerated() {
      packed.append(
        PackedMatrix(
          panels: nextPanel, bias: source.step.bias, outputs: source.step.outputs, inputs: source.step.inputs,
          factors: factors[index] > 0 ? nextFactor : nil))
      nextPanel += sizes[index]
      nextFactor += factors[index]
    }
    layers = stride(from: 0, to: packed.count, by: 4).map { first in
      Layer(
        queryKeyValue: packed[first], attentionOutput: packed[first + 1], up: packed[first + 2],
        down: packed[first + 3])
    }
    let jobs = PackingJobs(sources: sources, packed: packed)
    concurrently(jobs: packed.count, threads: threads) { _, job in
      let (step, norm) = jobs.sources[job]
      jobs.packed[job].pack(step, after: norm, precision: precision, kernels: kernels)
      step.parts.forEach(Self.giveBack)
    }
  }

  /// Lets go of the pages that hold only this matrix: nothing reads it in the file any more.
  private static func giveBack(_ matrix: TensorView) {
    let page = UInt(max(1, sysconf(Int32(_SC_PAGESIZE))))
    let first = (UInt(bitPattern: matrix.start) + page - 1) / page * page
    let end = UInt(bitPattern: matrix.start + matrix.byteCount) / page * page
    guard first < end else { return }
    madvise(UnsafeMutableRawPointer(bitPattern: first), Int(end - first), MADV_DONTNEED)
  }

  deinit { free(storage) }

  /// Memory for the panels, in large pages where the system has them.
  private static func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer {
    var pointer: UnsafeMutableRawPointer?
    guard posix_memalign(&pointer, 1 << 21, max(byteCount, 1)) == 0, let pointer else {
      fatalError("no memory for \(byteCount) bytes of model weights")
    }
    madvise(pointer, byteCount, MADV_HUGEPAGE)
    return pointer
  }
}

extension EncoderWeights {
  /// The four linear steps of each layer in turn, with the norm whose rows each reads, if it reads a norm's.
  fileprivate var products: [(step: Linear, norm: Normalization?)] {
    var before = embeddingNormalization
    return layers.flatMap { layer in
      let isPreNorm = configuration.isPreNorm
      let first = isPreNorm ? layer.attentionNormalization ?? before : before
      let second = isPreNorm ? layer.outputNormalization : layer.attentionNormalization
      before = layer.outputNormalization
      return [
        (layer.queryKeyValue, first), (layer.attentionOutput, nil), (layer.up, second), (layer.down, nil),
      ]
    }
  }
}

private struct PackingJobs: @unchecked Sendable {
  let sources: [(step: EncoderWeights.Linear, norm: EncoderWeights.Normalization?)]
  let packed: [PackedMatrix]
}
