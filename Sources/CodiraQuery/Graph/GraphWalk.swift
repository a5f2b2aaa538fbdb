import CodiraModel

/// One step of a walk along edges, away from where it started.
package struct WalkStep: Sendable {
  package var edge: Edge
  /// The node nearer to the start, and the one that the step reaches.
  package var from: StableID
  package var to: StableID
  /// 1 for the steps from the start.
  package var depth: Int
}

/// What was reached from a symbol by calls, nearest first.
package struct GraphWalk: Sendable {
  package enum Direction: String, CaseIterable, Sendable { case callers, callees }

  package let direction: Direction
  /// In the order of distance; each node's own steps once, however often it was reached.
  package private(set) var steps: [WalkStep] = []
  /// Calls from or to the start that lead to nobody known: for callees what is external or unresolved, for
  /// callers the unresolved calls of the name, where they were asked for.
  package private(set) var open: [Edge] = []
  /// How many of these are unresolved, listed or not.
  package private(set) var unresolvedCount = 0
  /// The depth limit left nodes whose edges were not asked for.
  package private(set) var isCut = false

  /// Walks at most `depth` steps; further than one only over edges with a single target unless `ambiguous`.
  package init(
    _ direction: Direction, from start: [FoundSymbol], in finder: EdgeFinder, depth: Int,
    roles: Set<Reference.Role> = [.call], ambiguous: Bool = false, listing: Bool = false
  ) throws {
    self.direction = direction
    var frontier = Self.distinct(start.map { GraphNode($0.symbol) })
    var seen = Set(frontier.map(\.id))
    for level in 1...max(1, depth) where !frontier.isEmpty {
      let (found, open) = try Self.expand(
        frontier, direction, finder, roles, depth: level, listing: listing && level == 1)
      steps += found
      if level == 1 {
        self.open = open.unresolved
        unresolvedCount = open.unresolvedCount
      }
      var next: [GraphNode] = []
      for step in found where ambiguous || step.edge.resolution.certainty.isSingle {
        guard seen.insert(step.to).inserted, let symbol = try finder.symbol(step.to) else { continue }
        next.append(GraphNode(symbol.symbol))
      }
      frontier = next
    }
    isCut = !frontier.isEmpty
  }

  /// The symbols that were reached, each once, nearest first.
  package var reached: [(id: StableID, depth: Int)] {
    var seen: Set<StableID> = []
    return steps.filter { seen.insert($0.to).inserted }.map { ($0.to, $0.depth) }
  }

  private static func expand(
    _ frontier: [GraphNode], _ direction: Direction, _ finder: EdgeFinder, _ roles: Set<Reference.Role>,
    depth: Int, listing: Bool
  ) throws -> (steps: [WalkStep], open: Incoming) {
    var steps: [WalkStep] = []
    var open = Incoming()
    switch direction {
    case .callers:
      let incoming = try finder.edges(reaching: frontier, roles: roles, listing: listing)
      let ids = Set(frontier.map(\.id))
      for edge in incoming.edges {
        for target in edge.resolution.targets where ids.contains(target) {
          steps.append(WalkStep(edge: edge, from: target, to: edge.reference.owner, depth: depth))
        }
      }
      open = incoming
    case .callees:
      for node in frontier {
        for edge in try finder.edges(from: node.id, roles: roles) {
          if edge.resolution.targets.isEmpty { open.unresolved.append(edge) }
          if edge.resolution.certainty == .unresolved { open.unresolvedCount += 1 }
          for target in edge.resolution.targets {
            steps.append(WalkStep(edge: edge, from: node.id, to: target, depth: depth))
          }
        }
      }
    }
    return (steps, open)
  }

  private static func distinct(_ nodes: [GraphNode]) -> [GraphNode] {
    var seen: Set<StableID> = []
    return nodes.filter { seen.insert($0.id).inserted }
  }
}
