import CodiraDigest
import CodiraModel
import CodiraStore
import Glibc

/// Whether a file is still what the index says of it.
package enum Freshness: String, CaseIterable, Sendable {
  case current
  case changed
  /// It is gone, or no regular file any more.
  case missing

  /// Looks at size and times first, at the bytes only where those leave a doubt.
  init(of file: FileRow, root: String) {
    let path = Array(root.utf8) + [UInt8(ascii: "/")] + file.path.bytes + [0]
    var status = stat()
    let isThere = path.withUnsafeBytes { bytes in
      lstat(bytes.baseAddress!.assumingMemoryBound(to: CChar.self), &status) == 0
    }
    guard isThere, status.st_mode & S_IFMT == S_IFREG else {
      self = .missing
      return
    }
    if let known = file.stat {
      let modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
      let changed = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
      let isSame =
        known.size == Int64(status.st_size) && known.modified == modified && known.changed == changed
        && known.inode == UInt64(status.st_ino) && known.device == UInt64(status.st_dev)
      if isSame, modified < known.recorded, changed < known.recorded {
        self = .current
        return
      }
      if known.size != Int64(status.st_size) {
        self = .changed
        return
      }
    }
    let text = String(decoding: path.dropLast(), as: UTF8.self)
    guard let content = file.content, let now = try? SHA256.hash(fileAt: text) else {
      self = file.content == nil ? .current : .missing
      return
    }
    self = now == content ? .current : .changed
  }
}
