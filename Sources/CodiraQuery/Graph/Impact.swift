import CodiraModel
import CodiraStore

/// A symbol that a change may reach, and the step that leads to it.
package struct Affected: Sendable {
  /// How a change gets from one symbol to the next.
  package enum Way: String, CaseIterable, Sendable {
    case call, callable_value, type_use, inherits, implements, imports
    /// It replaces the member that changes.
    case overrides
    /// It calls a member that the changed one replaces.
    case dispatch
  }

  package var symbol: FoundSymbol
  package var way: Way
  package var edge: Edge
  package var certainty: Resolution.Certainty
  package var depth: Int
  /// The symbol that the change comes from.
  package var from: StableID

  /// A test itself, not the file that holds tests.
  package var isTest: Bool { symbol.symbol.flags.contains(.test) && !symbol.symbol.kind.isNamespace }
}

/// What a change to a symbol may reach: its users, theirs, and so on.
///
/// It follows calls, values, type uses, subtypes, importers, and members that override. What belongs to the symbol
/// changes with it. A module that merely imports or runs something is reached, and not followed.
package struct Impact {
  /// Nearest first, each symbol once.
  package private(set) var affected: [Affected] = []
  /// The symbol and what belongs to it.
  package let changed: [FoundSymbol]
  /// Calls of the symbol's own names that lead to nobody known: they may be reached, too.
  package private(set) var unresolvedCount = 0
  /// These calls, where they were asked for.
  package private(set) var unresolved: [Edge] = []
  /// Edges with several targets that were not followed.
  package private(set) var ambiguous = 0
  /// The depth limit left symbols whose users were not asked for.
  package private(set) var isCut = false

  private let finder: EdgeFinder
  private let lines: TypeLines
  private let followsAmbiguous: Bool
  private let lists: Bool
  private var seen: Set<StableID>

  package init(
    of start: [FoundSymbol], in view: IndexView, depth: Int, ambiguous: Bool, listing: Bool = false
  ) throws {
    finder = view.edges()
    lines = TypeLines(view)
    followsAmbiguous = ambiguous
    lists = listing
    changed = try start + Self.belongings(of: start, in: view)
    seen = Set(changed.map(\.symbol.id))
    let own = Set(start.map(\.symbol.id))
    var frontier = changed
    for level in 1...max(1, depth) where !frontier.isEmpty {
      var found = try users(of: frontier, own: level == 1 ? own : [], depth: level)
      found += try overriders(of: frontier, depth: level)
      affected += found
      frontier = found.map(\.symbol).filter { !$0.symbol.kind.isNamespace && $0.symbol.kind != .import }
    }
    isCut = !frontier.isEmpty
  }

  /// The ways to everything that is affected.
  package func paths() -> Paths {
    Paths(
      byID: Dictionary(affected.map { ($0.symbol.symbol.id, $0) }, uniquingKeysWith: { first, _ in first }))
  }

  /// The ways from what changes to what is affected.
  package struct Paths {
    fileprivate let byID: [StableID: Affected]

    /// Each step leads to the next, the last to `affected`.
    package func steps(to affected: Affected) -> [Affected] {
      var steps = [affected]
      while let before = byID[steps[steps.count - 1].from] { steps.append(before) }
      return steps.reversed()
    }

    /// The ids on the way, from the symbol that changes to the affected one.
    package func chain(to affected: Affected) -> [StableID] {
      let steps = steps(to: affected)
      return [steps[0].from] + steps.map(\.symbol.symbol.id)
    }
  }

  /// Everything that is declared inside, as deep as it goes.
  private static func belongings(of start: [FoundSymbol], in view: IndexView) throws -> [FoundSymbol] {
    var result: [FoundSymbol] = []
    var seen = Set(start.map(\.symbol.id))
    var waiting = start
    while let next = waiting.popLast() {
      for row in try view.snapshot.members(of: next.symbol.id) {
        guard row.symbol.kind != .import, seen.insert(row.symbol.id).inserted else { continue }
        let found = try view.found(row)
        result.append(found)
        waiting.append(found)
      }
    }
    return result.sorted { ($0.file.path, $0.symbol.range.start) < ($1.file.path, $1.symbol.range.start) }
  }

  private mutating func users(
    of frontier: [FoundSymbol], own: Set<StableID>, depth: Int
  ) throws -> [Affected] {
    var nodes = Set(frontier.map { GraphNode($0.symbol) })
    var stands: [StableID: StableID] = [:]
    if followsAmbiguous {
      for member in frontier where member.symbol.kind.isCallable {
        for above in try lines.overridden(by: member.symbol) where !seen.contains(above.symbol.symbol.id) {
          nodes.insert(GraphNode(above.symbol.symbol))
          if stands[above.symbol.symbol.id] == nil { stands[above.symbol.symbol.id] = member.symbol.id }
        }
      }
    }
    // Who imports a name needs it to be there; what happens further inside does not concern the import.
    let roles = Set(Reference.Role.allCases.filter { $0 != .imports || depth == 1 })
    let incoming = try finder.edges(reaching: nodes, roles: roles, listing: lists && !own.isEmpty)
    let reached = Set(frontier.map(\.symbol.id))
    if !own.isEmpty {
      unresolved = incoming.unresolved
      unresolvedCount = incoming.unresolvedCount
    }
    var found: [Affected] = []
    // What is sure leads before what is not.
    for edge in incoming.edges.filter(\.resolution.certainty.isSingle)
      + incoming.edges.filter({ !$0.resolution.certainty.isSingle })
    {
      guard let owner = edge.owner, !seen.contains(owner.symbol.id) else { continue }
      let isSingle = edge.resolution.certainty.isSingle
      guard isSingle || followsAmbiguous else {
        ambiguous += 1
        continue
      }
      let target = edge.resolution.targets.first(where: reached.contains)
      guard let from = target ?? edge.resolution.targets.lazy.compactMap({ stands[$0] }).first else {
        continue
      }
      seen.insert(owner.symbol.id)
      found.append(
        Affected(
          symbol: owner, way: target == nil ? .dispatch : Affected.Way(rawValue: edge.resolution.role.name)!,
          edge: edge, certainty: target == nil ? .ambiguous : edge.resolution.certainty, depth: depth,
          from: from))
    }
    return found
  }

  private mutating func overriders(of frontier: [FoundSymbol], depth: Int) throws -> [Affected] {
    var found: [Affected] = []
    let members = frontier.filter { $0.symbol.kind.isCallable && !$0.symbol.parent.isEmpty }
    try lines.prepare(below: Set(members.map { try lines.declaringType(of: $0.symbol) }).sorted())
    for member in members {
      for below in try lines.overriders(of: member.symbol) {
        guard below.certainty.isSingle || followsAmbiguous else {
          ambiguous += 1
          continue
        }
        guard seen.insert(below.symbol.symbol.id).inserted else { continue }
        found.append(
          Affected(
            symbol: below.symbol, way: .overrides, edge: below.edge, certainty: below.certainty, depth: depth,
            from: member.symbol.id))
      }
    }
    return found
  }
}
