import CodiraModel
import GRDB

/// Writes symbols with their texts: the row, the payload once for each distinct text, the full-text entry.
struct SymbolTableWriter {
  private let database: Database
  private let insertSymbol: SQLStatement
  private let insertPayload: SQLStatement
  private let findPayload: SQLStatement
  private let searchText: SearchTextWriter
  private var payloads: [ContentHash: Int64] = [:]
  /// Whether the database holds payloads that `payloads` does not.
  private let hasStoredPayloads: Bool
  private var nextPayload: Int64
  private var scratch = ByteWriter(capacity: 1024)

  init(_ database: Database) throws {
    self.database = database
    insertSymbol = try SQLStatement(
      database,
      """
      INSERT INTO symbols (\(SymbolRow.columns), id_key, name_key, parent_key)
      VALUES (?\(String(repeating: ",?", count: 19)))
      """)
    insertPayload = try SQLStatement(database, "INSERT INTO payloads (id, hash, text) VALUES (?, ?, ?)")
    findPayload = try SQLStatement(database, "SELECT id FROM payloads WHERE hash = ?")
    searchText = try SearchTextWriter(database)
    nextPayload = (try Int64.fetchOne(database, sql: "SELECT max(id) FROM payloads") ?? 0) + 1
    hasStoredPayloads = nextPayload > 1
    if hasStoredPayloads, try !database.indexes(on: "payloads").contains(where: { $0.columns == ["hash"] }) {
      try database.execute(sql: "CREATE INDEX payloads_by_hash ON payloads(hash)")
    }
  }

  mutating func insert(_ stored: StoredSymbol, id: Int64, generation: Int64) throws {
    let symbol = stored.symbol
    insertSymbol.bind(1, id)
    insertSymbol.bind(2, symbol.id.text)
    insertSymbol.bind(3, symbol.parent.text)
    insertSymbol.bind(4, Int(symbol.kind.rawValue))
    insertSymbol.bind(5, Int(symbol.visibility.rawValue))
    insertSymbol.bind(6, Int(symbol.flags.rawValue))
    insertSymbol.bind(7, symbol.name)
    insertSymbol.bind(8, symbol.qualifiedName)
    insertSymbol.bind(9, symbol.signature)
    insertSymbol.bind(10, symbol.documentation)
    scratch.removeAll()
    PlacesCodec.pack(symbol, into: &scratch)
    insertSymbol.bind(11, blob: scratch.bytes)
    insertSymbol.bind(12, Int(symbol.parametersMin))
    insertSymbol.bind(13, Int(symbol.parametersMax))
    scratch.removeAll()
    FactsCodec.pack(symbol, into: &scratch)
    if scratch.bytes.isEmpty { insertSymbol.bindNull(14) } else { insertSymbol.bind(14, blob: scratch.bytes) }
    insertSymbol.bind(15, try stored.payload.map { try payload($0) })
    insertSymbol.bind(16, stored.generation ?? generation)
    insertSymbol.bind(17, Int(stored.reason))
    insertSymbol.bind(18, NameKey.exact(symbol.id.text))
    insertSymbol.bind(19, NameKey.folded(symbol.name))
    insertSymbol.bind(20, NameKey.exact(symbol.parent.text))
    try insertSymbol.run()
    try searchText.insert(symbol, id: id, payload: stored.payload?.text)
  }

  func remove(file: Int64, snapshot: Snapshot) throws {
    for row in try snapshot.symbols(of: file) {
      let text = try row.payload.flatMap { try snapshot.payload($0)?.text }
      try searchText.delete(row.symbol, id: row.id, payload: text.map { Array($0.utf8) })
    }
    let ids = SymbolRow.ids(of: file)
    let delete = try SQLStatement(database, "DELETE FROM symbols WHERE id BETWEEN ? AND ?")
    delete.bind(1, ids.lowerBound)
    delete.bind(2, ids.upperBound)
    try delete.run()
  }

  private mutating func payload(_ payload: StoredPayload) throws -> Int64 {
    if let id = payloads[payload.hash] { return id }
    let id = try storedPayload(payload.hash) ?? insert(payload)
    payloads[payload.hash] = id
    return id
  }

  private func storedPayload(_ hash: ContentHash) throws -> Int64? {
    guard hasStoredPayloads else { return nil }
    findPayload.bind(1, hash)
    defer { findPayload.reset() }
    return try findPayload.step() ? findPayload.int(0) : nil
  }

  private mutating func insert(_ payload: StoredPayload) throws -> Int64 {
    let id = nextPayload
    nextPayload += 1
    insertPayload.bind(1, id)
    insertPayload.bind(2, payload.hash)
    payload.text.withUnsafeBytes { insertPayload.bind(3, text: $0) }
    try insertPayload.run()
    return id
  }
}

/// Keeps the full-text entries: what goes in must be given again to take it out, so both are one function of
/// the stored symbol and its payload.
struct SearchTextWriter {
  private let insertText: SQLStatement
  private let deleteText: SQLStatement

  init(_ database: Database) throws {
    insertText = try SQLStatement(
      database,
      """
      INSERT INTO symbol_text (rowid, name, qualified_name, signature, documentation, body)
      VALUES (?, ?, ?, ?, ?, ?)
      """)
    deleteText = try SQLStatement(
      database,
      """
      INSERT INTO symbol_text (symbol_text, rowid, name, qualified_name, signature, documentation, body)
      VALUES ('delete', ?, ?, ?, ?, ?, ?)
      """)
  }

  func insert(_ symbol: Symbol, id: Int64, payload: [UInt8]?) throws {
    try run(insertText, symbol, id: id, payload: payload)
  }

  func delete(_ symbol: Symbol, id: Int64, payload: [UInt8]?) throws {
    try run(deleteText, symbol, id: id, payload: payload)
  }

  /// Imports, and locals that are no callables or types, would only repeat what their scope says.
  private func isSearchable(_ symbol: Symbol, hasPayload: Bool) -> Bool {
    hasPayload || (symbol.kind != .import && !symbol.flags.contains(.local))
  }

  private func run(_ statement: SQLStatement, _ symbol: Symbol, id: Int64, payload: [UInt8]?) throws {
    guard isSearchable(symbol, hasPayload: payload != nil) else { return }
    statement.bind(1, id)
    statement.bind(2, SearchText.stored(symbol.name))
    statement.bind(3, symbol.qualifiedName)
    statement.bind(4, symbol.signature)
    statement.bind(5, symbol.documentation)
    if let payload {
      payload.withUnsafeBytes { bytes in
        let start = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.endIndex
        statement.bind(6, text: UnsafeRawBufferPointer(rebasing: bytes[start...]))
      }
    } else {
      statement.bindNull(6)
    }
    try statement.run()
  }
}
