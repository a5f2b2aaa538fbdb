import CodiraModel
import CodiraPlanner
import CodiraStore

/// Computes the vectors that current symbols lack, batch by batch; a finished batch stays whatever comes.
///
/// Each thread takes the next batch, reads its texts and encodes them alone, so that none waits for another; the
/// caller's thread stores what is done meanwhile.
struct VectorStage {
  let options: IndexOptions
  let key: String
  let backend: EmbeddingSource.Backend
  let observe: (IndexProgress) -> Void
  /// Batches that may be encoded ahead of the one that is being stored.
  private static let lookAhead = 4

  private enum Outcome: Sendable {
    case vectors([Float])
    case failed(any Error)
    case stopped
  }

  /// `generation`: the first that can lack vectors, where the caller knows; nil: any.
  func run(_ writer: IndexWriter, since generation: Int64?, summary: inout IndexSummary) throws {
    let set = try writer.activateVectorSet(
      identity: backend.identity.text, dimension: backend.identity.dimension,
      instructions: backend.instructions)
    if options.allVectors { try writer.removeVectors(of: set.id) }
    if set.instructions != backend.instructions { summary.vectors.otherInstructions = set.instructions }
    let missing = try writer.read { try $0.payloadsWithoutVector(in: set.id, since: generation) }
    summary.vectors.missing = missing.count
    summary.vectors.reused = try writer.read { try $0.payloadCount() } - missing.count
    do {
      try compute(EmbeddingBatches(missing, threads: options.jobs), set, writer, &summary)
    } catch IndexError.interrupted {
      throw IndexError.interrupted(vectors: summary.vectors)
    }
    try writer.setMeta(MetaKey.vectorKey, key)
    try writer.setMeta(MetaKey.vectorsComplete, String(try writer.read { try $0.generation() }))
  }

  private func compute(
    _ work: EmbeddingBatches, _ set: VectorSet, _ writer: IndexWriter, _ summary: inout IndexSummary
  ) throws {
    if work.batches.isEmpty { return }
    let reader = try IndexReader(writer.location)
    var progress = IndexProgress(stage: .embed, done: 0, total: work.count, work: 0, totalWork: work.work)
    observe(progress)
    let backend = backend
    try OrderedPipeline.run(
      count: work.batches.count, threads: options.jobs, window: options.jobs + Self.lookAhead,
      make: { Self.encode(work.batches[$0].payloads, backend, reader) },
      consume: { index, outcome in
        let batch = work.batches[index]
        try store(outcome, of: batch.payloads, in: set.id, writer)
        summary.vectors.computed += batch.payloads.count
        summary.vectors.missing -= batch.payloads.count
        summary.isChanged = true
        progress.done += batch.payloads.count
        progress.work += batch.work
        observe(progress)
      })
  }

  /// Batches are taken in order: those before the first that is stopped are all encoded, and then stored.
  private static func encode(
    _ payloads: [Int64], _ backend: EmbeddingSource.Backend, _ reader: IndexReader
  ) -> Outcome {
    if Interruption.isRequested { return .stopped }
    do {
      return .vectors(backend.embed(try reader.read { try $0.payloadTexts(payloads) }))
    } catch {
      return .failed(error)
    }
  }

  private func store(
    _ outcome: Outcome, of payloads: [Int64], in set: Int64, _ writer: IndexWriter
  ) throws {
    switch outcome {
    case .stopped: throw IndexError.interrupted()
    case .failed(let error): throw error
    case .vectors(let vectors):
      let dimension = backend.identity.dimension
      try writer.storeVectors(
        payloads.enumerated().map { index, payload in
          (payload, Array(vectors[(index * dimension)..<((index + 1) * dimension)]))
        }, in: set)
    }
  }
}
