import CodiraModel
import CodiraStore

extension IndexView {
  /// The edges with one of `roles` that reach one of `rows`, wherever they are.
  ///
  /// They are looked for by the symbol's name and by the names of imports and typedefs that lead to it. A value
  /// that holds the symbol under a name of its own is not seen.
  package func callers(
    of rows: [FoundSymbol], roles: Set<Reference.Role> = [.call]
  ) throws -> Callers {
    let targets = Set(rows.map(\.symbol.id))
    let wanted = Set(rows.map(\.symbol.name))
    let resolver = try resolver()
    // A call may turn out to be a type use.
    let asked = roles.contains(.typeUse) ? roles.union([.call]) : roles
    var callers = Callers(edges: [], unresolvedCalls: 0)
    for (file, names) in try filesMentioning(rows) {
      for reference in try snapshot.references(of: file).unpack(mentioning: names, roles: asked) {
        let resolution = try resolver.resolve(reference, in: file)
        if resolution.certainty == .unresolved, reference.role == .call, wanted.contains(reference.name) {
          callers.unresolvedCalls += 1
        }
        guard roles.contains(resolution.role), !targets.isDisjoint(with: resolution.targets) else { continue }
        callers.edges.append(try edge(reference, file, resolution))
      }
    }
    callers.edges.sort { ($0.file.path, $0.reference.range.start) < ($1.file.path, $1.reference.range.start) }
    return callers
  }

  /// The edges that start in a symbol itself, not in what is nested in it, in the order of their places.
  package func callees(
    of rows: [FoundSymbol], roles: Set<Reference.Role> = [.call]
  ) throws -> [Edge] {
    let resolver = try resolver()
    var edges: [Edge] = []
    for row in rows {
      let packed = try snapshot.references(of: row.row.file)
      for reference in try packed.unpack(mentioning: nil, roles: roles)
      where reference.owner == row.symbol.id {
        let resolution = try resolver.resolve(reference, in: row.row.file)
        edges.append(
          Edge(reference: reference, file: row.file, owner: row.symbol, resolution: resolution))
      }
    }
    return edges
  }

  private func edge(_ reference: Reference, _ file: Int64, _ resolution: Resolution) throws -> Edge {
    let rows = try resolver().facts.rows(of: reference.owner)
    let owner = rows.first { $0.file == file } ?? rows.first
    return Edge(
      reference: reference, file: try self.file(file), owner: owner?.symbol, resolution: resolution)
  }

  /// Files that may refer to the symbols, and the names by which they may.
  private func filesMentioning(_ rows: [FoundSymbol]) throws -> [(file: Int64, names: Set<String>)] {
    var names: Set<String> = []
    for row in rows {
      names.insert(row.symbol.name)
      if row.symbol.kind == .constructor { names.insert(StableID.lastName(of: row.symbol.parent.text)) }
    }
    var waiting = names
    var files: Set<Int64> = []
    while let name = waiting.popFirst() {
      for file in try snapshot.files(mentioning: name) {
        files.insert(file)
        for alias in try aliases(of: name, in: file) where names.insert(alias).inserted {
          waiting.insert(alias)
        }
      }
    }
    return files.sorted().map { ($0, names) }
  }

  /// The other names under which imports and typedefs of a file bring in `name`.
  private func aliases(of name: String, in file: Int64) throws -> [String] {
    try snapshot.symbols(of: file, kinds: [.import, .typeAlias]).compactMap { row in
      guard row.symbol.name != name else { return nil }
      let leads = row.symbol.aliases.contains { candidate in
        (candidate.members.last ?? StableID.lastName(of: candidate.root.text)) == name
      }
      return leads ? row.symbol.name : nil
    }
  }
}
