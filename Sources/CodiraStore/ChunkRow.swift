import CodiraModel

/// A part of a file that no analyzer read, on its way into the index.
package struct StoredChunk: Sendable {
  /// 1-based, inclusive.
  package var lines: ClosedRange<Int>
  /// What its lines seem to define.
  package var names: [String]
  package var payload: StoredPayload

  package init(lines: ClosedRange<Int>, names: [String], payload: StoredPayload) {
    self.lines = lines
    self.names = names
    self.payload = payload
  }
}

/// A part of a file that no analyzer read, as stored.
package struct ChunkRow: Equatable, Sendable {
  /// Its `UnitID`.
  package var id: Int64
  /// 1-based, inclusive.
  package var lines: ClosedRange<Int>
  package var names: [String]
  package var payload: Int64

  package var file: Int64 { UnitID.file(of: id) }
}

extension Snapshot {
  package func chunk(_ id: Int64) throws -> ChunkRow? {
    try rows("SELECT \(Self.chunkColumns) FROM chunks WHERE id = ?", bind: { $0.bind(1, id) }, Self.chunk)
      .first
  }

  /// The chunks of one file, from its first line to its last.
  package func chunks(of file: Int64) throws -> [ChunkRow] {
    let ids = UnitID.ids(of: file)
    return try rows(
      "SELECT \(Self.chunkColumns) FROM chunks WHERE id BETWEEN ? AND ? ORDER BY id",
      bind: {
        $0.bind(1, ids.lowerBound)
        $0.bind(2, ids.upperBound)
      }, Self.chunk)
  }

  private static let chunkColumns = "id, first_line, last_line, names, payload"

  private static func chunk(_ row: SQLStatement) -> ChunkRow {
    let first = Int(row.int(1))
    return ChunkRow(
      id: row.int(0), lines: first...max(first, Int(row.int(2))),
      names: row.text(3).split(separator: " ").map(String.init), payload: row.int(4))
  }
}
