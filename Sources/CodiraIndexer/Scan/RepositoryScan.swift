import CodiraModel
import Glibc

/// The regular files of a repository that an index may hold, with what `lstat` says of each.
package struct RepositoryScan: Sendable {
  package struct Entry: Sendable {
    package var path: RepositoryPath
    /// The path as the file system has it, for the system's functions.
    var systemPath: [CChar]
    package var stat: StatKey
  }

  /// Sorted by path.
  package var entries: [Entry]
  /// Files that are there, and the rule that leaves each out.
  package var excluded: [RepositoryPath: IgnoreRule]

  /// Where files are looked for, and how.
  package struct Place: Sendable {
    package var root: String
    package var usesGit: Bool
    package var force: Bool
    /// A folder inside the root that holds the index.
    package var indexDirectory: String

    package init(root: String, usesGit: Bool, force: Bool, indexDirectory: String) {
      self.root = root
      self.usesGit = usesGit
      self.force = force
      self.indexDirectory = indexDirectory
    }
  }

  package init(_ place: Place) throws(IndexError) {
    let root = try Self.checkedRoot(place)
    let started = SystemFile.now()
    let rules = try Self.rules(root)
    entries = []
    excluded = [:]
    var folders = KnownFolders(root: root, rules: rules)
    let index = Self.relative(place.indexDirectory, to: root)
    try Self.list(root, usesGit: place.usesGit, withIgnored: rules.hasNegations) { path, isIgnored in
      if path.last == UInt8(ascii: "/") || index.map({ path.starts(with: $0) }) == true { return }
      let folder = folders.folder(above: path[...])
      if folder.isInternal || !folder.isReal { return }
      let decision = rules.last(matching: path[...], isFolder: false) ?? folder.decision
      if decision?.isIgnored ?? isIgnored {
        if let rule = decision?.rule { excluded[RepositoryPath(bytes: path)] = rule }
        return
      }
      let systemPath = FilePath.join(root, path)
      guard let status = SystemFile.look(systemPath), SystemFile.isRegular(status) else { return }
      entries.append(
        Entry(
          path: RepositoryPath(bytes: path), systemPath: systemPath,
          stat: SystemFile.key(status, recorded: started)))
    }
    entries.sort { $0.path < $1.path }
  }

  /// Why `path` is not in the index although it is there; nil where no rule says so.
  package static func excludingRule(_ path: RepositoryPath, in place: Place) throws(IndexError) -> IgnoreRule?
  {
    let bytes = path.bytes
    if let (isIgnored, rule) = try rules(place.root).decision(bytes) { return isIgnored ? rule : nil }
    return place.usesGit && GitListing.workTree(around: place.root) != nil
      ? GitListing.ignoringRule(place.root, path: bytes) : TreeWalk.ignoringRule(place.root, path: bytes)
  }
}

extension RepositoryScan {
  private static func checkedRoot(_ place: Place) throws(IndexError) -> String {
    guard let resolved = realpath(place.root, nil) else {
      throw .noRepository(path: place.root, reason: String(cString: strerror(errno)))
    }
    defer { free(resolved) }
    let root = String(cString: resolved)
    guard let status = SystemFile.look(root), SystemFile.isFolder(status) else {
      throw .noRepository(path: place.root, reason: "it is not a folder")
    }
    if !place.force, root == "/" || isHome(root) { throw .tooWide(path: root) }
    return root
  }

  private static func isHome(_ root: String) -> Bool {
    guard let home = getenv("HOME"), let resolved = realpath(home, nil) else { return false }
    defer { free(resolved) }
    return String(cString: resolved) == root
  }

  private static func rules(_ root: String) throws(IndexError) -> IgnoreRules {
    var rules = IgnoreRules()
    rules.append(source: "default", text: Array(IgnoreRules.secrets.utf8), numbered: false)
    do {
      if let text = try SystemFile.text(root + "/.codiraignore") {
        rules.append(source: ".codiraignore", text: text)
      }
    } catch {
      throw .badRule(path: ".codiraignore", line: 0, reason: error.reason)
    }
    return rules
  }

  /// Names what there is, and whether git's rules ignore it; ignored files come only where a rule may bring
  /// one back.
  ///
  /// git looks for untracked files, which takes it long, while the tracked ones are looked at here.
  private static func list(
    _ root: String, usesGit: Bool, withIgnored: Bool, take: (_ path: [UInt8], _ isIgnored: Bool) -> Void
  ) throws(IndexError) {
    guard usesGit, GitListing.workTree(around: root) != nil else {
      for path in try TreeWalk.files(root) { take(path, false) }
      return
    }
    let untracked = try GitListing.untracked(root)
    let tracked = Result { () throws(IndexError) in try GitListing.tracked(root).paths() }
    for path in (try? tracked.get()) ?? [] { take(path, false) }
    for path in try untracked.paths() { take(path, false) }
    _ = try tracked.get()
    if withIgnored { for path in try GitListing.ignored(root).paths() { take(path, true) } }
  }

  private static func relative(_ folder: String, to root: String) -> [UInt8]? {
    guard let resolved = realpath(folder, nil) else { return nil }
    defer { free(resolved) }
    let path = String(cString: resolved)
    return path.hasPrefix(root + "/")
      ? Array(path.utf8.dropFirst(root.utf8.count + 1)) + [UInt8(ascii: "/")] : nil
  }
}

/// Remembers of every folder what its files share.
private struct KnownFolders {
  struct Folder {
    /// A folder itself, and all above it: a link that took one's place must not lead out of the repository.
    var isReal: Bool
    /// `.codira`, or inside one.
    var isInternal: Bool
    var decision: (isIgnored: Bool, rule: IgnoreRule)?
  }

  private let root: String
  private let rules: IgnoreRules
  private var known: [ArraySlice<UInt8>: Folder] = [:]
  private var last: (path: ArraySlice<UInt8>, folder: Folder)

  init(root: String, rules: IgnoreRules) {
    self.root = root
    self.rules = rules
    last = ([], Folder(isReal: true, isInternal: false, decision: nil))
  }

  mutating func folder(above path: ArraySlice<UInt8>) -> Folder {
    let folder = path[..<(path.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex)]
    // Listings come sorted: most files lie beside the one before.
    if folder == last.path { return last.folder }
    let answer = look(at: folder)
    last = (folder, answer)
    return answer
  }

  private mutating func look(at folder: ArraySlice<UInt8>) -> Folder {
    if folder.isEmpty { return Folder(isReal: true, isInternal: false, decision: nil) }
    if let answer = known[folder] { return answer }
    let slash = folder.lastIndex(of: UInt8(ascii: "/"))
    let parent = look(at: folder[..<(slash ?? folder.startIndex)])
    let status = parent.isReal ? SystemFile.look(FilePath.join(root, Array(folder))) : nil
    let isReal = status.map(SystemFile.isFolder) == true
    let name = folder[(slash.map { $0 + 1 } ?? folder.startIndex)...]
    let answer = Folder(
      isReal: isReal, isInternal: parent.isInternal || name.elementsEqual(".codira".utf8),
      decision: rules.last(matching: folder, isFolder: true) ?? parent.decision)
    known[folder] = answer
    return answer
  }
}
