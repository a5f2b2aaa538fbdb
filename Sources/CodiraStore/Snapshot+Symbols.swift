import CodiraModel

/// How much of a symbol is read.
package enum SymbolColumns: Sendable {
  case all
  /// What resolution needs: no qualified name, signature, documentation, payload or history.
  case facts
  /// What ranking needs: id, kind, flags, name and places.
  case outline

  var list: String {
    switch self {
    case .all: SymbolRow.columns
    case .facts: SymbolRow.factColumns
    case .outline: SymbolRow.outlineColumns
    }
  }
}

extension Snapshot {
  /// Symbols of exactly this name.
  package func symbols(named name: String, _ columns: SymbolColumns = .all) throws -> [SymbolRow] {
    try symbols(foldedName: name, columns).filter { $0.symbol.name.utf8.elementsEqual(name.utf8) }
  }

  /// Symbols of this name without regard to case.
  ///
  /// Suffixes of qualified names start here as well: look up the last component, then compare
  /// `qualifiedName`.
  package func symbols(foldedName name: String, _ columns: SymbolColumns = .all) throws -> [SymbolRow] {
    let folded = name.lowercased()
    return try select("name_key = ?", columns) { $0.bind(1, NameKey.folded(name)) }
      .filter { $0.symbol.name.lowercased() == folded }
  }

  /// Every row of a stable id; more than one where several files define it.
  package func symbols(id: StableID, _ columns: SymbolColumns = .all) throws -> [SymbolRow] {
    try select("id_key = ?", columns) { $0.bind(1, NameKey.exact(id.text)) }
      .filter { $0.symbol.id.text.utf8.elementsEqual(id.text.utf8) }
  }

  /// The children of `parent`, in any file; with `name` those of exactly that name.
  package func members(
    of parent: StableID, named name: String? = nil, _ columns: SymbolColumns = .all
  ) throws -> [SymbolRow] {
    let key = NameKey.exact(parent.text)
    let rows =
      if let name {
        try select("parent_key = ? AND name_key = ?", columns) {
          $0.bind(1, key)
          $0.bind(2, NameKey.folded(name))
        }
      } else {
        try select("parent_key = ?", columns) { $0.bind(1, key) }
      }
    return rows.filter { row in
      row.symbol.parent.text.utf8.elementsEqual(parent.text.utf8)
        && (name.map { row.symbol.name.utf8.elementsEqual($0.utf8) } ?? true)
    }
  }

  /// The children of `parent` of one kind, in any file.
  package func members(
    of parent: StableID, kind: SymbolKind, _ columns: SymbolColumns = .all
  ) throws -> [SymbolRow] {
    try children(of: parent, "kind = \(kind.rawValue)", columns)
  }

  /// The children of `type` of the kind `extension`, in any file.
  package func extensions(of type: StableID, _ columns: SymbolColumns = .all) throws -> [SymbolRow] {
    try children(of: type, Schema.isExtension, columns)
  }

  /// The children of `namespace` with the flag `wildcard`, in any file.
  package func wildcards(of namespace: StableID, _ columns: SymbolColumns = .all) throws -> [SymbolRow] {
    try children(of: namespace, Schema.isWildcard, columns)
  }

  private func children(
    of parent: StableID, _ condition: String, _ columns: SymbolColumns
  ) throws -> [SymbolRow] {
    try select("parent_key = ? AND \(condition)", columns) { $0.bind(1, NameKey.exact(parent.text)) }
      .filter { $0.symbol.parent.text.utf8.elementsEqual(parent.text.utf8) }
  }

  /// By the name of what they lead to, the other names that imports and typedefs of a file give it.
  package func aliasNames(of file: Int64) throws -> [String: [String]] {
    let ids = SymbolRow.ids(of: file)
    let kinds = "\(SymbolKind.import.rawValue), \(SymbolKind.typeAlias.rawValue)"
    var names: [String: [String]] = [:]
    _ = try rows(
      "SELECT name, facts FROM symbols WHERE id BETWEEN ? AND ? AND kind IN (\(kinds)) AND facts IS NOT NULL",
      bind: {
        $0.bind(1, ids.lowerBound)
        $0.bind(2, ids.upperBound)
      }
    ) { row in
      let own = row.text(0)
      for candidate in try FactsCodec.unpackAliases(row.bytes(1)) {
        let name = candidate.members.last ?? StableID.lastName(of: candidate.root.text)
        if name != own { names[name, default: []].append(own) }
      }
    }
    return names
  }

