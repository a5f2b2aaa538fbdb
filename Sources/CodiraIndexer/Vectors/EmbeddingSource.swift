import CodiraEmbedding
import CodiraModel
import CodiraPlanner

/// Where vectors come from, opened only when some are needed.
package struct EmbeddingSource: Sendable {
  /// An opened model.
  package struct Backend: Sendable {
    package var identity: VectorPlan.SetIdentity
    /// The kind of processor that computes.
    package var instructions: String
    /// Row by row, `identity.dimension` values each; several threads call it at once, and each computes its own.
    package var embed: @Sendable (_ texts: [[UInt8]]) -> [Float]

    package init(
      identity: VectorPlan.SetIdentity, instructions: String,
      embed: @escaping @Sendable (_ texts: [[UInt8]]) -> [Float]
    ) {
      self.identity = identity
      self.instructions = instructions
      self.embed = embed
    }
  }

  /// What tells this model and precision from any other, without opening it; nil where it is not there.
  package var key: @Sendable () -> String?
  package var open: @Sendable () throws(IndexError) -> Backend

  package init(
    key: @escaping @Sendable () -> String?, open: @escaping @Sendable () throws(IndexError) -> Backend
  ) {
    self.key = key
    self.open = open
  }
}

extension EmbeddingSource {
  /// What tells the vectors of an installed model and a precision from any others; `dimension` where they are shorter
  /// than the model's.
  package static func identity(
    of installed: ModelStore.Installed, _ model: EmbeddingModel, _ precision: Precision, dimension: Int? = nil
  ) -> VectorPlan.SetIdentity {
    VectorPlan.SetIdentity(
      backend: model.identity(precision: precision, dimension: dimension), model: installed.fingerprint,
      dimension: dimension ?? model.dimension, recipe: PayloadRecipe.version)
  }

  /// A model of the store by name; `dimension`: how many values of a vector are kept, nil for all; `cure` names the
  /// command that mends an error.
  package init(
    store: ModelStore, model name: String, precision: Precision, dimension: Int? = nil, threads: Int,
    cure: @escaping @Sendable (EmbeddingError) -> String? = { $0.cure }
  ) {
    self.init(
      key: {
        guard let model = try? store.resolve(name) else { return nil }
        let versions = "\(EmbeddingModel.version) \(PayloadRecipe.version)"
        return "\(model.fingerprint.hex) \(precision.rawValue) \(versions)"
          + (dimension.map { " \($0)" } ?? "")
      },
      open: { () throws(IndexError) in
        do throws(EmbeddingError) {
          let installed = try store.resolve(name)
          let model = try EmbeddingModel(directory: installed.directory)
          // Its threads make the weights ready; a call is computed on the one that makes it.
          let embedder = try TextEmbedder(
            installed, model: model, precision: precision, dimension: dimension, threads: threads,
            keepsPacked: true)
          return Backend(
            identity: Self.identity(of: installed, model, precision, dimension: dimension),
            instructions: precision == .bfloat16 ? embedder.instructions : "any",
            embed: { embedder.embed(utf8: $0, as: .passage, threads: 1) })
        } catch {
          throw .modelUnavailable(reason: error.description, cure: cure(error))
        }
      })
  }
}
