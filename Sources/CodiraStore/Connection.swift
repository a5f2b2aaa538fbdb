import GRDB
import Glibc

/// How the database file is opened, for writing and for reading.
enum Connection {
  /// Opens or creates the database, migrates it, and keeps others from reading it.
  static func writable(_ location: IndexLocation) throws -> DatabaseQueue {
    let path = location.database
    var configuration = shared()
    configuration.prepareDatabase { database in
      try database.execute(
        sql: """
          PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
          PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -65536; PRAGMA secure_delete = 0;
          PRAGMA temp_store = MEMORY
          """)
    }
    return try StoreError.mapping(path) {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let found = try queue.read { try check($0, path: path) }
      if found > Schema.version {
        throw StoreError.newerSchema(path: path, found: found, supported: Schema.version)
      }
      if found < Schema.version {
        try queue.inDatabase { try $0.execute(sql: "PRAGMA application_id = \(Schema.applicationID)") }
        try Schema.migrator.migrate(queue)
      }
      return queue
    }
  }

  /// Opens the database to read, with or without the right to write beside it.
  static func readable(_ location: IndexLocation) throws -> DatabaseQueue {
    let path = location.database
    guard access(path, F_OK) == 0 else { throw StoreError.notFound(path: location.directory) }
    guard access(path, R_OK) == 0 else {
      throw StoreError.unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    var configuration = shared()
    configuration.readonly = !isHalfMade(location)
    return try StoreError.mapping(path) {
      let queue = try DatabaseQueue(path: try readablePath(location), configuration: configuration)
      let found = try queue.read { try check($0, path: path) }
      if found > Schema.version {
        throw StoreError.newerSchema(path: path, found: found, supported: Schema.version)
      }
      if found < Schema.version {
        throw StoreError.olderSchema(path: path, found: found, supported: Schema.version)
      }
      return queue
    }
  }

  private static func shared() -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    configuration.acceptsDoubleQuotedStringLiterals = false
    configuration.prepareDatabase {
      try $0.execute(sql: "PRAGMA trusted_schema = 0; PRAGMA mmap_size = 268435456")
    }
    return configuration
  }

  /// The schema version; 0 for an empty database.
  ///
  /// Any other application's file is refused.
  private static func check(_ database: Database, path: String) throws -> Int {
    let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
    guard application == Schema.applicationID || (application == 0 && tables == 0) else {
      throw StoreError.notAnIndex(path: path)
    }
    return try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
  }

  /// A database whose creation was killed before it had a write-ahead log: only who may write can undo that.
  private static func isHalfMade(_ location: IndexLocation) -> Bool {
    var status = stat()
    return stat(location.rollbackJournal, &status) == 0 && status.st_size > 0
      && access(location.directory, W_OK) == 0 && access(location.database, W_OK) == 0
  }

  /// A reader of a WAL database writes its shared-memory file; where it cannot, only a database without a log
  /// can be read, as an unchanging file.
  private static func readablePath(_ location: IndexLocation) throws -> String {
    let isWritable = access(location.directory, W_OK) == 0 && access(location.database, W_OK) == 0
    if isWritable { return location.database }
    var status = stat()
    if stat(location.writeAheadLog, &status) == 0, status.st_size > 0 {
      throw StoreError.unreadable(
        path: location.database, reason: "its last run was interrupted, and the folder cannot be written")
    }
    return "file:" + escaped(location.database) + "?immutable=1"
  }

  private static func escaped(_ path: String) -> String {
    var text = ""
    for scalar in path.unicodeScalars {
      switch scalar {
      case "%": text += "%25"
      case "?": text += "%3f"
      case "#": text += "%23"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
