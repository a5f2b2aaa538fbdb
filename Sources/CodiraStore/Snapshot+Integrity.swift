extension Snapshot {
  /// What SQLite finds wrong with the database's pages and indexes, at most 20 lines; empty for a sound one.
  package func integrityProblems() throws -> [String] {
    try rows("PRAGMA integrity_check(20)") { $0.text(0) }.filter { $0 != "ok" }
  }
}
