import CodiraModel
import GRDB

/// A symbol on its way into the index: the analyzer's value, its embedded text, and what the planner said.
package struct StoredSymbol: Sendable {
  package var symbol: Symbol
  package var payload: StoredPayload?
  /// The generation in which the payload last changed; nil: this one.
  package var generation: Int64?
  package var reason: UInt8

  package init(symbol: Symbol, payload: StoredPayload? = nil, generation: Int64? = nil, reason: UInt8 = 0) {
    self.symbol = symbol
    self.payload = payload
    self.generation = generation
    self.reason = reason
  }
}

/// A text to embed.
///
/// Its last line is the excerpt of the body, which full text searches on its own.
package struct StoredPayload: Hashable, Sendable {
  package var hash: ContentHash
  package var text: [UInt8]

  package init(hash: ContentHash, text: [UInt8]) {
    self.hash = hash
    self.text = text
  }
}

/// What one file holds, ready to be stored.
package struct StoredFile: Sendable {
  package var row: FileRow
  package var symbols: [StoredSymbol]
  package var chunks: [StoredChunk]
  package var references: PackedReferences
  package var postingNames: [String]
  package var documentation: [Documentation]
  package var diagnostics: [Diagnostic]

  package init(
    row: FileRow, symbols: [StoredSymbol] = [], chunks: [StoredChunk] = [],
    references: PackedReferences = .empty,
    postingNames: [String] = [],
    documentation: [Documentation] = [], diagnostics: [Diagnostic] = []
  ) {
    self.row = row
    self.symbols = symbols
    self.chunks = chunks
    self.references = references
    self.postingNames = postingNames
    self.documentation = documentation
    self.diagnostics = diagnostics
  }
}

/// Writes files into the structure transaction of `IndexWriter.writeStructure`.
package final class StructureWriter {
  package let generation: Int64
  private let database: Database
  private var symbols: SymbolTableWriter
  private var postings: PostingWriter
  private let insertFile: SQLStatement
  private let insertReferences: SQLStatement
  private let insertDocumentation: SQLStatement
  private var nextFile: Int64

  init(_ database: Database, replacingAll: Bool) throws {
    self.database = database
    if replacingAll { try Self.clear(database) }
    generation = try Snapshot(database: database).generation() + 1
    symbols = try SymbolTableWriter(database)
    postings = try PostingWriter(database)
    insertFile = try SQLStatement(
      database,
      """
      INSERT OR REPLACE INTO files (\(FileRow.columns), diagnostics)
      VALUES (?\(String(repeating: ",?", count: 14)))
      """)
    insertReferences = try SQLStatement(
      database, "INSERT OR REPLACE INTO file_references (file, count, bytes) VALUES (?, ?, ?)")
    insertDocumentation = try SQLStatement(
      database,
      """
      INSERT INTO documentation (id, owner_key, stable_id, owner_id, format, headings, text, place)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """)
    nextFile = (try Int64.fetchOne(database, sql: "SELECT max(id) FROM files") ?? 0) + 1
  }

  /// What is stored of the files so far.
  package var snapshot: Snapshot { Snapshot(database: database) }

  /// Stores a file in place of what was there: `row.id` of a stored file, 0 for a new one.
  ///
  /// Returns its row.
  @discardableResult
  package func put(_ file: StoredFile) throws -> Int64 {
    var row = file.row
    if row.id == 0 {
      row.id = nextFile
      nextFile += 1
    } else {
      try removeContent(of: row.id)
    }
    row.generation = generation
    row.symbolCount = file.symbols.count
    row.referenceCount = file.references.count
    try insert(row, diagnostics: file.diagnostics)
    for (ordinal, symbol) in file.symbols.enumerated() {
      try symbols.insert(symbol, id: row.id << SymbolRow.ordinalBits | Int64(ordinal), generation: generation)
    }
    try symbols.insert(file: row.path, chunks: file.chunks, of: row.id)
    try insert(file.references, names: file.postingNames, of: row.id)
    for (ordinal, documentation) in file.documentation.enumerated() {
      try insert(documentation, id: row.id << SymbolRow.ordinalBits | Int64(ordinal))
    }
    return row.id
  }

  /// Changes the row alone: symbols and references stay.
  package func update(_ row: FileRow) throws {
    try insert(row, diagnostics: try snapshot.diagnostics(of: row.id))
  }

  package func remove(file: Int64) throws {
    try removeContent(of: file)
    try run("DELETE FROM files WHERE id = ?", file)
  }

  /// The row of an analyzer as it was used, added where it is new.
  package func analyzer(_ row: AnalyzerRow) throws -> Int64 {
    if let known = try snapshot.analyzers().first(where: {
      $0.digest == row.digest && $0.configuration == row.configuration && $0.project == row.project
        && $0.descriptor.id == row.descriptor.id
    }) {
      return known.id
    }
    let insert = try SQLStatement(
      database,
      """
      INSERT INTO analyzers (name, version, digest, configuration, project, descriptor)
      VALUES (?, ?, ?, ?, ?, ?)
      """)
    insert.bind(1, row.descriptor.id)
    insert.bind(2, row.descriptor.version)
    row.digest.withUnsafeBytes { insert.bind(3, blob: $0) }
    row.configuration.withUnsafeBytes { insert.bind(4, blob: $0) }
    row.project.withUnsafeBytes { insert.bind(5, blob: $0) }
    insert.bind(6, blob: DescriptorCodec.pack(row.descriptor))
    try insert.run()
    return database.lastInsertedRowID
  }

  package func setMeta(_ key: String, _ value: String) throws { try Self.setMeta(database, key, value) }

  static func setMeta(_ database: Database, _ key: String, _ value: String) throws {
    let insert = try SQLStatement(database, "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)")
    insert.bind(1, key)
    insert.bind(2, value)
    try insert.run()
  }

  func finish() throws {
    try postings.flush()
    for (name, target) in Schema.lookups {
      try database.execute(sql: "CREATE INDEX IF NOT EXISTS \(name) ON \(target)")
    }
    try database.execute(
      sql: "DELETE FROM analyzers WHERE id NOT IN (SELECT analyzer FROM files WHERE analyzer IS NOT NULL)")
    try setMeta("generation", String(generation))
  }
}

