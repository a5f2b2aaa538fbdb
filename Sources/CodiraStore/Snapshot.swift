import CodiraModel
import GRDB

/// One generation of an index, for the length of one read.
///
/// Every method throws `StoreError`. Rows come in a fixed order: files by path, symbols of a file in the
/// analyzer's order, symbols of several files by file row and then that.
package struct Snapshot {
  let database: Database
  /// Where the codes of vectors are; nil inside a transaction that writes.
  var codesPlace: VectorCodesPlace?

  /// 0 for an index that was never finished.
  package func generation() throws -> Int64 { Int64(try meta("generation") ?? "") ?? 0 }

  /// A setting of the index by its key.
  package func meta(_ key: String) throws -> String? {
    let query = try SQLStatement(database, "SELECT value FROM meta WHERE key = ?")
    defer { query.reset() }
    query.bind(1, key)
    return try query.step() ? query.text(0) : nil
  }

  /// Every row that `sql` gives, made by `make`; `bind` fills the parameters.
  func rows<Row>(
    _ sql: String, bind: (SQLStatement) -> Void = { _ in }, _ make: (SQLStatement) throws -> Row
  ) throws -> [Row] {
    let query = try SQLStatement(database, sql)
    defer { query.reset() }
    bind(query)
    var rows: [Row] = []
    while try query.step() { rows.append(try make(query)) }
    return rows
  }

  func count(_ sql: String, bind: (SQLStatement) -> Void = { _ in }) throws -> Int {
    try rows(sql, bind: bind) { Int($0.int(0)) }.first ?? 0
  }
}
