import CodiraDigest
import CodiraModel

/// The files of a work tree at a revision, for comparing them with those that are there now.
///
/// Objects are read as they are stored: no filter, text conversion or helper that the repository names runs, and no
/// object is fetched from elsewhere.
package struct GitRevision {
  /// Larger files are not compared.
  private static let largest = 4 << 20

  private let root: String
  private let top: String
  /// The objects of regular files, by path.
  private let objects: [RepositoryPath: String]

  /// `name` is what git calls a revision: a commit, a branch, `HEAD~3`.
  package init(_ name: String, root: String) throws(IndexError) {
    guard let top = GitListing.workTree(around: root) else {
      throw .noRevision(name, reason: "this is no git repository")
    }
    self.root = root
    self.top = top
    guard !name.hasPrefix("-"), !name.isEmpty else {
      throw .noRevision(name, reason: "git has no such revision")
    }
    let found = try Self.git(["rev-parse", "--verify", "--quiet", name + "^{tree}"], root, top)
    guard found.status == 0 else { throw .noRevision(name, reason: "git has no such revision") }
    let tree = String(decoding: found.output.prefix { $0 > 32 }, as: UTF8.self)
    let listed = try Self.git(["ls-tree", "-r", "-z", "--full-tree", tree], root, top)
    guard listed.status == 0 else { throw .noRevision(name, reason: "git cannot list its files") }
    objects = Self.objects(listed.output, below: root.dropFirst(top.count).drop { $0 == "/" })
  }

  /// A file that is not as it was.
  package struct Change {
    package let path: RepositoryPath
    /// nil where it was not there.
    package let before: [UInt8]?
    /// nil where it is not there.
    package let now: [UInt8]?
  }

  /// What is not as it was, by path: among the revision's files and `known` ones.
  package func changes(known: [RepositoryPath]) throws(IndexError) -> [Change] {
    var changes: [Change] = []
    for path in Set(objects.keys).union(known).sorted() {
      let name = root + "/" + String(decoding: path.bytes, as: UTF8.self)
      var now: [UInt8]?
      do throws(SystemFile.Failure) {
        now = try SystemFile.read(name.utf8CString.map { $0 }, limit: Self.largest + 1).bytes
      } catch {
        guard error.isAbsent else { continue }
      }
      if let now, now.count > Self.largest { continue }
      guard let object = objects[path] else {
        if let now { changes.append(Change(path: path, before: nil, now: now)) }
        continue
      }
      if let now, GitBlob.id(of: now, digits: object.utf8.count) == object { continue }
      changes.append(Change(path: path, before: now == nil ? [] : try content(of: object), now: now))
    }
    return changes
  }

  private func content(of object: String) throws(IndexError) -> [UInt8] {
    let found = try Self.git(["cat-file", "blob", object], root, top)
    guard found.status == 0 else { throw .gitFailed(root: root, reason: "it has no object \(object)") }
    return found.output
  }

  /// The listing's regular files under a folder, their paths from there.
  private static func objects(_ listing: [UInt8], below folder: Substring) -> [RepositoryPath: String] {
    let prefix = folder.isEmpty ? [] : Array(folder.utf8) + [UInt8(ascii: "/")]
    var objects: [RepositoryPath: String] = [:]
    for entry in listing.split(separator: 0) {
      // `mode type object`, a tab, the path.
      let parts = entry.split(separator: UInt8(ascii: "\t"), maxSplits: 1)
      guard parts.count == 2, parts[0].starts(with: "100".utf8), parts[1].starts(with: prefix) else {
        continue
      }
      let object = parts[0].split(separator: UInt8(ascii: " "))[2]
      objects[RepositoryPath(bytes: parts[1].dropFirst(prefix.count))] = String(
        decoding: object, as: UTF8.self)
    }
    return objects
  }

  private static func git(
    _ arguments: [String], _ root: String, _ top: String
  ) throws(IndexError) -> (status: Int32, output: [UInt8], errors: [UInt8]) {
    do {
      return try GitListing.run(root, top, ["-c", "protocol.allow=never"] + arguments)
    } catch {
      throw .gitFailed(root: root, reason: "cannot start git: \(error.reason)")
    }
  }
}
