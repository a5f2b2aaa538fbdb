import CodiraModel
import CodiraStore

/// A type or member above or below another, and the edge that says so.
package struct Relative: Sendable {
  package var symbol: FoundSymbol
  /// The next one towards the start.
  package var from: StableID
  /// 1 for direct ones.
  package var depth: Int
  /// The `inherits` or `implements` reference; of a member that of the type it belongs to.
  package var edge: Edge
  /// The least sure edge on the way.
  package var certainty: Resolution.Certainty
}

/// Super- and subtypes, and the members that override each other along them.
package struct TypeLines {
  private let view: IndexView
  private let finder: EdgeFinder
  private let memory: Memory

  /// Direct relatives by type, shared by copies.
  private final class Memory {
    var below: [StableID: [Relative]] = [:]
    var above: [StableID: [Relative]] = [:]
  }

  package init(_ view: IndexView) {
    self.view = view
    finder = view.edges()
    memory = Memory()
  }

  /// The types that name this one, or one below it, as a supertype; nearest first.
  package func subtypes(of type: StableID) throws -> [Relative] {
    try closure(type) { try directSubtypes(of: $0) }
  }

  /// The types above; what lies outside the repository is not among them.
  package func supertypes(of type: StableID) throws -> [Relative] {
    try closure(type) { try directSupertypes(of: $0) }
  }

  /// The supertypes that a type names and that have no row here.
  package func unknownSupertypes(of type: StableID) throws -> [Edge] {
    try bodies(of: type).flatMap { try finder.edges(from: $0, roles: Self.roles) }
      .filter { $0.resolution.targets.isEmpty }
  }

  /// Members of types below that replace `member`.
  package func overriders(of member: Symbol) throws -> [Relative] {
    try relatives(of: member, in: try subtypes(of: try declaringType(of: member)))
  }

  /// Members of types above that `member` replaces.
  package func overridden(by member: Symbol) throws -> [Relative] {
    try relatives(of: member, in: try supertypes(of: try declaringType(of: member)))
  }

  private static var roles: Set<Reference.Role> { [.inherits, .implements] }

  private func relatives(of member: Symbol, in types: [Relative]) throws -> [Relative] {
    guard member.kind.isCallable || member.kind == .property, member.kind != .constructor else { return [] }
    let overloads = try view.resolver().traits(of: member.id.languagePrefix).contains(.overloads)
    let signature = Self.overload(member.id)
    var result: [Relative] = []
    for type in types {
      for row in try members(named: member.name, of: type) {
        guard row.symbol.kind.isCallable == member.kind.isCallable,
          !row.symbol.flags.contains(.declarationOnly) || row.symbol.flags.contains(.abstract),
          !overloads || Self.overload(row.symbol.id) == signature
        else { continue }
        var relative = type
        relative.symbol = try view.found(row)
        result.append(relative)
      }
    }
    return result
  }

  /// The type that a member belongs to, which an extension of it may declare.
  func declaringType(of member: Symbol) throws -> StableID {
    guard let parent = try finder.symbol(member.parent), parent.symbol.kind == .extension else {
      return member.parent
    }
    return parent.symbol.parent
  }

  /// In the extension that makes it a relative where that has some, else anywhere in the type.
  private func members(named name: String, of type: Relative) throws -> [SymbolRow] {
    if let body = type.edge.owner, body.symbol.kind == .extension {
      let rows = try view.snapshot.members(of: body.symbol.id, named: name)
      if !rows.isEmpty { return rows }
    }
    return try bodies(of: type.symbol.symbol.id).flatMap { try view.snapshot.members(of: $0, named: name) }
  }

  /// The type and its extensions.
  private func bodies(of type: StableID) throws -> [StableID] {
    [type] + (try view.snapshot.extensions(of: type).map(\.symbol.id))
  }

  private static func overload(_ id: StableID) -> String? { (try? id.parse())?.descriptors.last?.overload }

  private func closure(_ start: StableID, _ direct: ([StableID]) throws -> [StableID: [Relative]]) throws
    -> [Relative]
  {
    var result: [Relative] = []
    var seen: Set<StableID> = [start]
    var frontier: [(id: StableID, certainty: Resolution.Certainty)] = [(start, .exact)]
    var depth = 0
    while !frontier.isEmpty {
      depth += 1
      var next: [(id: StableID, certainty: Resolution.Certainty)] = []
      let found = try direct(frontier.map(\.id))
      for (id, certainty) in frontier {
        for var relative in found[id] ?? [] where seen.insert(relative.symbol.symbol.id).inserted {
          relative.depth = depth
          relative.certainty = max(certainty, relative.certainty)
          result.append(relative)
          next.append((relative.symbol.symbol.id, relative.certainty))
        }
      }
      frontier = next
    }
    return result
  }

  /// Looks for the subtypes of many types in one go: their files are read once.
  private func directSubtypes(of types: [StableID]) throws -> [StableID: [Relative]] {
    let unknown = types.filter { memory.below[$0] == nil }
    if !unknown.isEmpty {
      for type in unknown { memory.below[type] = [] }
      let nodes = try unknown.compactMap { try finder.symbol($0) }.map { GraphNode($0.symbol) }
      for edge in try finder.edges(reaching: nodes, roles: Self.roles).edges {
        guard let body = edge.owner,
          let owner = body.symbol.kind == .extension ? try finder.symbol(body.symbol.parent) : body
        else { continue }
        for target in edge.resolution.targets where memory.below[target] != nil {
          memory.below[target]!.append(
            Relative(symbol: owner, from: target, depth: 1, edge: edge, certainty: edge.resolution.certainty))
        }
      }
    }
    return memory.below
  }

  private func directSupertypes(of types: [StableID]) throws -> [StableID: [Relative]] {
    for type in types where memory.above[type] == nil {
      var result: [Relative] = []
      for edge in try bodies(of: type).flatMap({ try finder.edges(from: $0, roles: Self.roles) }) {
        for target in edge.resolution.targets {
          guard let symbol = try finder.symbol(target) else { continue }
          result.append(
            Relative(symbol: symbol, from: type, depth: 1, edge: edge, certainty: edge.resolution.certainty))
        }
      }
      memory.above[type] = result
    }
    return memory.above
  }

  /// Finds out about everything below these types at once.
  func prepare(below types: [StableID]) throws {
    var frontier = types.filter { memory.below[$0] == nil }
    while !frontier.isEmpty {
      let found = try directSubtypes(of: frontier)
      frontier = Set(frontier.flatMap { found[$0] ?? [] }.map(\.symbol.symbol.id)).filter {
        memory.below[$0] == nil
      }
      .sorted()
    }
  }
}

extension Resolution.Certainty: Comparable {
  /// The surer one is less.
  package static func < (left: Self, right: Self) -> Bool { left.doubt < right.doubt }

  private var doubt: Int { Self.allCases.firstIndex(of: self)! }
}
