import GRDB
import Glibc

extension IndexWriter {
  /// Begins the index at `location` as a copy of `other`, as its last generation left it; false where there is an
  /// index already, or `other` cannot be read.
  ///
  /// The copy appears whole or not at all. Throws `StoreError` where `location` cannot be written or is locked.
  package static func begin(
    _ location: IndexLocation, asCopyOf other: IndexLocation, lockTimeout: Double
  ) throws -> Bool {
    guard let source = try? Connection.readable(other) else { return false }
    try prepareDirectory(location)
    let lock = try WriterLock(location, timeout: lockTimeout)
    defer { withExtendedLifetime(lock) {} }
    if access(location.database, F_OK) == 0 { return false }
    let unfinished = location.database + ".copy"
    unlink(unfinished)
    defer { unlink(unfinished) }
    // SQLite writes into an empty file, which keeps its mode.
    let descriptor = open(unfinished, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    close(descriptor)
    do {
      try source.inDatabase { try $0.execute(sql: "VACUUM INTO ?", arguments: [unfinished]) }
    } catch {
      return false
    }
    return rename(unfinished, location.database) == 0
  }
}
