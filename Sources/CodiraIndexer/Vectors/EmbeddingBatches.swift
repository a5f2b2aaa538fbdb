/// Texts that lack a vector, the longest first, cut into batches that one thread encodes and one transaction stores.
struct EmbeddingBatches: Sendable {
  struct Batch: Hashable, Sendable {
    var payloads: [Int64] = []
    /// Bytes that an encoder reads: what progress and remaining time are counted in.
    var work = 0
  }

  let batches: [Batch]
  let count: Int
  let work: Int

  /// A batch is what an interruption waits for, and what a crash loses: a second of one core at the slowest.
  private static let batchCount = 64
  private static let batchWork = 24 << 10
  /// So few texts that they make fewer full batches are cut finer, for every thread to have some.
  private static let batchesPerThread = 4
  /// Bytes of a text that matter to an encoder of 256 tokens, about: with these, the work left told the tokens left to
  /// within a twentieth on django.
  private static let usefulBytes = 768

  init(_ missing: [(payload: Int64, byteCount: Int)], threads: Int) {
    let texts = missing.sorted { ($0.byteCount, $0.payload) > ($1.byteCount, $1.payload) }
    let total = texts.reduce(0) { $0 + Self.work($1.byteCount) }
    let share = max(1, min(Self.batchWork, total / (max(1, threads) * Self.batchesPerThread)))
    var batches: [Batch] = []
    var batch = Batch()
    for text in texts {
      batch.payloads.append(text.payload)
      batch.work += Self.work(text.byteCount)
      if batch.payloads.count == Self.batchCount || batch.work >= share {
        batches.append(batch)
        batch = Batch()
      }
    }
    if !batch.payloads.isEmpty { batches.append(batch) }
    self.batches = batches
    count = texts.count
    work = total
  }

  /// One more than nothing: a text of no words is encoded too.
  private static func work(_ byteCount: Int) -> Int { min(byteCount, usefulBytes) + 1 }
}
