import CodiraModel

extension Snapshot {
  /// The documentation of one file in the analyzer's order.
  package func documentation(of file: Int64) throws -> [Documentation] {
    let ids = SymbolRow.ids(of: file)
    return try rows(
      "SELECT \(Self.documentationColumns) FROM documentation WHERE id BETWEEN ? AND ? ORDER BY id",
      bind: {
        $0.bind(1, ids.lowerBound)
        $0.bind(2, ids.upperBound)
      }, Self.documentation)
  }

  /// What documents `owner`, with the row of its file.
  package func documentation(owner: StableID) throws -> [(file: Int64, documentation: Documentation)] {
    try rows(
      "SELECT \(Self.documentationColumns), id FROM documentation WHERE owner_key = ? ORDER BY id",
      bind: { $0.bind(1, NameKey.exact(owner.text)) }
    ) { row in
      (file: row.int(6) >> SymbolRow.ordinalBits, documentation: try Self.documentation(row))
    }.filter { $0.documentation.owner == owner }
  }

  private static let documentationColumns = "stable_id, owner_id, format, headings, text, place"

  private static func documentation(_ row: SQLStatement) throws -> Documentation {
    var headings: [String] = []
    var reader = ByteReader(row.bytes(3))
    for _ in 0..<(try reader.readCount()) { headings.append(try reader.readString()) }
    var place = ByteReader(row.bytes(5))
    return Documentation(
      id: StableID(row.text(0)), owner: StableID(row.text(1)), format: row.text(2), headings: headings,
      text: row.text(4), range: try PlacesCodec.readRange(&place))
  }
}
