import Glibc

/// The user's own plugins: a folder that this user alone may write, and a list of analyzers that are not to be used.
///
/// The list is a text file in that folder, one id a line; what begins with `#` is a comment.
package struct UserPlugins: Sendable {
  package enum Failure: Error, Hashable, Sendable {
    /// A folder or file could not be made, written, put in place or removed.
    case impossible(action: String, path: String, errno: Int32)
    /// Others may change what is in the folder.
    case untrusted(path: String, reason: String)
  }

  package let folder: String

  package init(folder: String) { self.folder = folder }

  /// Analyzer ids that the user switched off; none where there is no list.
  package func disabled() -> Set<String> {
    guard let bytes = try? FileContent.read(list, limit: 1 << 20) else { return [] }
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    return Set(
      lines.map { $0.filter { $0 != " " && $0 != "\t" } }.filter { !$0.isEmpty && !$0.hasPrefix("#") })
  }

  /// Replaces the list, all or nothing.
  package func setDisabled(_ ids: Set<String>) throws(Failure) {
    try prepare()
    let lines =
      ["# Analyzers that codira does not use; `codira plugins enable ID` takes a line out."] + ids.sorted()
    let temporary = "\(list).\(getpid())"
    try write(Array((lines.joined(separator: "\n") + "\n").utf8), to: temporary)
    try moveIntoPlace(temporary, list)
  }

  /// Makes the folder where it is missing, and refuses one that others may write.
  package func prepare() throws(Failure) {
    for (index, character) in zip(folder.indices, folder).dropFirst() where character == "/" {
      try make(String(folder[..<index]))
    }
    try make(folder)
    let real = realpath(folder, nil)
    defer { free(real) }
    do throws(PluginRefusal) {
      try PathTrust.check(real.map { String(cString: $0) } ?? folder)
    } catch {
      if case .untrusted(let path, let reason) = error { throw .untrusted(path: path, reason: reason) }
      throw .impossible(action: "use", path: folder, errno: EACCES)
    }
  }

  /// Copies bytes into a new file of the folder under a name that nothing loads.
  func stage(_ bytes: [UInt8]) throws(Failure) -> String {
    let path = "\(folder)/.install-\(getpid()).so"
    unlink(path)
    try write(bytes, to: path)
    return path
  }

  func moveIntoPlace(_ temporary: String, _ path: String) throws(Failure) {
    guard rename(temporary, path) == 0 else {
      let number = errno
      unlink(temporary)
      throw .impossible(action: "put into place", path: path, errno: number)
    }
  }

  /// Takes a file of the folder away.
  package func remove(_ path: String) throws(Failure) {
    guard unlink(path) == 0 else { throw .impossible(action: "remove", path: path, errno: errno) }
  }

  private var list: String { folder + "/disabled" }

  private func make(_ folder: String) throws(Failure) {
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST || access(folder, X_OK) == 0 else {
      throw .impossible(action: "make", path: folder, errno: errno)
    }
  }

  private func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard file >= 0 else { throw .impossible(action: "write", path: path, errno: errno) }
    // The process's mask may take rights away, and must not leave any to others.
    var number: Int32 = fchmod(file, 0o644) == 0 ? 0 : errno
    var place = 0
    bytes.withUnsafeBytes { content in
      while number == 0, place < content.count {
        let count = Glibc.write(file, content.baseAddress! + place, content.count - place)
        if count > 0 { place += count } else if errno != EINTR { number = errno }
      }
    }
    if number == 0, fsync(file) != 0 { number = errno }
    close(file)
    if number != 0 {
      unlink(path)
      throw .impossible(action: "write", path: path, errno: number)
    }
  }
}
