import CodiraModel
import GRDB

/// Writes symbols and chunks with their texts: the row, the payload once for each distinct text, the full-text entry.
struct SymbolTableWriter {
  private let database: Database
  private let insertSymbol: SQLStatement
  private let insertChunk: SQLStatement
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
    insertChunk = try SQLStatement(
      database, "INSERT INTO chunks (id, first_line, last_line, names, payload) VALUES (?, ?, ?, ?, ?)")
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
    for row in try snapshot.chunks(of: file) {
      let text = try snapshot.payload(row.payload)?.text ?? ""
      try searchText.delete(chunk: row.id, names: row.names, payload: Array(text.utf8))
    }
    if let path = try snapshot.file(file)?.path { try searchText.delete(file: path, id: file) }
    let ids = SymbolRow.ids(of: file)
    for table in ["symbols", "chunks"] {
      let delete = try SQLStatement(database, "DELETE FROM \(table) WHERE id BETWEEN ? AND ?")
      delete.bind(1, ids.lowerBound)
      delete.bind(2, ids.upperBound)
      try delete.run()
    }
  }

  /// What a file has beside its symbols: its path and, where no analyzer read it, its text.
  mutating func insert(file path: RepositoryPath, chunks: [StoredChunk], of file: Int64) throws {
    try searchText.insert(file: path, id: file)
    for (ordinal, chunk) in chunks.prefix(UnitID.chunkLimit).enumerated() {
      let id = UnitID.chunk(ordinal, of: file)
      insertChunk.bind(1, id)
      insertChunk.bind(2, chunk.lines.lowerBound)
      insertChunk.bind(3, chunk.lines.upperBound)
      insertChunk.bind(4, chunk.names.joined(separator: " "))
      insertChunk.bind(5, try payload(chunk.payload))
      try insertChunk.run()
      try searchText.insert(chunk: id, names: chunk.names, payload: chunk.payload.text)
    }
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
