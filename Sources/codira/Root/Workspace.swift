import Glibc

/// The repository a command is about, and the folder of its index.
///
/// The root is the nearest ancestor that has a `.codira` folder, else the nearest that git calls its own, else
/// the caller's folder. `--index` and `CODIRA_INDEX` move the index, never the root.
struct Workspace: Hashable, Sendable {
  static let folderName = ".codira"

  let root: String
  let indexFolder: String

  /// The repository's own settings; they may not name plugins, models or limits.
  var configurationFile: String { join(root, Self.folderName) + "/config.toml" }

  /// `path` as seen from the caller's folder, relative to the root; nil where it lies outside.
  func relative(_ path: String) -> String? {
    guard let here = Self.currentFolder() else { return nil }
    var parts: [Substring] = []
    for part in (path.hasPrefix("/") ? path : join(here, path)).split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    let rootParts = root.split(separator: "/")
    guard parts.starts(with: rootParts) else { return nil }
    return parts.dropFirst(rootParts.count).joined(separator: "/")
  }

  static func find(
    from start: String? = nil, flag: String?, environment: Environment
  ) -> Result<Workspace, CommandFailure> {
    guard let start = start ?? currentFolder() else {
      return .failure(
        CommandFailure(
          .usage, code: "no_folder", "The current folder no longer exists.", hint: "Change to another folder."
        ))
    }
    let root =
      nearest(from: start) { PlainFile.isFolder(join($0, folderName)) }
      ?? nearest(from: start) { PlainFile.exists(join($0, ".git")) } ?? start
    guard let chosen = flag ?? environment["CODIRA_INDEX"] else {
      return .success(Workspace(root: root, indexFolder: join(root, folderName)))
    }
    return .success(Workspace(root: root, indexFolder: chosen.hasPrefix("/") ? chosen : join(start, chosen)))
  }

  private static func nearest(from start: String, where holds: (String) -> Bool) -> String? {
    var folder = start
    while true {
      if holds(folder) { return folder }
      guard folder != "/", let slash = folder.lastIndex(of: "/") else { return nil }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
  }

  private static func currentFolder() -> String? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }
}

private func join(_ folder: String, _ name: String) -> String {
  folder.hasSuffix("/") ? folder + name : folder + "/" + name
}