extension StructureWriter {
  /// Forgets what analyzers reported; payloads, vectors and the history of runs stay.
  static func clear(_ database: Database) throws {
    for (name, _) in Schema.lookups { try database.execute(sql: "DROP INDEX IF EXISTS \(name)") }
    for table in ["symbols", "chunks", "files", "file_references", "postings", "documentation", "analyzers"]
    where try database.tableExists(table) {
      try database.execute(sql: "DELETE FROM \(table)")
    }
    if try database.tableExists("unit_text") {
      try database.execute(sql: "INSERT INTO unit_text(unit_text) VALUES ('delete-all')")
    }
  }

  private func removeContent(of file: Int64) throws {
    try symbols.remove(file: file, snapshot: snapshot)
    for name in try snapshot.references(of: file).postingNames() { postings.remove(name, file: file) }
    try run("DELETE FROM file_references WHERE file = ?", file)
    let ids = SymbolRow.ids(of: file)
    let delete = try SQLStatement(database, "DELETE FROM documentation WHERE id BETWEEN ? AND ?")
    delete.bind(1, ids.lowerBound)
    delete.bind(2, ids.upperBound)
    try delete.run()
  }

  private func insert(_ row: FileRow, diagnostics: [Diagnostic]) throws {
    insertFile.bind(1, row.id)
    insertFile.bind(2, row.path.text)
    insertFile.bind(3, Int(row.status.rawValue))
    insertFile.bind(4, row.language)
    insertFile.bind(5, row.analyzer)
    insertFile.bind(6, row.content)
    if let stat = row.stat { insertFile.bind(7, blob: stat.packed) } else { insertFile.bindNull(7) }
    insertFile.bind(8, row.timeouts)
    if let code = row.errorCode { insertFile.bind(9, code) } else { insertFile.bindNull(9) }
    if let message = row.errorMessage { insertFile.bind(10, message) } else { insertFile.bindNull(10) }
    insertFile.bind(11, row.symbolCount)
    insertFile.bind(12, row.referenceCount)
    insertFile.bind(13, row.generation)
    insertFile.bind(14, Int(row.reason))
    if diagnostics.isEmpty {
      insertFile.bindNull(15)
    } else {
      insertFile.bind(15, blob: DiagnosticsCodec.pack(diagnostics))
    }
    try insertFile.run()
  }

  private func insert(_ references: PackedReferences, names: [String], of file: Int64) throws {
    if references.count == 0 { return }
    insertReferences.bind(1, file)
    insertReferences.bind(2, references.count)
    insertReferences.bind(3, blob: references.bytes)
    try insertReferences.run()
    for name in names { postings.add(name, file: file) }
  }

  private func insert(_ documentation: Documentation, id: Int64) throws {
    var headings = ByteWriter()
    headings.write(documentation.headings.count)
    for heading in documentation.headings { headings.write(heading) }
    var place = ByteWriter()
    PlacesCodec.write(documentation.range, into: &place)
    insertDocumentation.bind(1, id)
    insertDocumentation.bind(2, NameKey.exact(documentation.owner.text))
    insertDocumentation.bind(3, documentation.id.text)
    insertDocumentation.bind(4, documentation.owner.text)
    insertDocumentation.bind(5, documentation.format)
    insertDocumentation.bind(6, blob: headings.bytes)
    insertDocumentation.bind(7, documentation.text)
    insertDocumentation.bind(8, blob: place.bytes)
    try insertDocumentation.run()
  }

  private func run(_ sql: String, _ argument: Int64) throws {
    let statement = try SQLStatement(database, sql)
    statement.bind(1, argument)
    try statement.run()
  }
}

extension SQLStatement {
  func bind(_ index: Int32, _ hash: ContentHash?) {
    if let hash { hash.withUnsafeBytes { bind(index, blob: $0) } } else { bindNull(index) }
  }
}
