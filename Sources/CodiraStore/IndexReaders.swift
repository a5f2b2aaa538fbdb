import Glibc
import Synchronization

/// Readers of one index, opened once and used again, each by one question at a time; for a process that answers many.
///
///     let rows = try readers.read { try $0.symbols(named: "Session") }
///
/// Calls may come from several threads at once. Each sees the newest generation as it begins; a database that was
/// removed or replaced since the last call is opened anew.
package final class IndexReaders: Sendable {
  private let location: IndexLocation
  private let codesPlace: VectorCodesPlace
  private let idle = Mutex(Idle())
  /// Readers that wait for the next question: each holds a connection and its pages.
  private static let most = 4

  private struct Idle {
    var file: FileIdentity?
    var readers: [IndexReader] = []
  }

  package init(_ location: IndexLocation) {
    self.location = location
    codesPlace = VectorCodesPlace(location)
  }

  /// Runs `body` in one read transaction.
  ///
  /// Throws `StoreError` and what `body` throws.
  package func read<Result>(_ body: (Snapshot) throws -> Result) throws -> Result {
    let file = FileIdentity(location.database)
    let reader = try take(file) ?? IndexReader(location, codesPlace)
    do {
      let result = try reader.read(body)
      give(reader, of: file)
      return result
    } catch let error as StoreError {
      throw error
    } catch {
      give(reader, of: file)
      throw error
    }
  }

  private func take(_ file: FileIdentity?) -> IndexReader? {
    idle.withLock { idle in
      if idle.file != file { idle = Idle(file: file) }
      return idle.readers.popLast()
    }
  }

  private func give(_ reader: IndexReader, of file: FileIdentity?) {
    guard reader.seesChanges, file != nil else { return }
    idle.withLock { idle in
      if idle.file == file, idle.readers.count < Self.most { idle.readers.append(reader) }
    }
  }
}

/// What tells a file from another that takes its name.
private struct FileIdentity: Hashable, Sendable {
  let device: UInt
  let inode: UInt

  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt(status.st_dev)
    inode = UInt(status.st_ino)
  }
}
