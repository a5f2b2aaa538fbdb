import CodiraModel

extension StatKey {
  var packed: [UInt8] {
    var writer = ByteWriter(capacity: 48)
    writer.writeSigned(size)
    writer.writeSigned(modified)
    writer.writeSigned(changed)
    writer.write(inode)
    writer.write(device)
    writer.write(mode)
    writer.writeSigned(recorded)
    return writer.bytes
  }

  init?(packed bytes: UnsafeRawBufferPointer) {
    var reader = ByteReader(bytes)
    do {
      self.init(
        size: try reader.readSigned(), modified: try reader.readSigned(), changed: try reader.readSigned(),
        inode: try reader.readUInt64(), device: try reader.readUInt64(), mode: try reader.readUInt32(),
        recorded: try reader.readSigned())
    } catch { return nil }
  }
}

/// A file of the repository as the index knows it.
package struct FileRow: Equatable, Sendable {
  /// The row's number; means nothing outside this database.
  package var id: Int64
  package var path: RepositoryPath
  package var status: FileStatus
  /// Empty where no analyzer owns it.
  package var language: String
  /// A row of `Snapshot.analyzers()`.
  package var analyzer: Int64?
  /// SHA-256 of its bytes; nil where they were not read.
  package var content: ContentHash?
  package var stat: StatKey?
  /// Runs in which its analyzer took too long.
  package var timeouts: Int
  package var errorCode: String?
  package var errorMessage: String?
  package var symbolCount: Int
  package var referenceCount: Int
  /// The generation that read it last, and why it did: the planner's number for the reason.
  package var generation: Int64
  package var reason: UInt8

  package init(
    id: Int64 = 0, path: RepositoryPath, status: FileStatus, language: String = "", analyzer: Int64? = nil,
    content: ContentHash? = nil, stat: StatKey? = nil, timeouts: Int = 0,
    errorCode: String? = nil, errorMessage: String? = nil, symbolCount: Int = 0, referenceCount: Int = 0,
    generation: Int64 = 0, reason: UInt8 = 0
  ) {
    self.id = id
    self.path = path
    self.status = status
    self.language = language
    self.analyzer = analyzer
    self.content = content
    self.stat = stat
    self.timeouts = timeouts
    self.errorCode = errorCode
    self.errorMessage = errorMessage
    self.symbolCount = symbolCount
    self.referenceCount = referenceCount
    self.generation = generation
    self.reason = reason
  }

  static let columns = """
    id, path, status, language, analyzer, content, stat, timeouts, error_code, error_message, \
    symbol_count, reference_count, generation, reason
    """

  init(_ row: SQLStatement) {
    id = row.int(0)
    path = RepositoryPath(text: row.text(1))
    status = FileStatus(rawValue: UInt8(truncatingIfNeeded: row.int(2))) ?? .failed
    language = row.text(3)
    analyzer = row.isNull(4) ? nil : row.int(4)
    content = row.isNull(5) ? nil : ContentHash(column: row.bytes(5))
    stat = row.isNull(6) ? nil : StatKey(packed: row.bytes(6))
    timeouts = Int(row.int(7))
    errorCode = row.isNull(8) ? nil : row.text(8)
    errorMessage = row.isNull(9) ? nil : row.text(9)
    symbolCount = Int(row.int(10))
    referenceCount = Int(row.int(11))
    generation = row.int(12)
    reason = UInt8(truncatingIfNeeded: row.int(13))
  }
}

extension ContentHash {
  /// A stored hash; nil where the column holds anything else.
  init?(column bytes: UnsafeRawBufferPointer) {
    guard bytes.count == Self.byteCount else { return nil }
    self.init(bytes: bytes)
  }
}
