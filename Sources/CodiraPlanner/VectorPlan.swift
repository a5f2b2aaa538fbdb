import CodiraModel

/// Which texts need a vector: a vector is a function of its text and the set, so only texts without one do.
package enum VectorPlan {
  /// Everything a vector's bytes depend on besides the text; texts of two identities are never compared.
  package struct SetIdentity: Hashable, Sendable {
    /// Backend, version, pooling, normalization, precision, tokens.
    package var backend: String
    /// SHA-256 over the model's files.
    package var model: ContentHash
    package var dimension: Int
    package var recipe: UInt32

    package init(backend: String, model: ContentHash, dimension: Int, recipe: UInt32) {
      self.backend = backend
      self.model = model
      self.dimension = dimension
      self.recipe = recipe
    }

    package var text: String { "\(backend) model=\(model.hex) dimension=\(dimension) recipe=\(recipe)" }
  }

  /// The texts among `current` that `present` lacks, in order; both ascending.
  package static func missing(current: [Int64], present: [Int64]) -> [Int64] {
    var missing: [Int64] = []
    var place = 0
    for payload in current {
      while place < present.count, present[place] < payload { place += 1 }
      if place == present.count || present[place] != payload { missing.append(payload) }
    }
    return missing
  }
}
