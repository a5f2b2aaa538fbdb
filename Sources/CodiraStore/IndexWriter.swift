import CodiraModel
import GRDB
import Glibc

/// An index opened to write, under its lock.
///
/// Structure goes in through one `writeStructure`, which is one transaction and one generation; vectors
/// follow in batches of their own. Whatever kills the process leaves a whole state behind.
package final class IndexWriter {
  package let location: IndexLocation
  let codesPlace: VectorCodesPlace
  private let lock: WriterLock
  private let queue: DatabaseQueue

  /// Creates the folder and database where they are missing.
  ///
  /// Throws `StoreError`.
  package init(_ location: IndexLocation, lockTimeout: Double) throws {
    self.location = location
    codesPlace = VectorCodesPlace(location)
    try Self.prepareDirectory(location)
    lock = try WriterLock(location, timeout: lockTimeout)
    try Self.prepareDatabase(location)
    queue = try Connection.writable(location)
  }

  package func read<Result>(_ body: (Snapshot) throws -> Result) throws -> Result {
    try StoreError.mapping(location.database) {
      try queue.read { try body(Snapshot(database: $0, codesPlace: codesPlace)) }
    }
  }

  /// Runs `body` in one transaction that adds one generation; an error rolls everything back.
  package func writeStructure<Result>(
    replacingAll: Bool = false, _ body: (StructureWriter) throws -> Result
  ) throws -> Result {
    try transaction { database in
      let writer = try StructureWriter(database, replacingAll: replacingAll)
      let result = try body(writer)
      try writer.finish()
      return result
    }
  }

  /// Remembers what a second look at unchanged files found; no generation, nothing a reader can see.
  package func refreshStats(_ stats: [(file: Int64, stat: StatKey)]) throws {
    try transaction { database in
      let update = try SQLStatement(database, "UPDATE files SET stat = ? WHERE id = ?")
      for (file, stat) in stats {
        update.bind(1, blob: stat.packed)
        update.bind(2, file)
        try update.run()
      }
    }
  }

  /// The set of this identity, made active; `existing` vectors of it are kept.
  package func activateVectorSet(identity: String, dimension: Int, instructions: String) throws -> VectorSet {
    try transaction { database in
      let snapshot = Snapshot(database: database)
      if try !snapshot.vectorSets().contains(where: { $0.identity == identity }) {
        try database.execute(
          sql: "INSERT INTO vector_sets (identity, dimension, instructions) VALUES (?, ?, ?)",
          arguments: [identity, dimension, instructions])
      }
      guard let set = try snapshot.vectorSets().first(where: { $0.identity == identity }) else {
        throw StoreError.damaged(path: self.location.database, reason: "a vector set vanished")
      }
      try StructureWriter.setMeta(database, "vector_set", String(set.id))
      return set
    }
  }

  /// One batch of vectors, kept whatever happens next.
  package func storeVectors(_ vectors: [(payload: Int64, vector: [Float])], in set: Int64) throws {
    try transaction { database in
      let insert = try SQLStatement(database, "INSERT OR REPLACE INTO vectors (id, vector) VALUES (?, ?)")
      for (payload, vector) in vectors {
        insert.bind(1, VectorID.id(set, payload))
        vector.withUnsafeBytes { insert.bind(2, blob: $0) }
        try insert.run()
      }
    }
  }

  /// Forgets every vector of a set, so that all are computed again.
  package func removeVectors(of set: Int64) throws {
    try transaction { database in
      try database.execute(
        sql: "DELETE FROM vectors WHERE id BETWEEN ? AND ?",
        arguments: [VectorID.first(of: set), VectorID.last(of: set)])
    }
  }

  package func setMeta(_ key: String, _ value: String) throws {
    try transaction { try StructureWriter.setMeta($0, key, value) }
  }

  /// Adds the record of a run, or completes the one with `id`.
  @discardableResult
  package func recordRun(id: Int64? = nil, started: Double, finished: Double?, summary: String) throws
    -> Int64
  {
    try transaction { database in
      if let id {
        try database.execute(
          sql: "UPDATE runs SET finished = ?, summary = ? WHERE id = ?", arguments: [finished, summary, id])
        return id
      }
      let generation = try Snapshot(database: database).generation()
      try database.execute(
        sql: "INSERT INTO runs (generation, started, finished, summary) VALUES (?, ?, ?, ?)",
        arguments: [generation, started, finished, summary])
      return database.lastInsertedRowID
    }
  }

  /// Moves the write-ahead log into the database and empties it, unless a reader is in the way.
  package func checkpoint() throws {
    try StoreError.mapping(location.database) {
      try queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    }
  }

  /// What `collectGarbage` took away.
  package struct Collected: Hashable, Sendable {
    package var payloads: Int
    package var vectors: Int
    package var sets: Int

    package init(payloads: Int, vectors: Int, sets: Int) {
      self.payloads = payloads
      self.vectors = vectors
      self.sets = sets
    }
  }

  /// Drops texts and vectors that no current symbol uses, sets without use, and gives the space back.
  package func collectGarbage() throws -> Collected {
    let collected = try transaction { database in
      let used = Snapshot.usedPayloads
      let active = Int64(try Snapshot(database: database).meta("vector_set") ?? "") ?? 0
      try database.execute(
        sql: "DELETE FROM vectors WHERE id >> 40 <> ? OR (id & ?) NOT IN \(used)",
        arguments: [active, VectorID.payloadMask])
      let vectors = database.changesCount
      try database.execute(sql: "DELETE FROM payloads WHERE id NOT IN \(used)")
      let payloads = database.changesCount
      try database.execute(sql: "DELETE FROM vector_sets WHERE id <> ?", arguments: [active])
      let sets = database.changesCount
      try database.execute(sql: "INSERT INTO unit_text(unit_text) VALUES ('optimize')")
      // The numbers of the texts that went may be given again.
      try database.execute(sql: "DELETE FROM meta WHERE key = ?", arguments: [VectorCodesRecord.key])
      return Collected(payloads: payloads, vectors: vectors, sets: sets)
    }
    try StoreError.mapping(location.database) {
      try queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM") }
    }
    codesPlace.removeOthers(than: nil)
    try writeVectorCodes()
    try checkpoint()
    return collected
  }

  private func transaction<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try StoreError.mapping(location.database) {
      var result: Result?
      try queue.inTransaction(.immediate) { database in
        result = try body(database)
        return .commit
      }
      return result!
    }
  }
}

extension IndexWriter {
  /// `.codira` with the `.gitignore` that hides everything in it but itself and the configuration.
  static func prepareDirectory(_ location: IndexLocation) throws(StoreError) {
    if mkdir(location.directory, 0o755) != 0, errno != EEXIST { throw systemError(location.directory) }
    let ignore = location.directory + "/.gitignore"
    if access(ignore, F_OK) == 0 { return }
    let descriptor = open(ignore, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw systemError(location.directory) }
    defer { close(descriptor) }
    let text = Array("*\n!.gitignore\n!config.toml\n".utf8)
    guard write(descriptor, text, text.count) == text.count else { throw systemError(location.directory) }
  }

  /// The file must be private before SQLite opens it: its side files take over its mode.
  private static func prepareDatabase(_ location: IndexLocation) throws(StoreError) {
    let descriptor = open(location.database, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw systemError(location.database) }
    fchmod(descriptor, 0o600)
    close(descriptor)
  }

  private static func systemError(_ path: String) -> StoreError {
    errno == ENOSPC
      ? .diskFull(path: path) : .notWritable(path: path, reason: String(cString: strerror(errno)))
  }
}
