import CodiraModel
import CodiraStore

/// What a name given by a user stands for.
package enum NameMatch: Sendable {
  /// All rows that the name means, best kind of match only.
  case found([FoundSymbol])
  /// Nothing has that name; these come near.
  case unknown(nearest: [String])
}

extension IndexView {
  /// Finds symbols by id; else by exact name; else without regard to case; else as a suffix of the qualified
  /// name, component by component: `Session.get`, `sessions::Session::get`.
  ///
  /// Imports stand behind what they import: they count only where nothing else has the name. Parts of documents
  /// and settings count only where no code has it, however it is matched: what is written about `Session.get`
  /// shall not hide it.
  package func symbols(matching name: String, filter: SymbolFilter = SymbolFilter()) throws -> NameMatch {
    let named = try found(snapshot.symbols(id: StableID(name)), filter)
    if !named.isEmpty { return .found(named) }
    let attempts: [() throws -> [SymbolRow]] = [
      { try self.snapshot.symbols(named: name) },
      { try self.snapshot.symbols(foldedName: name) }, { try self.suffixes(name, folded: false) },
      { try self.suffixes(name, folded: true) }, { try self.inherited(name) },
    ]
    var written: [FoundSymbol] = []
    for attempt in attempts {
      let found = try found(attempt(), filter)
      let code = found.filter { ![.section, .key].contains($0.symbol.kind) }
      if !code.isEmpty { return .found(code) }
      if written.isEmpty { written = found }
    }
    return written.isEmpty ? .unknown(nearest: try nearestNames(name)) : .found(written)
  }

  private func found(_ rows: [SymbolRow], _ filter: SymbolFilter) throws -> [FoundSymbol] {
    try preferred(rows).map { try found($0) }.filter { filter.accepts($0) }
  }

  /// Definitions before declarations, and imports only where there is nothing else.
  private func preferred(_ rows: [SymbolRow]) -> [SymbolRow] {
    let named = rows.filter { $0.symbol.kind != .import }
    let rows = named.isEmpty ? rows : named
    return rows.filter { !$0.symbol.flags.contains(.declarationOnly) }
      + rows.filter { $0.symbol.flags.contains(.declarationOnly) }
  }

  private func suffixes(_ name: String, folded: Bool) throws -> [SymbolRow] {
    let wanted = Self.components(name)
    guard wanted.count > 1, let last = wanted.last else { return [] }
    let rows = folded ? try snapshot.symbols(foldedName: last) : try snapshot.symbols(named: last)
    let folded = folded ? wanted.map { $0.lowercased() } : wanted
    return rows.filter { row in
      let own = Self.components(row.symbol.qualifiedName).suffix(wanted.count)
      return own.count == wanted.count
        && zip(own, folded).allSatisfy { $0 == $1 || (folded != wanted && $0.lowercased() == $1) }
    }
  }

  /// The members that types of this name have from their supertypes, as the resolver finds them.
  private func inherited(_ name: String) throws -> [SymbolRow] {
    let parts = Self.components(name)
    guard parts.count > 1, let member = parts.last else { return [] }
    let type = parts.dropLast().joined(separator: ".")
    let types = try parts.count == 2 ? snapshot.symbols(named: type) : suffixes(type, folded: false)
    var targets: Set<StableID> = []
    for row in types where row.symbol.kind.isType {
      let question = Reference(
        owner: row.symbol.id, role: .call, noName: true, name: member, range: row.symbol.nameRange,
        candidates: [Candidate(root: row.symbol.id, members: [member])])
      targets.formUnion(try resolver().resolve(question, in: row.file).targets)
    }
    return try targets.sorted().flatMap { try snapshot.symbols(id: $0) }
  }

  /// The parts of a qualified name between `.`, `::`, `/` and `#`.
  static func components(_ name: String) -> [String] {
    name.split { $0 == "." || $0 == ":" || $0 == "/" || $0 == "#" }.map(String.init)
  }

  /// At most five names that differ in a third of their letters or less, the nearest first.
  func nearestNames(_ name: String) throws -> [String] {
    let wanted = Array((Self.components(name).last ?? name).lowercased().utf8)
    let allowed = max(1, wanted.count / 3)
    var near: [(distance: Int, name: String)] = []
    try snapshot.forEachName { candidate in
      guard abs(candidate.utf8.count - wanted.count) <= allowed else { return true }
      let distance = EditDistance.between(wanted, Array(candidate.lowercased().utf8), atMost: allowed)
      if let distance { near.append((distance, candidate)) }
      return true
    }
    near.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
    return near.prefix(5).map(\.name)
  }
}

/// How many letters must be inserted, removed or replaced.
package enum EditDistance {
  /// nil where it is more than `limit`.
  package static func between(_ left: [UInt8], _ right: [UInt8], atMost limit: Int) -> Int? {
    var row = Array(0...right.count)
    for (line, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = line + 1
      for column in right.indices {
        let cost = min(row[column] + 1, row[column + 1] + 1, diagonal + (byte == right[column] ? 0 : 1))
        diagonal = row[column + 1]
        row[column + 1] = cost
      }
      if row.min()! > limit { return nil }
    }
    return row[right.count] <= limit ? row[right.count] : nil
  }
}
