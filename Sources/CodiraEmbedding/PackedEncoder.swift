import CEmbedding
import Glibc

/// The encoder's matrices in the order the kernels read them; made once, at the first text.
package final class PackedEncoder: @unchecked Sendable {
  /// x · matrix + bias, the matrix in panels of columns.
  struct Linear {
    let panels: UnsafePointer<Float>
    let bias: UnsafePointer<Float>?
    let outputs: Int
    let inputs: Int
  }

  struct Layer {
    let queryKeyValue: Linear
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
    let sources = weights.layers.flatMap { [$0.queryKeyValue, $0.attentionOutput, $0.up, $0.down] }
    let sizes = sources.map { ($0.outputs + kernels.panel - 1) / kernels.panel * kernels.panel * $0.inputs }
    storage = Self.allocate(sizes.reduce(0, +) * MemoryLayout<Float>.stride)

    var next = storage.assumingMemoryBound(to: Float.self)
    var packed: [Linear] = []
    for (source, size) in zip(sources, sizes) {
      packed.append(Linear(panels: next, bias: source.bias, outputs: source.outputs, inputs: source.inputs))
      next += size
    }
    layers = stride(from: 0, to: packed.count, by: 4).map { first in
      Layer(
        queryKeyValue: packed[first], attentionOutput: packed[first + 1], up: packed[first + 2],
        down: packed[first + 3])
    }
    let jobs = PackingJobs(sources: sources, packed: packed)
    concurrently(jobs: packed.count, threads: threads) { _, job in
      Self.pack(jobs.sources[job], UnsafeMutablePointer(mutating: jobs.packed[job].panels), kernels)
    }
  }

  /// Packs parts from where they lie if they are float32 and fill whole panels, else from a copy.
  private static func pack(
    _ source: EncoderWeights.Linear, _ panels: UnsafeMutablePointer<Float>, _ kernels: codira_kernels
  ) {
    let areAligned = source.parts.dropLast().allSatisfy { $0.rows % kernels.panel == 0 }
    if areAligned, source.parts.allSatisfy({ $0.floats != nil }) {
      var next = panels
      for part in source.parts {
        guard let floats = part.floats else { continue }
        kernels.pack(next, floats, source.inputs, part.rows, 1, source.inputs)
        next += part.count
      }
    } else {
      let copy = UnsafeMutablePointer<Float>.allocate(capacity: source.outputs * source.inputs)
      defer { copy.deallocate() }
      var next = copy
      for part in source.parts {
        part.convert(0..<part.count, to: next)
        next += part.count
      }
      kernels.pack(panels, copy, source.inputs, source.outputs, 1, source.inputs)
    }
    source.parts.forEach(giveBack)
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

private struct PackingJobs: @unchecked Sendable {
  let sources: [EncoderWeights.Linear]
  let packed: [PackedEncoder.Linear]
}
