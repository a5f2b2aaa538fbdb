import Glibc

/// Which kind of file system lies where, as the kernel lists it in `/proc/self/mountinfo`.
struct MountTable {
  private let mounts: [(folder: String, kind: String)]

  /// File systems that another machine may change under us, or that keep no locks.
  static let networkKinds: Set<String> = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "lustre", "gfs2", "ocfs2", "vboxsf",
    "virtiofs",
  ]

  static var current: MountTable {
    MountTable(String(decoding: (try? PlainFile.read("/proc/self/mountinfo")) ?? [], as: UTF8.self))
  }

  /// `text` has a line a mount: six fields and more, a dash, the kind.
  init(_ text: String) {
    mounts = text.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ")
      guard let dash = fields.firstIndex(of: "-"), fields.count > dash + 1, fields.count > 4 else {
        return nil
      }
      return (Self.unescaped(fields[4]), String(fields[dash + 1]))
    }
  }

  /// The kind under an absolute path, links followed; nil where the table does not say.
  func kind(ofFileAt path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return kind(under: String(cString: resolved))
  }

  /// Of the deepest mount that holds the path; of several on one folder, the last covers the others.
  func kind(under path: String) -> String? {
    var best: (folder: String, kind: String)?
    for mount in mounts
    where mount.folder == "/" || path == mount.folder || path.hasPrefix(mount.folder + "/") {
      if mount.folder.utf8.count >= best?.folder.utf8.count ?? 0 { best = mount }
    }
    return best?.kind
  }

  /// `\\040` is a space; the kernel writes the few bytes that would break a line so.
  private static func unescaped(_ field: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(field.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(3)
      if byte == UInt8(ascii: "\\"), digits.count == 3,
        let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
      {
        bytes.append(code)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
