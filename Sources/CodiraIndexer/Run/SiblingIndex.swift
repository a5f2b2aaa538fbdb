import CodiraStore
import Glibc

/// The index of another work tree of the same repository: a new work tree begins with what that one knows, and
/// only the difference is analyzed and embedded.
enum SiblingIndex {
  /// The first one there is, in git's order: the main work tree, then the linked ones.
  static func find(root: String, own: IndexLocation) -> (workTree: String, location: IndexLocation)? {
    guard let top = GitListing.workTree(around: root) else { return nil }
    let inside = root.dropFirst(top.count)
    for workTree in GitListing.workTrees(root) where workTree != top {
      let location = IndexLocation(directory: workTree + inside + "/.codira")
      if location != own, isOwn(location.database) { return (workTree, location) }
    }
    return nil
  }

  /// A regular file of this user, which nobody else put there.
  private static func isOwn(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_uid == geteuid()
  }
}
