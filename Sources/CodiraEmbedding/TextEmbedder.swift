import CEmbedding
import Synchronization

/// Turns texts into vectors of length one with one model.
///
/// A text's vector has the same bytes alone, in any batch and order, with any number of threads, and, but for
/// `bfloat16`, on every processor. The weights are brought into the kernels' order at the first text. Calls may come
/// from several threads at once.
public final class TextEmbedder: Sendable {
  public let model: EmbeddingModel
  public let precision: Precision
  /// The number of floats of a vector.
  public let dimension: Int
  private let threads: Int
  private let kernels: codira_kernels
  private let packed = Mutex<PackedEncoder?>(nil)
  /// Kept from call to call: no more than threads ever computed at once.
  private let idle = Mutex<[EncoderWorkspace]>([])
  private let packedFile: PackedWeightsFile?
  private let writesPackedFile: Bool

  /// An embedder that computes on so many threads.
  public convenience init(model: EmbeddingModel, precision: Precision = .float32, threads: Int = 2) {
    self.init(model: model, precision: precision, threads: threads, kernels: codira_kernels_best().pointee)
  }

  /// An embedder of shorter vectors: of each the first values alone, brought to length one again.
  ///
  /// That is meant for models trained so that the first values say most (Matryoshka). An error unless the model has
  /// so many.
  public convenience init(
    model: EmbeddingModel, dimension: Int, precision: Precision = .float32, threads: Int = 2
  ) throws(EmbeddingError) {
    try model.check(dimension: dimension)
    self.init(
      model: model, precision: precision, threads: threads, kernels: codira_kernels_best().pointee,
      dimension: dimension)
  }

  /// An embedder with an opened model of the store, whose packed weights lie in a file beside it.
  ///
  /// The file is read if it is there, and written if `keepsPacked`. Of float32, which packs as fast as it is read,
  /// there is none.
  package convenience init(
    _ installed: ModelStore.Installed, model: EmbeddingModel, precision: Precision, dimension: Int? = nil,
    threads: Int, keepsPacked: Bool = false
  ) throws(EmbeddingError) {
    if let dimension { try model.check(dimension: dimension) }
    let kernels = codira_kernels_best().pointee
    self.init(
      model: model, precision: precision, threads: threads, kernels: kernels, dimension: dimension,
      packedFile: precision == .float32
        ? nil : PackedWeightsFile(installed, precision: precision, kernels: kernels),
      writesPackedFile: keepsPacked)
  }

  package convenience init(
    model: EmbeddingModel, precision: Precision, threads: Int, kernels: codira_kernels, dimension: Int? = nil
  ) {
    self.init(
      model: model, precision: precision, threads: threads, kernels: kernels, dimension: dimension,
      packedFile: nil, writesPackedFile: false)
  }

  private init(
    model: EmbeddingModel, precision: Precision, threads: Int, kernels: codira_kernels, dimension: Int? = nil,
    packedFile: PackedWeightsFile?, writesPackedFile: Bool
  ) {
    self.packedFile = packedFile
    self.writesPackedFile = writesPackedFile
    self.model = model
    self.precision = precision
    self.dimension = dimension ?? model.dimension
    self.threads = max(1, threads)
    self.kernels = kernels
  }

  /// The name of the instruction set that computes: `avx512bf16`, `avx512vnni`, `avx512`, `avxvnni`, `avx2`, `portable`.
  public var instructions: String { String(cString: kernels.name) }

  /// The texts' vectors, row by row: texts × dimension.
  ///
  /// The model's prompt for their role is put before the texts; then they are cut to its maximum of tokens.
  public func embed(_ texts: [String], as role: TextRole = .plain) -> [Float] {
    embed(tokens: texts.map { model.tokens($0, as: role) })
  }

  /// The same of UTF-8 bytes; bytes that are not UTF-8 are ignored.
  ///
  /// `threads` other than the embedder's own: with 1, all is done on the caller's thread, for callers who have
  /// threads themselves.
  public func embed(utf8 texts: [[UInt8]], as role: TextRole = .plain, threads: Int? = nil) -> [Float] {
    embed(
      tokens: texts.map { text in text.withUnsafeBufferPointer { model.tokens($0, as: role) } },
      threads: threads)
  }

  /// What besides the model's files decides the bytes of a passage's vector.
  public var identity: String { model.identity(precision: precision, dimension: dimension) }

  func embed(tokens: [[Int32]], threads: Int? = nil) -> [Float] {
    guard !tokens.isEmpty else { return [] }
    let threads = max(1, threads ?? self.threads)
    let encoder = packed.withLock { packed in
      if let packed { return packed }
      let made = mapped() ?? pack()
      packed = made
      return made
    }
    let batches = SequenceBatches(tokens, threads: threads)
    let workspaces = (0..<min(threads, batches.ranges.count)).map { _ in workspace(encoder, batches) }
    defer { idle.withLock { $0 += workspaces } }
    let dimension = dimension
    return [Float](unsafeUninitializedCapacity: tokens.count * dimension) { buffer, count in
      let vectors = Vectors(start: buffer.baseAddress!)
      concurrently(jobs: batches.ranges.count, threads: threads) { worker, job in
        Encoder(packed: encoder, workspace: workspaces[worker], dimension: dimension)
          .encode(batches.sequences[batches.ranges[job]], into: vectors.start)
      }
      count = tokens.count * dimension
    }
  }
}

extension EmbeddingModel {
  /// Refuses vectors that are longer than the model's, or of no values.
  fileprivate func check(dimension: Int) throws(EmbeddingError) {
    guard dimension >= 1, dimension <= self.dimension else {
      throw .unsupported(
        path: directory, what: "dimension", found: "\(dimension)", supported: ["1 to \(self.dimension)"])
    }
  }
}

extension TextEmbedder {
  /// An idle workspace, or a new one in the place of one that is too small.
  private func workspace(_ encoder: PackedEncoder, _ batches: SequenceBatches) -> EncoderWorkspace {
    let found: EncoderWorkspace? = idle.withLock { idle in
      if let index = idle.lastIndex(where: { $0.holds(batches) }) { return idle.remove(at: index) }
      _ = idle.popLast()
      return nil
    }
    return found ?? EncoderWorkspace(encoder, tokens: batches.tokens, longest: batches.longest)
  }

  private func mapped() -> PackedEncoder? {
    packedFile.flatMap { PackedEncoder(model.weights, precision: precision, kernels: kernels, file: $0) }
  }

  private func pack() -> PackedEncoder {
    let made = PackedEncoder(model.weights, precision: precision, kernels: kernels, threads: threads)
    if let packedFile, writesPackedFile { made.write(to: packedFile) }
    return made
  }
}

/// Constant functions and constants.
extension codira_kernels: @unchecked @retroactive Sendable {}

/// Where the vectors go; each job writes its own rows.
private struct Vectors: @unchecked Sendable {
  let start: UnsafeMutablePointer<Float>
}
