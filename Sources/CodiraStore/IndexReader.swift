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
  /// Whether another process's commits are seen: not where the folder cannot be written, and the file is taken for
  /// one that nobody changes.
  let seesChanges: Bool
  private let codesPlace: VectorCodesPlace

  /// Throws `StoreError`.
  package convenience init(_ location: IndexLocation) throws {
    try self.init(location, VectorCodesPlace(location))
  }

  init(_ location: IndexLocation, _ codesPlace: VectorCodesPlace) throws {
    self.location = location
    queue = try Connection.readable(location)
    self.codesPlace = codesPlace
    seesChanges = queue.path == location.database
  }

  /// Runs `body` in one read transaction.
  ///
  /// Throws `StoreError` and what `body` throws.
  package func read<Result>(_ body: (Snapshot) throws -> Result) throws -> Result {
    try StoreError.mapping(location.database) {
      try queue.read { try body(Snapshot(database: $0, codesPlace: codesPlace)) }
    }
  }
}
