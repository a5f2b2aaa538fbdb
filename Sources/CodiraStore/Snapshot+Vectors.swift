import CodiraModel

/// Vectors that may be compared with each other: everything they depend on beside the text.
package struct VectorSet: Hashable, Sendable {
  package var id: Int64
  /// Backend, model fingerprint, dimension, pooling, normalization, precision, tokens, recipe, as one text.
  package var identity: String
  package var dimension: Int
  /// The kind of processor that computed them.
  package var instructions: String
}

/// An embedded text and its hash.
package struct PayloadRow: Hashable, Sendable {
  package var id: Int64
  package var hash: ContentHash
  package var text: String
}

extension Snapshot {
  /// The set that semantic answers come from, nil before the first run with a model.
  package func activeVectorSet() throws -> VectorSet? {
    guard let id = Int64(try meta("vector_set") ?? "") else { return nil }
    return try vectorSets().first { $0.id == id }
  }

  package func vectorSets() throws -> [VectorSet] {
    try rows("SELECT id, identity, dimension, instructions FROM vector_sets ORDER BY id") { row in
      VectorSet(id: row.int(0), identity: row.text(1), dimension: Int(row.int(2)), instructions: row.text(3))
    }
  }

  /// Calls `body` with every vector of a set in payload order: `dimension` little-endian float32 values,
  /// valid during the call.
  ///
  /// Vectors that nothing current uses are among them.
  package func forEachVector(
    in set: Int64, _ body: (_ payload: Int64, _ vector: UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let query = try SQLStatement(
      database, "SELECT id, vector FROM vectors WHERE id BETWEEN ? AND ? ORDER BY id")
    defer { query.reset() }
    query.bind(1, VectorID.first(of: set))
    query.bind(2, VectorID.last(of: set))
    while try query.step() { try body(query.int(0) & VectorID.payloadMask, query.bytes(1)) }
  }

  package func vector(of payload: Int64, in set: Int64) throws -> [UInt8]? {
    try rows("SELECT vector FROM vectors WHERE id = ?", bind: { $0.bind(1, VectorID.id(set, payload)) }) {
      $0.blob(0)
    }.first
  }

  /// Which payload each embedded symbol and chunk has: what ties a vector's rank to them.
  package func unitPayloads() throws -> [(unit: Int64, payload: Int64)] {
    try rows(
      """
      SELECT id, payload FROM symbols WHERE payload IS NOT NULL
      UNION ALL SELECT id, payload FROM chunks ORDER BY id
      """
    ) { ($0.int(0), $0.int(1)) }
  }

  package func payload(_ id: Int64) throws -> PayloadRow? {
    try rows("SELECT id, hash, text FROM payloads WHERE id = ?", bind: { $0.bind(1, id) }, Self.payload).first
  }

  /// The texts of payloads as UTF-8, in their order; an empty one where there is none.
  package func payloadTexts(_ ids: [Int64]) throws -> [[UInt8]] {
    let query = try SQLStatement(database, "SELECT text FROM payloads WHERE id = ?")
    defer { query.reset() }
    return try ids.map { id in
      query.reset()
      query.bind(1, id)
      return try query.step() ? query.blob(0) : []
    }
  }

  /// The payloads that something in the index has, as SQL.
  static let usedPayloads =
    "(SELECT payload FROM symbols WHERE payload IS NOT NULL UNION ALL SELECT payload FROM chunks)"

  /// The hashes of the payloads that current symbols and chunks use, by payload row.
  package func currentPayloads() throws -> [(id: Int64, hash: ContentHash)] {
    try rows(
      """
      SELECT id, hash FROM payloads
      WHERE id IN \(Self.usedPayloads) ORDER BY id
      """
    ) { ($0.int(0), ContentHash(bytes: $0.bytes(1))) }
  }

  /// Payloads of current symbols and chunks that have no vector in `set`, with the length of their text; with `since`
  /// only of files read in that generation or later.
  package func payloadsWithoutVector(
    in set: Int64, since generation: Int64? = nil
  ) throws -> [(payload: Int64, byteCount: Int)] {
    func used(_ table: String) -> String {
      let condition =
        "FROM files CROSS JOIN \(table) ON \(table).id BETWEEN files.id << 20 AND "
        + "(files.id << 20 | 0xFFFFF) WHERE files.generation >= ?2"
      return "SELECT payload \(condition) AND payload IS NOT NULL"
    }
    let payloads =
      generation == nil ? Self.usedPayloads : "(\(used("symbols")) UNION ALL \(used("chunks")))"
    return try rows(
      """
      SELECT id, length(CAST(text AS BLOB)) FROM payloads WHERE id IN \(payloads)
      AND NOT EXISTS (SELECT 1 FROM vectors WHERE vectors.id = payloads.id + ?1) ORDER BY id
      """,
      bind: { query in
        query.bind(1, VectorID.id(set, 0))
        if let generation { query.bind(2, generation) }
      }
    ) { ($0.int(0), Int($0.int(1))) }
  }

  /// How many texts of current symbols and chunks have no vector in `set`.
  package func missingVectorCount(in set: Int64) throws -> Int {
    if try meta("vectors_complete") == meta("generation"), try meta("vector_set") == String(set) { return 0 }
    return try count(
      """
      SELECT count(*) FROM (SELECT DISTINCT payload FROM \(Self.usedPayloads)) AS used
      WHERE NOT EXISTS (SELECT 1 FROM vectors WHERE vectors.id = used.payload + ?1)
      """
    ) { $0.bind(1, VectorID.id(set, 0)) }
  }

  /// How many different texts current symbols and chunks have.
  package func payloadCount() throws -> Int {
    try count("SELECT count(DISTINCT payload) FROM \(Self.usedPayloads)")
  }

  package func hasVector(_ payload: Int64, in set: Int64) throws -> Bool {
    try count("SELECT count(*) FROM vectors WHERE id = ?") { $0.bind(1, VectorID.id(set, payload)) } > 0
  }

  /// What `IndexWriter.collectGarbage` would take away.
  package func countGarbage() throws -> IndexWriter.Collected {
    let used = Self.usedPayloads
    let active = Int64(try meta("vector_set") ?? "") ?? 0
    return IndexWriter.Collected(
      payloads: try count("SELECT count(*) FROM payloads WHERE id NOT IN \(used)"),
      vectors: try count(
        "SELECT count(*) FROM vectors WHERE id >> 40 <> ?1 OR (id & \(VectorID.payloadMask)) NOT IN \(used)"
      ) { $0.bind(1, active) },
      sets: try count("SELECT count(*) FROM vector_sets WHERE id <> ?") { $0.bind(1, active) })
  }

  private static func payload(_ row: SQLStatement) throws -> PayloadRow {
    PayloadRow(id: row.int(0), hash: ContentHash(bytes: row.bytes(1)), text: row.text(2))
  }
}

/// `set << 40 | payload`: the vectors of a set lie together, in payload order.
enum VectorID {
  static let payloadMask: Int64 = 1 << 40 - 1

  static func id(_ set: Int64, _ payload: Int64) -> Int64 { set << 40 | payload }
  static func first(of set: Int64) -> Int64 { id(set, 0) }
  static func last(of set: Int64) -> Int64 { id(set, payloadMask) }
}
