import GRDB

/// An index opened to read.
///
///     let reader = try IndexReader(IndexLocation(directory: ".codira"))
///     let rows = try reader.read { try $0.symbols(named: "Session") }
///
/// Whatever one `read` sees belongs to one generation, whoever writes meanwhile.
package final class IndexReader: Sendable {
  package let location: IndexLocation
  private let queue: DatabaseQueue

  /// Throws `StoreError`.
  package init(_ location: IndexLocation) throws {
    self.location = location
    queue = try Connection.readable(location)
  }

  /// Runs `body` in one read transaction.
  ///
  /// Throws `StoreError` and what `body` throws.
  package func read<Result>(_ body: (Snapshot) throws -> Result) throws -> Result {
    try StoreError.mapping(location.database) {
      try queue.read { try body(Snapshot(database: $0)) }
    }
  }
}
