import CodiraModel
import Glibc

/// Asks git which files belong to a work tree.
///
/// A repository's own configuration can make git start programs; the options and the environment given here
/// keep it from doing so, and from writing.
enum GitListing {
  /// A listing that git is still making.
  struct Pending {
    fileprivate let root: String
    fileprivate let process: ChildProcess.Running

    /// Each path once, relative to the root; to be called once.
    func paths() throws(IndexError) -> [[UInt8]] {
      let result = process.finish()
      guard result.status == 0 else {
        let words = String(decoding: result.errors, as: UTF8.self).split(separator: "\n").prefix(2).joined(
          separator: " ")
        throw .gitFailed(root: root, reason: words.isEmpty ? "git ended with status \(result.status)" : words)
      }
      // Sorted by bytes; an unmerged file is listed once for each stage.
      var paths: [[UInt8]] = []
      for path in result.output.split(separator: 0) where paths.last.map({ path.elementsEqual($0) }) != true {
        paths.append(Array(path))
      }
      return paths
    }
  }

  /// Tracked files.
  static func tracked(_ root: String) throws(IndexError) -> Pending { try list(root, ["--cached"]) }

  /// Untracked files that no ignore rule takes away.
  static func untracked(_ root: String) throws(IndexError) -> Pending {
    try list(root, ["--others", "--exclude-standard"])
  }

  /// Untracked files that ignore rules take away.
  static func ignored(_ root: String) throws(IndexError) -> Pending {
    try list(root, ["--others", "--ignored", "--exclude-standard"])
  }

  /// The rule of git's own that ignores a path, for explanations; nil where none does.
  static func ignoringRule(_ root: String, path: [UInt8]) -> IgnoreRule? {
    guard let top = workTree(around: root) else { return nil }
    let text = String(decoding: path, as: UTF8.self)
    guard let run = try? run(root, top, ["check-ignore", "-v", "--", text]), run.status == 0 else {
      return nil
    }
    // `source:line:pattern`, a tab, the path.
    let answer = run.output.prefix { $0 != UInt8(ascii: "\t") }
    let parts = answer.split(separator: UInt8(ascii: ":"), maxSplits: 2, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard parts.count == 3 else { return nil }
    return IgnoreRule(source: parts[0], line: Int(parts[1]) ?? 0, text: parts[2])
  }

  /// The work tree that `root` is in: the nearest folder at or above it with a `.git`.
  static func workTree(around root: String) -> String? {
    var folder = root
    while true {
      if access(folder + "/.git", F_OK) == 0 { return folder }
      guard let slash = folder.lastIndex(of: "/"), folder != "/" else { return nil }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
  }

  /// The work trees of the repository that `root` is in, the main one first; none where git gives no list.
  static func workTrees(_ root: String) -> [String] {
    guard let top = workTree(around: root),
      let run = try? run(root, top, ["worktree", "list", "--porcelain", "-z"]), run.status == 0
    else { return [] }
    let mark = Array("worktree ".utf8)
    return run.output.split(separator: 0).filter { $0.starts(with: mark) }
      .map { String(decoding: $0.dropFirst(mark.count), as: UTF8.self) }
  }

  private static func list(_ root: String, _ options: [String]) throws(IndexError) -> Pending {
    guard let top = workTree(around: root) else { throw .gitFailed(root: root, reason: "no work tree") }
    do {
      let arguments = words(root, top, ["ls-files", "-z"] + options)
      return Pending(root: root, process: try ChildProcess.start(arguments, environment: environment()))
    } catch {
      throw .gitFailed(root: root, reason: "cannot start git: \(error.reason)")
    }
  }

  private static func words(_ root: String, _ top: String, _ arguments: [String]) -> [String] {
    ["git", "-C", root, "-c", "core.fsmonitor=false", "-c", "safe.directory=\(top)"] + arguments
  }

  static func run(
    _ root: String, _ top: String, _ arguments: [String]
  ) throws(SystemFile.Failure) -> (status: Int32, output: [UInt8], errors: [UInt8]) {
    try ChildProcess.run(words(root, top, arguments), environment: environment())
  }

  /// Everything inherited but git's own variables, which could point it elsewhere.
  private static func environment() -> [String] {
    ["GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "LC_ALL=C"]
      + ChildProcess.inheritedEnvironment.filter { !$0.hasPrefix("GIT_") && !$0.hasPrefix("LC_ALL=") }
  }
}
