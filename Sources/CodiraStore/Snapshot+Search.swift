import CodiraModel

/// How much a word counts by the column it stands in.
package struct SearchWeights: Hashable, Sendable {
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

/// A symbol that the full-text index found; higher scores are better.
package struct SearchHit: Hashable, Sendable {
  package var symbol: Int64
  package var score: Double
}

extension Snapshot {
  /// Symbols that match an FTS5 expression, best first, of which `accept` likes `limit`.
  ///
  /// `expression` is the engine's own language: make it of `SearchText.quoted` words, never of a user's text.
  /// Columns: name, qualified_name, signature, documentation, body. Names are stored with their identifiers
  /// split as `SearchText.words` does.
  package func search(
    _ expression: String, weights: SearchWeights = SearchWeights(), limit: Int,
    accept: (_ symbol: Int64) throws -> Bool = { _ in true }
  ) throws -> [SearchHit] {
    let query = try SQLStatement(
      database,
      """
      SELECT rowid, -bm25(symbol_text, ?2, ?3, ?4, ?5, ?6) AS score FROM symbol_text
      WHERE symbol_text MATCH ?1 ORDER BY score DESC, rowid
      """)
    defer { query.reset() }
    query.bind(1, expression)
    let columns = [
      weights.name, weights.qualifiedName, weights.signature, weights.documentation, weights.body,
    ]
    for (index, weight) in columns.enumerated() { query.bind(Int32(index + 2), weight) }
    var hits: [SearchHit] = []
    while hits.count < limit, try query.step() {
      let hit = SearchHit(symbol: query.int(0), score: query.double(1))
      if try accept(hit.symbol) { hits.append(hit) }
    }
    return hits
  }
}
