import CodiraEmbedding
import CodiraStore

/// Encodes questions with an installed model, opened at the first question that needs it and kept.
package final class ModelEncoder: QuestionEncoder {
  private let store: ModelStore
  private var opened: (set: String, embedder: TextEmbedder)?

  package init(_ store: ModelStore) { self.store = store }

  package func vector(of text: String, for set: VectorSet) throws -> [Float]? {
    if let opened, opened.set == set.identity { return opened.embedder.embed([text]) }
    let installed = try store.list().first { set.identity.contains($0.fingerprint.hex) }
    guard let installed else { return nil }
    let model = try EmbeddingModel(directory: try store.resolve(installed.name).directory)
    let precision = Precision.allCases.first { set.identity.hasPrefix(model.identity(precision: $0)) }
    guard let precision else { return nil }
    let embedder = TextEmbedder(model: model, precision: precision, threads: 1)
    opened = (set.identity, embedder)
    return embedder.embed([text])
  }
}
