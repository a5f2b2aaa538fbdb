import CodiraModel
import CodiraPlanner
import CodiraStore

/// Computes the vectors that current symbols lack, batch by batch; a finished batch stays whatever comes.
struct VectorStage {
  let options: IndexOptions
  let key: String
  let backend: EmbeddingSource.Backend
  let observe: (IndexProgress) -> Void
  /// Texts of a batch, and bytes: a batch is what an interruption can lose.
  private static let batchCount = 128
  private static let batchBytes = 96 << 10
  /// Bytes of a text that can matter to an encoder of 256 tokens, for balancing batches.
  private static let usefulBytes = 1500

  /// `lacking`: the payloads that can lack a vector, where the caller knows; nil: any.
  func run(_ writer: IndexWriter, since generation: Int64?, summary: inout IndexSummary) throws {
    let set = try writer.activateVectorSet(
      identity: backend.identity.text, dimension: backend.identity.dimension,
      instructions: backend.instructions)
    if options.allVectors { try writer.removeVectors(of: set.id) }
    if set.instructions != backend.instructions { summary.vectors.otherInstructions = set.instructions }
    let missing = try writer.read { try $0.payloadsWithoutVector(in: set.id, since: generation) }
      .sorted { ($0.byteCount, $0.payload) > ($1.byteCount, $1.payload) }
    summary.vectors.missing = missing.count
    summary.vectors.reused = try writer.read { try $0.payloadCount() } - missing.count
    var rest = missing[...]
    while !rest.isEmpty {
      try Interruption.check()
      let batch = Self.batch(&rest)
      try compute(batch, set, writer)
      summary.vectors.computed += batch.count
      summary.vectors.missing -= batch.count
      summary.isChanged = true
      observe(IndexProgress(stage: .embed, done: missing.count - rest.count, total: missing.count))
    }
    try writer.setMeta(MetaKey.vectorKey, key)
    try writer.setMeta(MetaKey.vectorsComplete, String(try writer.read { try $0.generation() }))
  }

  private func compute(_ batch: [Int64], _ set: VectorSet, _ writer: IndexWriter) throws {
    let texts = try writer.read { snapshot in
      try batch.map { Array(try snapshot.payload($0)?.text.utf8 ?? "".utf8) }
    }
    let vectors = backend.embed(texts)
    let dimension = backend.identity.dimension
    try writer.storeVectors(
      batch.enumerated().map { index, payload in
        (payload, Array(vectors[(index * dimension)..<((index + 1) * dimension)]))
      }, in: set.id)
  }

  private static func batch(_ rest: inout ArraySlice<(payload: Int64, byteCount: Int)>) -> [Int64] {
    var batch: [Int64] = []
    var bytes = 0
    while let next = rest.first, batch.count < batchCount, bytes < batchBytes {
      rest.removeFirst()
      batch.append(next.payload)
      bytes += min(next.byteCount, usefulBytes)
    }
    return batch
  }
}
