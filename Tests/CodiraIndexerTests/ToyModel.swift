import CodiraDigest
import CodiraIndexer
import CodiraPlanner
import Synchronization

/// An embedding model whose vectors are a few bytes of a hash.
struct ToyModel: Sendable {
  var name = "one"
  var precision = "float32"

  final class Counter: Sendable {
    let texts = Atomic<Int>(0)
    let openings = Atomic<Int>(0)
    var computed: Int { texts.load(ordering: .relaxed) }
    var opened: Int { openings.load(ordering: .relaxed) }
  }

  static let dimension = 4

  func source(_ counter: Counter = Counter()) -> EmbeddingSource {
    let identity = VectorPlan.SetIdentity(
      backend: "toy precision=\(precision)", model: SHA256.hash(Array(name.utf8)), dimension: Self.dimension,
      recipe: PayloadRecipe.version)
    return EmbeddingSource(
      key: { "\(name) \(precision)" },
      open: { () throws(IndexError) in
        counter.openings.add(1, ordering: .relaxed)
        return EmbeddingSource.Backend(identity: identity, instructions: "any") { texts in
          counter.texts.add(texts.count, ordering: .relaxed)
          return texts.flatMap { text in
            SHA256.hash(Array(name.utf8) + text).withUnsafeBytes { bytes in
              (0..<Self.dimension).map { Float(bytes[$0]) }
            }
          }
        }
      })
  }

  /// A model that is not there.
  static let absent = EmbeddingSource(
    key: { nil },
    open: { () throws(IndexError) in
      throw .modelUnavailable(reason: "it is absent", cure: "codira model install one")
    })
}
