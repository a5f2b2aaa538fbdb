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
  /// Vectors that no current symbol uses are among them.
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

  /// Which payload each embedded symbol has, by symbol row: what ties a vector's rank to symbols.
  package func symbolPayloads() throws -> [(symbol: Int64, payload: Int64)] {
    try rows("SELECT id, payload FROM symbols WHERE payload IS NOT NULL ORDER BY id") {
      ($0.int(0), $0.int(1))
    }
  }

  package func payload(_ id: Int64) throws -> PayloadRow? {
    try rows("SELECT id, hash, text FROM payloads WHERE id = ?", bind: { $0.bind(1, id) }, Self.payload).first
  }

  /// The hashes of the payloads that current symbols use, by payload row.
  package func currentPayloads() throws -> [(id: Int64, hash: ContentHash)] {
    try rows(
      """
      SELECT id, hash FROM payloads
      WHERE id IN (SELECT payload FROM symbols WHERE payload IS NOT NULL) ORDER BY id
      """
    ) { ($0.int(0), ContentHash(bytes: $0.bytes(1))) }
  }

  /// Payloads of current symbols that have no vector in `set`, with the length of their text; with `since`
  /// only of files read in that generation or later.
  package func payloadsWithoutVector(
    in set: Int64, since generation: Int64? = nil
  ) throws -> [(payload: Int64, byteCount: Int)] {
    let symbols =
      generation == nil
      ? "symbols"
      : "files CROSS JOIN symbols ON symbols.id BETWEEN files.id << 20 AND (files.id << 20 | 0xFFFFF)"
    let condition = generation == nil ? "" : "AND files.generation >= ?2"
    return try rows(
      """
      SELECT id, length(CAST(text AS BLOB)) FROM payloads WHERE id IN (
        SELECT payload FROM \(symbols) WHERE payload IS NOT NULL \(condition))
      AND NOT EXISTS (SELECT 1 FROM vectors WHERE vectors.id = payloads.id + ?1) ORDER BY id
      """,
      bind: { query in
        query.bind(1, VectorID.id(set, 0))
        if let generation { query.bind(2, generation) }
      }
    ) { ($0.int(0), Int($0.int(1))) }
  }

  /// How many different texts current symbols have.
  package func payloadCount() throws -> Int {
    try count("SELECT count(DISTINCT payload) FROM symbols WHERE payload IS NOT NULL")
  }

  package func hasVector(_ payload: Int64, in set: Int64) throws -> Bool {
    try count("SELECT count(*) FROM vectors WHERE id = ?") { $0.bind(1, VectorID.id(set, payload)) } > 0
  }

  /// What `IndexWriter.collectGarbage` would take away.
  package func countGarbage() throws -> IndexWriter.Collected {
    let used = "(SELECT payload FROM symbols WHERE payload IS NOT NULL)"
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
