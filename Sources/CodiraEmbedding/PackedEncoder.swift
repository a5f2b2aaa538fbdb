import CEmbedding
import Glibc

/// The encoder's matrices in the order the kernels read them; made once, at the first text.
package final class PackedEncoder: @unchecked Sendable {
  /// x · matrix + bias, the matrix in panels of columns.
  struct Linear {
    let panels: UnsafePointer<Float>
    let bias: UnsafePointer<Float>
    let outputs: Int
    let inputs: Int
  }

  struct Layer {
    let query: Linear
    let key: Linear
    let value: Linear
    let attentionOutput: Linear
    let up: Linear
    let down: Linear
  }

  let weights: EncoderWeights
  let kernels: codira_kernels
  let layers: [Layer]
  private let storage: UnsafeMutableRawPointer

  package init(_ weights: EncoderWeights, kernels: codira_kernels, threads: Int) {
    self.weights = weights
    self.kernels = kernels
    let sources = weights.layers.flatMap { [$0.query, $0.key, $0.value, $0.attentionOutput, $0.up, $0.down] }
    let sizes = sources.map { ($0.outputs + kernels.panel - 1) / kernels.panel * kernels.panel * $0.inputs }
    storage = Self.allocate(sizes.reduce(0, +) * MemoryLayout<Float>.stride)

    var next = storage.assumingMemoryBound(to: Float.self)
    var packed: [Linear] = []
    for (source, size) in zip(sources, sizes) {
      packed.append(Linear(panels: next, bias: source.bias, outputs: source.outputs, inputs: source.inputs))
      next += size
    }
    layers = stride(from: 0, to: packed.count, by: 6).map { first in
      Layer(
        query: packed[first], key: packed[first + 1], value: packed[first + 2],
        attentionOutput: packed[first + 3], up: packed[first + 4], down: packed[first + 5])
    }
    let jobs = PackingJobs(sources: sources, packed: packed)
    concurrently(jobs: packed.count, threads: threads) { _, job in
      let source = jobs.sources[job]
      kernels.pack(
        UnsafeMutablePointer(mutating: jobs.packed[job].panels), source.matrix, source.inputs, source.outputs,
        1,
        source.inputs)
      Self.giveBack(source.matrix, source.outputs * source.inputs)
    }
    for source in sources { Self.forget(source.matrix, count: source.outputs * source.inputs) }
  }

  /// Lets go of the pages that hold only this matrix: nothing reads it in the file any more.
  private static func giveBack(_ matrix: UnsafePointer<Float>, _ count: Int) {
    let page = UInt(sysconf(Int32(_SC_PAGESIZE)))
    let first = (UInt(bitPattern: matrix) + page - 1) / page * page
    let end = UInt(bitPattern: matrix + count) / page * page
    guard first < end else { return }
    madvise(UnsafeMutableRawPointer(bitPattern: first), Int(end - first), MADV_DONTNEED)
  }

  deinit { free(storage) }

  /// Gives back the pages of a mapped matrix that was packed; they are read again if anybody asks.
  private static func forget(_ matrix: UnsafePointer<Float>, count: Int) {
    let page = UInt(max(1, sysconf(Int32(_SC_PAGESIZE))))
    let start = (UInt(bitPattern: matrix) + page - 1) / page * page
    let end = UInt(bitPattern: matrix + count) / page * page
    if start < end { madvise(UnsafeMutableRawPointer(bitPattern: start), Int(end - start), MADV_DONTNEED) }
  }

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

private struct PackingJobs: @unchecked Sendable {
  let sources: [EncoderWeights.Linear]
  let packed: [PackedEncoder.Linear]
}
