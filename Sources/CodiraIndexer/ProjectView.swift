import CodiraDigest
import CodiraModel
import CodiraPluginHost

/// The files that an analyzer's identities depend on, as it asked for them, and their hash.
struct ProjectView: Sendable {
  var files: [ProjectFile]
  var hash: ContentHash

  /// From the files of a scan, sorted by path; a file that cannot be read counts as its path alone.
  init(_ interests: [AnalyzerDescriptor.ProjectInterest], in entries: [RepositoryScan.Entry]) {
    files = []
    var description = ByteWriter()
    if !interests.isEmpty {
      for entry in entries {
        let name = entry.path.name
        let wanted = interests.filter { interest in
          switch interest.match {
          case .name: name.utf8.elementsEqual(interest.pattern.utf8)
          case .suffix:
            name.utf8.count >= interest.pattern.utf8.count
              && name.utf8.suffix(interest.pattern.utf8.count).elementsEqual(interest.pattern.utf8)
          }
        }
        if wanted.isEmpty { continue }
        let bytes = wanted.contains { $0.bytes } ? try? SystemFile.read(entry.systemPath).bytes : nil
        files.append(ProjectFile(path: entry.path.text, bytes: bytes))
        description.write(entry.path.text)
        description.write(UInt8(bytes == nil ? 0 : 1))
        if let bytes { bytes.withUnsafeBytes { description.write($0) } }
      }
    }
    hash = SHA256.hash(description.bytes)
  }
}
