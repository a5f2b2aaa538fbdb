import Glibc

/// Whether anybody but the user and root could put other code into a plugin's place.
enum PathTrust {
  /// Refuses a file that others may write, or that lies in a folder, at any depth, where they may replace it.
  ///
  /// `path` is absolute and free of links. Whoever owns this program is trusted, as it runs already.
  static func check(_ path: String) throws(PluginRefusal) {
    let trusted: Set<uid_t> = [0, geteuid(), ownerOfThisProgram()]
    var rest = path
    var isFolder = false
    while true {
      var status = stat()
      guard lstat(rest, &status) == 0 else { throw .unreadable(errno: errno) }
      if !trusted.contains(status.st_uid) {
        throw .untrusted(path: rest, reason: "belongs to user \(status.st_uid); only you and root may own it")
      }
      // In a sticky folder nobody replaces what is another's.
      let isSticky = isFolder && status.st_mode & S_ISVTX != 0
      if status.st_mode & (S_IWGRP | S_IWOTH) != 0, !isSticky {
        throw .untrusted(path: rest, reason: "may be written by others: run `chmod go-w` on it")
      }
      if rest == "/" { return }
      let parent = rest[..<(rest.lastIndex(of: "/") ?? rest.startIndex)]
      rest = parent.isEmpty ? "/" : String(parent)
      isFolder = true
    }
  }

  private static func ownerOfThisProgram() -> uid_t {
    var status = stat()
    return stat("/proc/self/exe", &status) == 0 ? status.st_uid : 0
  }
}
