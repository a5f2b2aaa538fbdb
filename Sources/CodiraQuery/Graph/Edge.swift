import CodiraModel
import CodiraStore

/// A reference, where it stands, and where it leads.
package struct Edge: Sendable {
  package var reference: Reference
  package var file: FileRow
  /// The symbol that the reference stands in; nil where its row is missing.
  package var owner: FoundSymbol?
  package var resolution: Resolution
}

extension Resolution.Certainty {
  /// Whether one target is named: what `impact` and `path` follow unless told to follow more.
  package var isSingle: Bool { self == .exact || self == .name }
}

/// Who uses something.
package struct Incoming: Sendable {
  /// Edges that reach it, by path and place.
  package var edges: [Edge] = []
  /// Calls of its name whose target nobody knows: without these, "no callers" would be a guess.
  package var unresolvedCount = 0
  /// Those calls by path and place, where they were asked for.
  package var unresolved: [Edge] = []
}

/// A symbol as the graph knows it: an id, and the names by which references may find it.
package struct GraphNode: Hashable, Sendable {
  package let id: StableID
  package let names: Set<String>
}

extension GraphNode {
  package init(_ symbol: Symbol) {
    var names: Set<String> = [symbol.name]
    if symbol.kind == .constructor { names.insert(StableID.lastName(of: symbol.parent.text)) }
    self.init(id: symbol.id, names: names)
  }
}
