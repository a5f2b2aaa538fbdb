import CodiraModel
import Glibc

/// Lists the files below a folder without git, honouring the `.gitignore` files on the way.
///
/// Folders that have a `.git` of their own are other repositories and left out; links are not followed.
struct TreeWalk {
  private let root: String
  private var found: [[UInt8]] = []
  /// Paths that a `.gitignore` takes away; folders are not entered.
  private(set) var ignored: [[UInt8]] = []

  static func files(_ root: String) throws(IndexError) -> [[UInt8]] {
    var walk = TreeWalk(root: root)
    try walk.enter([], rules: [])
    return walk.found
  }

  /// The rule of a `.gitignore` that takes `path` or a folder above it away.
  static func ignoringRule(_ root: String, path: [UInt8]) -> IgnoreRule? {
    var rules: [(folder: [UInt8], rules: IgnoreRules)] = []
    var folder: [UInt8] = []
    for component in path.split(separator: UInt8(ascii: "/")) {
      if let own = try? ignoreFile(root, folder) { rules.append((folder, own)) }
      let next = join(folder, component)
      if let (isIgnored, rule) = decide(next, isFolder: next.count < path.count, rules), isIgnored {
        return rule
      }
      folder = next
    }
    return nil
  }

  private init(root: String) { self.root = root }

  private mutating func enter(
    _ folder: [UInt8], rules: [(folder: [UInt8], rules: IgnoreRules)]
  ) throws(IndexError) {
    var rules = rules
    if let own = try Self.ignoreFile(root, folder) { rules.append((folder, own)) }
    for name in try names(folder) {
      let path = Self.join(folder, name)
      guard let status = SystemFile.look(FilePath.join(root, path)) else { continue }
      let isFolder = SystemFile.isFolder(status)
      guard isFolder || SystemFile.isRegular(status) else { continue }
      if isFolder, name.elementsEqual(".git".utf8) || name.elementsEqual(".codira".utf8) { continue }
      if let (isIgnored, _) = Self.decide(path, isFolder: isFolder, rules), isIgnored { continue }
      if !isFolder {
        found.append(path)
      } else if SystemFile.look(FilePath.join(root, Self.join(path, Array(".git".utf8)[...]))) == nil {
        try enter(path, rules: rules)
      }
    }
  }

  private func names(_ folder: [UInt8]) throws(IndexError) -> [ArraySlice<UInt8>] {
    let path = FilePath.join(root, folder)
    guard let directory = opendir(path) else {
      if !folder.isEmpty, errno == EACCES || errno == ENOENT { return [] }
      throw .unreadableFolder(
        path: String(decoding: folder, as: UTF8.self), reason: String(cString: strerror(errno)))
    }
    defer { closedir(directory) }
    var names: [ArraySlice<UInt8>] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != Array(".".utf8), name != Array("..".utf8) { names.append(name[...]) }
    }
    return names
  }

  private static func ignoreFile(_ root: String, _ folder: [UInt8]) throws(IndexError) -> IgnoreRules? {
    let name = join(folder, Array(".gitignore".utf8)[...])
    guard let text = try? SystemFile.read(FilePath.join(root, name)).bytes else { return nil }
    return IgnoreRules(source: RepositoryPath(bytes: name).text, text: text)
  }

  /// The innermost ignore file that says anything decides.
  private static func decide(
    _ path: [UInt8], isFolder: Bool, _ rules: [(folder: [UInt8], rules: IgnoreRules)]
  ) -> (isIgnored: Bool, rule: IgnoreRule)? {
    for (folder, own) in rules.reversed() {
      let relative = path[(folder.isEmpty ? 0 : folder.count + 1)...]
      if let found = own.last(matching: relative, isFolder: isFolder) { return found }
    }
    return nil
  }

  private static func join(_ folder: [UInt8], _ name: ArraySlice<UInt8>) -> [UInt8] {
    folder.isEmpty ? Array(name) : folder + [UInt8(ascii: "/")] + name
  }
}

/// Joins a root, which is text, and a repository path, which is bytes, for the system's functions.
enum FilePath {
  static func join(_ root: String, _ path: [UInt8]) -> [CChar] {
    var result: [CChar] = []
    result.reserveCapacity(root.utf8.count + path.count + 2)
    for byte in root.utf8 { result.append(CChar(bitPattern: byte)) }
    if !path.isEmpty {
      if root != "/" { result.append(CChar(bitPattern: UInt8(ascii: "/"))) }
      for byte in path { result.append(CChar(bitPattern: byte)) }
    }
    result.append(0)
    return result
  }
}
