import CodiraModel

/// How many files of a language stand in each state.
package struct LanguageStatus: Equatable, Sendable {
  package var language: String
  package var counts: [FileStatus: Int]
  package var symbols: Int
  package var references: Int

  package var files: Int { counts.values.reduce(0, +) }
}

/// How many texts of current symbols have a vector in the active set.
package struct VectorStatus: Equatable, Sendable {
  package var present: Int
  package var missing: Int

  package init(present: Int, missing: Int) {
    self.present = present
    self.missing = missing
  }
}

/// What one finished run did, as its summary's JSON.
package struct RunRow: Equatable, Sendable {
  package var id: Int64
  package var generation: Int64
  /// Seconds since 1970.
  package var started: Double
  package var finished: Double?
  package var summary: String
}

extension Snapshot {
  /// By language, sorted; the empty language holds the files that no analyzer owns.
  package func languages() throws -> [LanguageStatus] {
    let rows = try rows(
      """
      SELECT language, status, count(*), sum(symbol_count), sum(reference_count) FROM files
      GROUP BY language, status ORDER BY language, status
      """
    ) { row in
      (
        row.text(0), FileStatus(rawValue: UInt8(row.int(1))) ?? .failed, Int(row.int(2)), Int(row.int(3)),
        Int(row.int(4))
      )
    }
    var languages: [LanguageStatus] = []
    for (language, status, count, symbols, references) in rows {
      if languages.last?.language != language {
        languages.append(LanguageStatus(language: language, counts: [:], symbols: 0, references: 0))
      }
      languages[languages.count - 1].counts[status] = count
      languages[languages.count - 1].symbols += symbols
      languages[languages.count - 1].references += references
    }
    return languages
  }

  /// Of the active set; all are missing where there is none.
  package func vectorStatus() throws -> VectorStatus {
    let all = try payloadCount()
    guard let set = try activeVectorSet() else { return VectorStatus(present: 0, missing: all) }
    let missing = try payloadsWithoutVector(in: set.id).count
    return VectorStatus(present: all - missing, missing: missing)
  }

  /// How many symbols of each kind the index has, by the id of the analyzer that reported them.
  package func symbolKinds() throws -> [String: [SymbolKind: Int]] {
    let counted = try rows(
      """
      SELECT analyzers.name, symbols.kind, count(*) FROM symbols
      JOIN files ON files.id = symbols.id >> 20 JOIN analyzers ON analyzers.id = files.analyzer
      GROUP BY analyzers.name, symbols.kind
      """
    ) { row in (row.text(0), SymbolKind(rawValue: UInt8(row.int(1))), Int(row.int(2))) }
    var kinds: [String: [SymbolKind: Int]] = [:]
    for case (let analyzer, let kind?, let count) in counted { kinds[analyzer, default: [:]][kind] = count }
    return kinds
  }

  package func lastRun() throws -> RunRow? {
    try rows("SELECT id, generation, started, finished, summary FROM runs ORDER BY id DESC LIMIT 1") { row in
      RunRow(
        id: row.int(0), generation: row.int(1), started: row.double(2),
        finished: row.isNull(3) ? nil : row.double(3),
        summary: row.text(4))
    }.first
  }
}
