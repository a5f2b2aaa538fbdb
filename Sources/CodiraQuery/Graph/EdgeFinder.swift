import CodiraModel
import CodiraStore

/// Finds edges of one generation by what they reach and by where they start, resolving references as it goes.
///
/// What reaches a symbol is looked for by the symbol's name and by the names of imports and typedefs that lead to
/// it. A value that holds the symbol under a name of its own is not seen.
package final class EdgeFinder {
  /// The view keeps its finder.
  private unowned let view: IndexView
  private var owners: [StableID: [SymbolRow]] = [:]
  private var aliasMemory: [Int64: [String: [String]]] = [:]
  private var outgoingMemory: [Int64: [StableID: [Reference]]] = [:]

  init(_ view: IndexView) { self.view = view }

  /// The edges with one of `roles` that reach one of `nodes`, wherever they are.
  ///
  /// Unresolved calls of their names are counted, and listed where `listing` asks for it.
  package func edges(
    reaching nodes: some Collection<GraphNode>, roles: Set<Reference.Role>, listing: Bool = false
  ) throws -> Incoming {
    let targets = Set(nodes.map(\.id))
    let wanted = nodes.reduce(into: Set<String>()) { $0.formUnion($1.names) }
    // A call may turn out to be a type use.
    let asked = roles.contains(.typeUse) ? roles.union([.call]) : roles
    let (files, names) = try filesMentioning(wanted)
    let hashes = NameHashes(names)
    var incoming = Incoming()
    for file in files {
      try forEach(in: file, mentioning: hashes, roles: asked) { reference, resolution in
        if roles.contains(resolution.role), !targets.isDisjoint(with: resolution.targets) {
          incoming.edges.append(try edge(reference, file, resolution))
        } else if resolution.certainty == .unresolved, resolution.role == .call {
          guard wanted.contains(reference.name) else { return }
          incoming.unresolvedCount += 1
          if listing { incoming.unresolved.append(try edge(reference, file, resolution)) }
        }
      }
    }
    incoming.edges.sort(by: Self.precedes)
    incoming.unresolved.sort(by: Self.precedes)
    return incoming
  }

  /// Resolves the references of one file, in its order.
  func forEach(
    in file: Int64, mentioning names: NameHashes? = nil, roles: Set<Reference.Role>? = nil,
    _ body: (Reference, Resolution) throws -> Void
  ) throws {
    let resolver = try view.resolver()
    for reference in try view.snapshot.references(of: file).unpack(mentioning: names, roles: roles) {
      try body(reference, try resolver.resolve(reference, in: file))
    }
  }

  /// The edges that start in a symbol itself, not in what is nested in it, by path and place.
  package func edges(from owner: StableID, roles: Set<Reference.Role>) throws -> [Edge] {
    let resolver = try view.resolver()
    var edges: [Edge] = []
    for file in Set(try rows(of: owner).map(\.file)).sorted() {
      for reference in try references(of: file)[owner] ?? [] where roles.contains(reference.role) {
        edges.append(try edge(reference, file, try resolver.resolve(reference, in: file)))
      }
    }
    return edges.filter { roles.contains($0.resolution.role) }.sorted(by: Self.precedes)
  }

  /// Every row of an id, definitions first.
  package func rows(of id: StableID) throws -> [SymbolRow] {
    if let known = owners[id] { return known }
    let all = try view.snapshot.symbols(id: id)
    let rows =
      all.filter { !$0.symbol.flags.contains(.declarationOnly) }
      + all.filter { $0.symbol.flags.contains(.declarationOnly) }
    owners[id] = rows
    return rows
  }

  /// The row that stands for an id: its first definition by path, else its first declaration.
  package func symbol(_ id: StableID) throws -> FoundSymbol? {
    try rows(of: id).first.map { try view.found($0) }
  }

  private func edge(_ reference: Reference, _ file: Int64, _ resolution: Resolution) throws -> Edge {
    let rows = try rows(of: reference.owner)
    let owner = rows.first { $0.file == file } ?? rows.first
    return Edge(
      reference: reference, file: try view.file(file), owner: try owner.map { try view.found($0) },
      resolution: resolution)
  }

  private static func precedes(_ left: Edge, _ right: Edge) -> Bool {
    (left.file.path, left.reference.range.start) < (right.file.path, right.reference.range.start)
  }

  private func references(of file: Int64) throws -> [StableID: [Reference]] {
    if let known = outgoingMemory[file] { return known }
    let references = Dictionary(grouping: try view.snapshot.references(of: file).unpack(), by: \.owner)
    outgoingMemory[file] = references
    return references
  }

  /// Files that may refer to something of these names, and all names by which they may.
  private func filesMentioning(_ wanted: Set<String>) throws -> (files: [Int64], names: Set<String>) {
    var names = wanted
    var waiting = wanted
    var files: Set<Int64> = []
    while let name = waiting.popFirst() {
      for file in try view.snapshot.files(mentioning: name) {
        files.insert(file)
        for alias in try aliases(in: file)[name] ?? [] where names.insert(alias).inserted {
          waiting.insert(alias)
        }
      }
    }
    return (files.sorted(), names)
  }

  /// By the name of what they lead to, the other names that imports and typedefs of a file give it.
  private func aliases(in file: Int64) throws -> [String: [String]] {
    if let known = aliasMemory[file] { return known }
    let aliases = try view.snapshot.aliasNames(of: file)
    aliasMemory[file] = aliases
    return aliases
  }
}
