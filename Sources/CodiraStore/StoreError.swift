import CodiraModel
import GRDB

/// What can go wrong with an index on disk; `path` is the database or its folder.
package enum StoreError: Error, Equatable, Sendable {
  /// There is no index here.
  case notFound(path: String)
  /// The file is something else.
  case notAnIndex(path: String)
  /// Written by a newer codira than this one.
  case newerSchema(path: String, found: Int, supported: Int)
  /// Written by an older codira: `index` migrates it, nothing else does.
  case olderSchema(path: String, found: Int, supported: Int)
  /// Another process writes; `owner` is its process id where the lock names one.
  case locked(path: String, owner: Int32?)
  /// Readers need the write-ahead log, and this user may not open it.
  case unreadable(path: String, reason: String)
  /// The folder or file cannot be written.
  case notWritable(path: String, reason: String)
  case diskFull(path: String)
  /// The database's bytes contradict themselves.
  case damaged(path: String, reason: String)
  /// Anything else the database says, with its own result code.
  case database(path: String, code: Int32, message: String)
}

extension StoreError {
  /// Turns what GRDB throws into a fact about the file at `path`; other errors pass unchanged.
  static func mapping<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    } catch let error as ByteReaderError {
      throw StoreError.damaged(
        path: path, reason: "expected \(error.expected) at byte \(error.offset) of a value")
    }
  }

  init(_ error: DatabaseError, path: String) {
    let message = error.message ?? "unknown error"
    self =
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED: .locked(path: path, owner: nil)
      case .SQLITE_FULL: .diskFull(path: path)
      case .SQLITE_IOERR: .notWritable(path: path, reason: message)
      case .SQLITE_READONLY: .notWritable(path: path, reason: message)
      case .SQLITE_CORRUPT: .damaged(path: path, reason: message)
      case .SQLITE_NOTADB: .notAnIndex(path: path)
      case .SQLITE_CANTOPEN, .SQLITE_PERM: .unreadable(path: path, reason: message)
      default: .database(path: path, code: error.extendedResultCode.rawValue, message: message)
      }
  }
}
