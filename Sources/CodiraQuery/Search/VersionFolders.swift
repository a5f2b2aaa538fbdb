/// Folders that are versions of one thing, `src/v3` beside `src/v4`: all but the highest are superseded.
struct VersionFolders {
  private var highest: [Substring: Int] = [:]

  init(_ paths: some Sequence<String>) {
    for path in paths {
      for (parent, version) in Self.versions(in: path) {
        highest[parent] = max(highest[parent] ?? 0, version)
      }
    }
  }

  func isSuperseded(_ path: String) -> Bool {
    Self.versions(in: path).contains { parent, version in version < highest[parent] ?? 0 }
  }

  /// The folders of a path that are named `v` and a number, with what stands before them.
  private static func versions(in path: String) -> [(parent: Substring, version: Int)] {
    guard mayHaveVersions(path) else { return [] }
    let folders = path.split(separator: "/").dropLast()
    return folders.compactMap { folder in
      guard folder.first == "v" || folder.first == "V", let version = Int(folder.dropFirst()) else {
        return nil
      }
      return (path[..<folder.startIndex], version)
    }
  }

  /// Whether a part of the path begins with a `v`: few do.
  private static func mayHaveVersions(_ path: String) -> Bool {
    var isFirst = true
    for byte in path.utf8 {
      if isFirst, byte | 0x20 == UInt8(ascii: "v") { return true }
      isFirst = byte == UInt8(ascii: "/")
    }
    return false
  }
}
