import CodiraDigest
import CodiraModel
import Glibc

/// Descriptors read before, in one file: what a no-op run needs instead of a worker for each plugin.
///
/// A missing, foreign or damaged file is an empty cache; an entry counts only for the very same file, and one whose
/// file changed at the moment of reading only after its content was hashed again.
struct DescriptorCache {
  private struct Entry {
    var key: StatKey
    var readAt: Int64
    var plugin: Plugin
  }

  /// 1: length-prefixed entries behind a title and before a SHA-256 of all.
  ///
  /// 2: with languages of suffixes.
  private static let title = "codira plugin descriptors 2"

  private let path: String?
  private var entries: [String: Entry] = [:]
  private var isChanged = false

  init(path: String?) {
    self.path = path
    guard let path, let bytes = try? FileContent.read(path, limit: 16 << 20) else { return }
    entries = Self.entries(in: bytes) ?? [:]
  }

  /// What was read of the file at `path`, if it is still the same file.
  func plugin(at path: String, key: StatKey) -> Plugin? {
    guard let entry = entries[path], entry.key == key, key.isOlder(than: entry.readAt) else { return nil }
    return entry.plugin
  }

  /// What was read of the same bytes at `path`.
  func plugin(at path: String, digest: ContentHash) -> Plugin? {
    guard let entry = entries[path], entry.plugin.digest == digest else { return nil }
    return entry.plugin
  }

  mutating func remember(_ plugin: Plugin, key: StatKey, readAt: Int64) {
    entries[plugin.path] = Entry(key: key, readAt: readAt, plugin: plugin)
    isChanged = true
  }

  /// Writes what changed, all or nothing; a cache that cannot be written is no error.
  func save() {
    guard isChanged, let path else { return }
    var writer = ByteWriter(capacity: 4096)
    writer.write(Self.title)
    writer.write(entries.count)
    for (_, entry) in entries.sorted(by: { $0.key < $1.key }) {
      writer.write(entry.plugin.path)
      entry.key.write(to: &writer)
      writer.writeSigned(entry.readAt)
      entry.plugin.digest.withUnsafeBytes { writer.write($0) }
      DescriptorDecoder.write(entry.plugin.descriptor, to: &writer)
    }
    let content = writer.bytes
    let digest = SHA256.hash(content).withUnsafeBytes { Array($0) }
    FileContent.replace(path, with: content + digest)
  }

  private static func entries(in bytes: [UInt8]) -> [String: Entry]? {
    guard bytes.count > ContentHash.byteCount else { return nil }
    let content = Array(bytes.dropLast(ContentHash.byteCount))
    guard SHA256.hash(content) == ContentHash(bytes: Array(bytes.suffix(ContentHash.byteCount))) else {
      return nil
    }
    return content.withUnsafeBytes { content in
      var reader = ByteReader(content)
      var entries: [String: Entry] = [:]
      guard (try? reader.readString()) == title, let count = try? reader.readCount() else { return nil }
      for _ in 0..<count {
        guard let entry = try? readEntry(&reader) else { return nil }
        entries[entry.plugin.path] = entry
      }
      return reader.isAtEnd ? entries : nil
    }
  }

  private static func readEntry(_ reader: inout ByteReader) throws -> Entry {
    let path = try reader.readString()
    let key = try StatKey(reading: &reader)
    let readAt = try reader.readSigned()
    let digest = try reader.readBytes()
    guard digest.count == ContentHash.byteCount else {
      throw ByteReaderError(expected: "a digest", offset: reader.offset)
    }
    let descriptor = try DescriptorDecoder.read(&reader)
    return Entry(
      key: key, readAt: readAt,
      plugin: Plugin(path: path, digest: ContentHash(bytes: digest), descriptor: descriptor))
  }
}
