import CodiraModel
import CodiraStore

/// A reference, where it stands, and where it leads.
package struct Edge: Sendable {
  package var reference: Reference
  package var file: FileRow
  /// The symbol that the reference stands in; nil where its row is missing.
  package var owner: Symbol?
  package var resolution: Resolution
}

/// Who uses a symbol.
package struct Callers: Sendable {
  /// Edges that reach it, by path and place.
  package var edges: [Edge]
  /// Calls of its name whose target nobody knows: without these, "no callers" would be a guess.
  package var unresolvedCalls: Int
}
