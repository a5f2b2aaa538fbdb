/// The folder that holds an index, `.codira` unless the caller chose another, and the files in it.
package struct IndexLocation: Hashable, Sendable {
  package let directory: String

  package init(directory: String) { self.directory = directory }

  package var database: String { directory + "/index.db" }
  package var writeAheadLog: String { directory + "/index.db-wal" }
  package var rollbackJournal: String { directory + "/index.db-journal" }
  package var lock: String { directory + "/write.lock" }
}
