import CodiraIndexer
import CodiraModel
import CodiraStore
import Glibc

/// How much of an index's files analyzers read, by suffix.
struct CoverageReport {
  /// Files that share a suffix, or have none and share a name.
  struct Group {
    let suffix: String
    var files = 0
    var bytes = 0
    var read = 0
    var readBytes = 0
    var partial = 0
    /// Owned, and not read: failed, too large, unreadable.
    var notRead = 0
    var unowned = 0
    var unownedBytes = 0
    /// Without analyzer, and none is expected to read them: data, media, what programs write, empty files.
    var data = 0
    var dataBytes = 0
    var analyzers: Set<String> = []
    /// Some of the files without analyzer.
    var examples: [RepositoryPath] = []
    /// An analyzer that would take them now.
    var claimedBy: String?
  }

  private(set) var groups: [Group] = []
  private(set) var notRead: [FileRow] = []
  private(set) var partial: [PartialFile] = []

  /// `selects` says which files count, `countsData` whether data do; `claimant` names an installed analyzer that
  /// claims a path.
  init(
    _ snapshot: Snapshot, root: String, selects: (RepositoryPath) -> Bool, countsData: Bool,
    claimant: (RepositoryPath) -> String?
  ) throws {
    let texts = try snapshot.filesWithText()
    let analyzers = Dictionary(
      uniqueKeysWithValues: try snapshot.analyzers().map { ($0.id, $0.descriptor.id) })
    var groups: [String: Group] = [:]
    for file in try snapshot.files() where selects(file.path) {
      let suffix = Self.suffix(of: file.path)
      var group = groups[suffix] ?? Group(suffix: suffix)
      let bytes = Self.size(of: file, root: root)
      group.files += 1
      group.bytes += bytes
      switch file.status {
      case .indexed, .partial:
        group.read += 1
        group.readBytes += bytes
        if file.status == .partial {
          group.partial += 1
          partial.append(try PartialFile(file, in: snapshot))
        }
      case .unowned where !countsData && Self.isData(file, bytes, texts):
        group.data += 1
        group.dataBytes += bytes
      case .unowned:
        group.unowned += 1
        group.unownedBytes += bytes
        if group.examples.count < 3 { group.examples.append(file.path) }
        if group.claimedBy == nil, file.analyzer == nil { group.claimedBy = claimant(file.path) }
      case .failed, .tooLarge, .timedOut, .unreadable:
        group.notRead += 1
        notRead.append(file)
      }
      if let analyzer = file.analyzer.flatMap({ analyzers[$0] }) { group.analyzers.insert(analyzer) }
      groups[suffix] = group
    }
    self.groups = groups.values.sorted {
      ($0.unownedBytes, $0.bytes, $1.suffix) > ($1.unownedBytes, $1.bytes, $0.suffix)
    }
  }

  /// Of the files that count.
  var totals: (files: Int, bytes: Int, read: Int, readBytes: Int) {
    groups.reduce((0, 0, 0, 0)) { sum, group in
      (
        sum.0 + group.files - group.data, sum.1 + group.bytes - group.dataBytes, sum.2 + group.read,
        sum.3 + group.readBytes
      )
    }
  }

  /// By its name; or it was read, and nothing in it is text.
  private static func isData(_ file: FileRow, _ bytes: Int, _ texts: Set<Int64>) -> Bool {
    bytes == 0 || TextFiles.isData(file.path) || file.content != nil && !texts.contains(file.id)
  }

  /// What an analyzer would have to claim: the last suffix, else the whole name.
  static func suffix(of path: RepositoryPath) -> String {
    let name = path.name
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return String(name) }
    return String(name[dot...])
  }

  /// Rows of files that were not read have no size.
  private static func size(of file: FileRow, root: String) -> Int {
    if let stat = file.stat { return Int(stat.size) }
    var status = stat()
    let path = Array(root.utf8) + [UInt8(ascii: "/")] + file.path.bytes + [0]
    let isThere = path.withUnsafeBytes { bytes in
      lstat(bytes.baseAddress!.assumingMemoryBound(to: CChar.self), &status) == 0
    }
    return isThere ? Int(status.st_size) : 0
  }
}

extension CoverageReport.Group {
  var row: JSONValue {
    [
      "suffix": .string(suffix), "data": .int(data), "files": .int(files), "bytes": .int(bytes),
      "read": .int(read), "partial": .int(partial), "not_read": .int(notRead), "unowned": .int(unowned),
      "unowned_bytes": .int(unownedBytes), "analyzers": .array(analyzers.sorted().map { .string($0) }),
      "claimed_by": .optional(claimedBy), "examples": .array(examples.map { .string($0.text) }),
    ]
  }
}
