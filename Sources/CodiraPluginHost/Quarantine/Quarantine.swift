import CodiraDigest
import CodiraModel
import Glibc
import Synchronization

/// A plugin that failed on one file after the other: it is asked no more until its file changes or the user says so.
package struct SetAsideAnalyzer: Hashable, Sendable {
  /// SHA-256 of the shared object; a changed file is another plugin and starts afresh.
  package let digest: ContentHash
  package let id: String
  package let path: String
  /// What it did, of how many files in a row.
  package let reason: String

  package init(digest: ContentHash, id: String, path: String, reason: String) {
    self.digest = digest
    self.id = id
    self.path = path
    self.reason = reason
  }

  /// How the user lifts it.
  package var cure: String { "install another build, or run `codira plugins enable \(id)` to try it again" }
}

/// The plugins that are set aside, remembered in one file of the user's, beside the descriptor cache.
///
///     let quarantine = Quarantine(path: cacheFolder + "/set-aside")
///     quarantine.analyzers                  // for lists
///     quarantine.lift(id: "python")         // for `plugins enable python`; what was set aside under that id
///
/// A plugin is set aside by `AnalyzerPool` when it failed on `limit` files in a row, and on half of all in that run:
/// it crashed, hung, ended its process, broke the contract, needed too much, or could not start. Its files then fail
/// with that reason, at once, and are tried again by the first `index` after it is lifted.
/// A file that is missing or damaged means none; without a path the memory lasts as long as this value. Any thread may
/// call anything.
package final class Quarantine: Sendable {
  /// Files in a row.
  package static let limit = 5
  /// 1: length-prefixed entries behind a title and before a SHA-256 of all.
  private static let title = "codira set aside 1"

  private let path: String?
  private let state: Mutex<[SetAsideAnalyzer]>

  package init(path: String?) {
    self.path = path
    state = Mutex(Self.read(path))
  }

  /// In the order in which they were set aside.
  package var analyzers: [SetAsideAnalyzer] { state.withLock { $0 } }

  package func entry(_ digest: ContentHash) -> SetAsideAnalyzer? {
    state.withLock { $0.first { $0.digest == digest } }
  }

  package func setAside(_ analyzer: SetAsideAnalyzer) {
    change { entries in
      if !entries.contains(where: { $0.digest == analyzer.digest }) { entries.append(analyzer) }
    }
  }

  /// Lets every plugin with this analyzer id be tried again; those that were set aside.
  @discardableResult
  package func lift(id: String) -> [SetAsideAnalyzer] {
    var lifted: [SetAsideAnalyzer] = []
    change { entries in
      lifted = entries.filter { $0.id == id }
      entries.removeAll { $0.id == id }
    }
    return lifted
  }

  /// What other processes wrote meanwhile counts too.
  private func change(_ body: (inout [SetAsideAnalyzer]) -> Void) {
    state.withLock { entries in
      if path != nil { entries = Self.read(path) }
      let before = entries
      body(&entries)
      if let path, entries != before { FileContent.replace(path, with: Self.encoded(entries)) }
    }
  }

  private static func encoded(_ entries: [SetAsideAnalyzer]) -> [UInt8] {
    var writer = ByteWriter(capacity: 512)
    writer.write(title)
    writer.write(entries.count)
    for entry in entries {
      entry.digest.withUnsafeBytes { writer.write($0) }
      for text in [entry.id, entry.path, entry.reason] { writer.write(text) }
    }
    return writer.bytes + SHA256.hash(writer.bytes).withUnsafeBytes { Array($0) }
  }

  private static func read(_ path: String?) -> [SetAsideAnalyzer] {
    guard let path, let bytes = try? FileContent.read(path, limit: 1 << 20),
      bytes.count > ContentHash.byteCount
    else { return [] }
    let content = Array(bytes.dropLast(ContentHash.byteCount))
    guard SHA256.hash(content) == ContentHash(bytes: Array(bytes.suffix(ContentHash.byteCount))) else {
      return []
    }
    return content.withUnsafeBytes { (try? entries(in: $0)) ?? [] }
  }

  private static func entries(in content: UnsafeRawBufferPointer) throws -> [SetAsideAnalyzer] {
    var reader = ByteReader(content)
    guard try reader.readString() == title else { return [] }
    var entries: [SetAsideAnalyzer] = []
    for _ in 0..<(try reader.readCount()) {
      let digest = try reader.readBytes()
      guard digest.count == ContentHash.byteCount else { return [] }
      entries.append(
        SetAsideAnalyzer(
          digest: ContentHash(bytes: digest), id: try reader.readString(), path: try reader.readString(),
          reason: try reader.readString()))
    }
    return entries
  }
}
