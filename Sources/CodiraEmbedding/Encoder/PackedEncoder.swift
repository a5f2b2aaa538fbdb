import CEmbedding
import Glibc

/// The encoder's matrices in the order the kernels read them; made once, at the first text, or mapped from a file that
/// holds them so.
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
  private let storage: Storage

  private enum Storage {
    case memory(UnsafeMutableRawBufferPointer)
    case file(MappedFile)
  }

  /// Packs the weights on so many threads.
  package init(
    _ weights: EncoderWeights, precision: Precision = .float32, kernels: codira_kernels, threads: Int
  ) {
    let products = weights.products
    let layout = PackedLayout(products, precision: precision, kernels: kernels)
    let memory = Self.allocate(layout.byteCount)
    let packed = layout.matrices(at: memory.baseAddress!)
    (self.weights, self.precision, self.kernels) = (weights, precision, kernels)
    (storage, layers) = (.memory(memory), Self.layers(packed))
    let jobs = PackingJobs(sources: products, packed: packed)
    concurrently(jobs: packed.count, threads: threads) { _, job in
      let (step, norm) = jobs.sources[job]
      jobs.packed[job].pack(step, after: norm, precision: precision, kernels: kernels)
      step.parts.forEach(Self.giveBack)
    }
  }

  /// The weights as a file holds them; nil if it does not hold these.
  init?(_ weights: EncoderWeights, precision: Precision, kernels: codira_kernels, file: PackedWeightsFile) {
    let layout = PackedLayout(weights.products, precision: precision, kernels: kernels)
    guard let mapped = file.open(byteCount: layout.byteCount), let start = mapped.bytes.baseAddress else {
      return nil
    }
    let panels = UnsafeMutableRawPointer(mutating: start + PackedWeightsFile.headerSize)
    (self.weights, self.precision, self.kernels) = (weights, precision, kernels)
    (storage, layers) = (.file(mapped), Self.layers(layout.matrices(at: panels)))
  }

  /// Writes the packed weights for the processes that come; where that cannot be, they pack them again.
  func write(to file: PackedWeightsFile) {
    if case .memory(let memory) = storage { file.write(UnsafeRawBufferPointer(memory)) }
  }

  private static func layers(_ packed: [PackedMatrix]) -> [Layer] {
    stride(from: 0, to: packed.count, by: 4).map { first in
      Layer(
        queryKeyValue: packed[first], attentionOutput: packed[first + 1], up: packed[first + 2],
        down: packed[first + 3])
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

  deinit { if case .memory(let memory) = storage { free(memory.baseAddress) } }

  /// Memory for the panels, in large pages where the system has them.
  private static func allocate(_ byteCount: Int) -> UnsafeMutableRawBufferPointer {
    var pointer: UnsafeMutableRawPointer?
    guard posix_memalign(&pointer, 1 << 21, max(byteCount, 1)) == 0, let pointer else {
      fatalError("no memory for \(byteCount) bytes of model weights")
    }
    madvise(pointer, byteCount, MADV_HUGEPAGE)
    return UnsafeMutableRawBufferPointer(start: pointer, count: byteCount)
  }
}

extension EncoderWeights {
  /// The four linear steps of each layer in turn, with the norm whose rows each reads, if it reads a norm's.
  var products: [(step: Linear, norm: Normalization?)] {
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
