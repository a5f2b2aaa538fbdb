import CodiraModel

/// Where a reference leads, and how sure that is.
package struct Resolution: Hashable, Sendable {
  package enum Certainty: String, CaseIterable, Sendable {
    /// One target, reached by facts.
    case exact
    /// Nothing is known of the receiver, and one callable of that name exists in the language.
    case name
    /// Several targets, at most `Resolution.limit`, all listed.
    case ambiguous
    /// Outside the repository.
    case external
    /// No target, or too many.
    case unresolved
  }

  /// Targets that are listed at most.
  package static let limit = 5

  package var certainty: Certainty
  /// Sorted; empty for `external` and `unresolved`.
  package var targets: [StableID]
  /// The reference's own, but for a call of a type in a language without constructor calls: a type use.
  package var role: Reference.Role

  package init(_ certainty: Certainty, _ targets: [StableID] = [], role: Reference.Role) {
    self.certainty = certainty
    self.targets = targets
    self.role = role
  }

  /// One target is `single`, a few are ambiguous, more say nothing.
  init(targets: Set<StableID>, single: Certainty, role: Reference.Role) {
    switch targets.count {
    case 1: self.init(single, Array(targets), role: role)
    case 2...Self.limit: self.init(.ambiguous, targets.sorted(), role: role)
    default: self.init(.unresolved, role: role)
    }
  }
}
