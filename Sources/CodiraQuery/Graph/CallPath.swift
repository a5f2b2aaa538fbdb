import CodiraModel

/// The shortest way from one symbol to another along calls.
package struct CallPath: Sendable {
  /// From the first symbol to the last; nil where there is no way.
  package private(set) var steps: [WalkStep]?
  /// Symbols that were reached before the search ended.
  package private(set) var visited = 0
  /// Calls met on the way that might lead further: with several targets where those are not followed, unresolved.
  package private(set) var ambiguous = 0
  package private(set) var unresolved = 0
  package private(set) var isCut = false

  /// Searches breadth first, so that the first way found is a shortest one; of equals the first by place.
  package init(
    from start: [FoundSymbol], to goal: Set<StableID>, in finder: EdgeFinder, depth: Int, ambiguous: Bool
  ) throws {
    var cameFrom: [StableID: WalkStep] = [:]
    var frontier: [StableID] = []
    for symbol in start where !frontier.contains(symbol.symbol.id) { frontier.append(symbol.symbol.id) }
    var seen = Set(frontier)
    if frontier.contains(where: goal.contains) {
      steps = []
      return
    }
    for level in 1...max(1, depth) where !frontier.isEmpty {
      var next: [StableID] = []
      for node in frontier {
        for edge in try finder.edges(from: node, roles: [.call, .callableValue]) {
          guard ambiguous || edge.resolution.certainty.isSingle else {
            self.ambiguous += edge.resolution.certainty == .ambiguous ? 1 : 0
            unresolved += edge.resolution.certainty == .unresolved ? 1 : 0
            continue
          }
          for target in edge.resolution.targets where seen.insert(target).inserted {
            cameFrom[target] = WalkStep(edge: edge, from: node, to: target, depth: level)
            if goal.contains(target) {
              steps = Self.unwind(target, cameFrom)
              visited = seen.count
              return
            }
            next.append(target)
          }
        }
      }
      frontier = next
    }
    visited = seen.count
    isCut = !frontier.isEmpty
  }

  private static func unwind(_ goal: StableID, _ cameFrom: [StableID: WalkStep]) -> [WalkStep] {
    var steps: [WalkStep] = []
    var node = goal
    while let step = cameFrom[node] {
      steps.append(step)
      node = step.from
    }
    return steps.reversed()
  }
}