  /// The symbols of one file in the analyzer's order.
  package func symbols(of file: Int64) throws -> [SymbolRow] {
    let ids = SymbolRow.ids(of: file)
    return try select("id BETWEEN ? AND ?") {
      $0.bind(1, ids.lowerBound)
      $0.bind(2, ids.upperBound)
    }
  }

  /// What a file's symbols were, for comparing them with what they have become.
  package struct SymbolHistory: Sendable {
    package var id: StableID
    package var payload: ContentHash?
    package var generation: Int64
    package var reason: UInt8
  }

  package func symbolHistory(of file: Int64) throws -> [SymbolHistory] {
    let ids = SymbolRow.ids(of: file)
    return try rows(
      """
      SELECT stable_id, hash, generation, reason FROM symbols LEFT JOIN payloads ON payloads.id = payload
      WHERE symbols.id BETWEEN ? AND ? ORDER BY symbols.id
      """,
      bind: {
        $0.bind(1, ids.lowerBound)
        $0.bind(2, ids.upperBound)
      }
    ) { row in
      SymbolHistory(
        id: StableID(row.text(0)), payload: row.isNull(1) ? nil : ContentHash(column: row.bytes(1)),
        generation: row.int(2), reason: UInt8(truncatingIfNeeded: row.int(3)))
    }
  }

  /// The symbols of one file that have one of these kinds.
  package func symbols(of file: Int64, kinds: [SymbolKind]) throws -> [SymbolRow] {
    let ids = SymbolRow.ids(of: file)
    let list = kinds.map { String($0.rawValue) }.joined(separator: ", ")
    return try select("id BETWEEN ? AND ? AND kind IN (\(list))") {
      $0.bind(1, ids.lowerBound)
      $0.bind(2, ids.upperBound)
    }
  }

  package func symbol(_ id: Int64) throws -> SymbolRow? {
    try select("id = ?") { $0.bind(1, id) }.first
  }

  /// The symbols of these rows, in their order; nil where there is none.
  package func symbols(rows: [Int64], _ columns: SymbolColumns) throws -> [SymbolRow?] {
    let query = try SQLStatement(database, "SELECT \(columns.list) FROM symbols WHERE id = ?")
    defer { query.reset() }
    return try rows.map { row in
      query.reset()
      query.bind(1, row)
      return try query.step() ? SymbolRow(query) : nil
    }
  }

  /// The symbols whose embedded text is `payload`.
  package func symbols(payload: Int64) throws -> [SymbolRow] {
    try select("payload = ?") { $0.bind(1, payload) }
  }

  /// Calls `body` with every distinct symbol name, for suggestions; stops when it returns false.
  package func forEachName(_ body: (String) throws -> Bool) throws {
    let query = try SQLStatement(database, "SELECT DISTINCT name FROM symbols")
    defer { query.reset() }
    while try query.step() {
      if !(try body(query.text(0))) { return }
    }
  }

  /// The qualified names of module symbols with their files, in the analyzer's order.
  package func moduleNames() throws -> [(file: Int64, name: String)] {
    try rows(
      "SELECT id, qualified_name FROM symbols WHERE kind = ? ORDER BY id",
      bind: { $0.bind(1, Int(SymbolKind.module.rawValue)) }
    ) { (file: $0.int(0) >> SymbolRow.ordinalBits, name: $0.text(1)) }
  }

  private func select(
    _ condition: String, _ columns: SymbolColumns = .all, bind: (SQLStatement) -> Void
  ) throws -> [SymbolRow] {
    try rows("SELECT \(columns.list) FROM symbols WHERE \(condition) ORDER BY id", bind: bind) {
      try SymbolRow($0)
    }
  }
}
