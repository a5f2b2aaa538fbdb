import CodiraEmbedding
import CodiraStore

/// Encodes questions with an installed model, opened at the first question that needs it.
package struct ModelEncoder: QuestionEncoder {
  private let store: ModelStore

  package init(_ store: ModelStore) { self.store = store }

  package func vector(of text: String, for set: VectorSet) throws -> [Float]? {
    let installed = try store.list().first { set.identity.contains($0.fingerprint.hex) }
    guard let installed else { return nil }
    let model = try EmbeddingModel(directory: try store.resolve(installed.name).directory)
    let precision = Precision.allCases.first { set.identity.hasPrefix(model.identity(precision: $0)) }
    guard let precision else { return nil }
    return TextEmbedder(model: model, precision: precision, threads: 1).embed([text])
  }
}
