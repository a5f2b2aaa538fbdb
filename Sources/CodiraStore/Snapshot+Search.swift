import CodiraModel

/// How much a word counts by the column it stands in.
package struct ColumnWeights: Hashable, Sendable {
  package var name: Double
  package var qualifiedName: Double
  package var signature: Double
  package var documentation: Double
  package var body: Double

  package init(
    name: Double = 8, qualifiedName: Double = 4, signature: Double = 2, documentation: Double = 2,
    body: Double = 1
  ) {
    self.name = name
    self.qualifiedName = qualifiedName
    self.signature = signature
    self.documentation = documentation
    self.body = body
  }
}

extension Snapshot {
  /// Calls `body` with every symbol, chunk and file that matches an FTS5 expression, in the order of units, and its
  /// BM25 score; higher is better.
  ///
  /// `expression` is the engine's own language: make it of `SearchText.quoted` words, never of a user's text.
  /// Columns: name, qualified_name, signature, documentation, body. What is stored has its identifiers split as
  /// `SearchText.split` does.
  package func forEachMatch(
    _ expression: String, weights: ColumnWeights = ColumnWeights(),
    _ body: (_ unit: Int64, _ score: Double) throws -> Void
  ) throws {
    let query = try SQLStatement(
      database,
      """
      SELECT rowid, -bm25(unit_text, ?2, ?3, ?4, ?5, ?6) FROM unit_text WHERE unit_text MATCH ?1
      ORDER BY rowid
      """)
    defer { query.reset() }
    query.bind(1, expression)
    let columns = [
      weights.name, weights.qualifiedName, weights.signature, weights.documentation, weights.body,
    ]
    for (index, weight) in columns.enumerated() { query.bind(Int32(index + 2), weight) }
    while try query.step() { try body(query.int(0), query.double(1)) }
  }
}
