import CodiraEmbedding
import CodiraStore
import Glibc
import Synchronization

/// Encodes questions with an installed model, opened at the first question that needs it and kept.
///
/// Questions may come from several threads at once.
package final class ModelEncoder: QuestionEncoder, Sendable {
  private let store: ModelStore
  private let opened = Mutex<Opened?>(nil)

  private struct Opened {
    let set: String
    let embedder: TextEmbedder
  }

  package init(_ store: ModelStore) { self.store = store }

  package func vector(of text: String, for set: VectorSet) throws -> [Float]? {
    let embedder = try opened.withLock { opened in
      if opened?.set != set.identity { opened = try open(set) }
      return opened?.embedder
    }
    return embedder?.embed([text], as: .query)
  }

  private func open(_ set: VectorSet) throws -> Opened? {
    guard let name = try store.list().first(where: { set.identity.contains($0.fingerprint.hex) })?.name else {
      return nil
    }
    let installed = try store.resolve(name)
    let model = try EmbeddingModel(directory: installed.directory)
    let precision = Precision.allCases.first { set.identity.hasPrefix(model.identity(precision: $0)) }
    guard let precision else { return nil }
    // One text is computed on one thread; the weights are made ready by all.
    let threads = min(8, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    return Opened(
      set: set.identity,
      embedder: try TextEmbedder(
        installed, model: model, precision: precision,
        dimension: set.dimension == model.dimension ? nil : set.dimension, threads: threads))
  }
}
