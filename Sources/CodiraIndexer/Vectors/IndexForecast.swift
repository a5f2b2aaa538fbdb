import CodiraEmbedding
import CodiraModel
import CodiraStore

/// How much there is to encode before an index has all its vectors: an estimate.
package struct IndexForecast: Hashable, Sendable {
  /// What it was estimated from: the texts of an index, or the sizes of files that no index has.
  package enum Basis: String, Sendable { case index, files }

  package var basis: Basis
  package var texts: Int
  package var tokens: Int

  /// The texts of an index that lack a vector of this model and precision; the tokens of some are counted.
  package init(_ snapshot: Snapshot, identity: String, model: EmbeddingModel) throws {
    let set = try snapshot.vectorSets().first { $0.identity == identity }
    // No set has the number 0: all texts lack a vector of it.
    let missing = try snapshot.payloadsWithoutVector(in: set?.id ?? 0)
      .sorted { ($0.byteCount, $0.payload) < ($1.byteCount, $1.payload) }
    let step = max(1, missing.count / Self.sampleCount)
    let sample = stride(from: step / 2, to: missing.count, by: step).map { missing[$0].payload }
    let counted = try snapshot.payloadTexts(sample).reduce(0) { count, text in
      count + text.withUnsafeBufferPointer { model.tokens($0, as: .passage).count }
    }
    basis = .index
    texts = missing.count
    tokens = sample.isEmpty ? 0 : counted * missing.count / sample.count
  }

  /// From the files that a first `index` of the place would read.
  package init(_ place: RepositoryScan.Place, largestFile: Int64) throws(IndexError) {
    let bytes = try RepositoryScan(place).entries.reduce(0) { sum, entry in
      let isRead = entry.stat.size <= largestFile && TextFiles.isRead(entry.path, size: entry.stat.size)
      return sum + (isRead ? Int(entry.stat.size) : 0)
    }
    basis = .files
    texts = bytes / Self.bytesOfText
    tokens = Int(Double(bytes) / Self.bytesOfToken)
  }

  /// Texts whose tokens are counted.
  private static let sampleCount = 256
  /// Bytes of source for each text and for each token that is encoded, as in django 5.1.
  private static let bytesOfText = 400
  private static let bytesOfToken = 3.6
}
