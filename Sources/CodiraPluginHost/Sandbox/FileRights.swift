import CSandbox
import Glibc

/// Landlock: what a worker may still open.
///
/// Everything that the kernel can forbid is forbidden: each right to files, connecting and listening where its
/// Landlock knows ports (4), devices' commands (5), signals and abstract sockets outside the worker (6).
struct FileRights {
  /// The bits of the interface that this program knows, by version.
  private static let readFile: UInt64 = 1 << 2

  private let version: Int
  private let ruleset: Int32

  /// Nothing is allowed at first; nil where the kernel gives no ruleset.
  init?(version: Int) {
    self.version = version
    let attributes = [Self.fileRights(version), version >= 4 ? 0b11 : 0, version >= 6 ? 0b11 : 0] as [UInt64]
    let fields = version >= 6 ? 3 : version >= 4 ? 2 : 1
    ruleset = codira_landlock_create(attributes, fields * MemoryLayout<UInt64>.size, 0)
    if ruleset < 0 { return nil }
  }

  /// Lets a file be read, or everything under a folder; what is not there stays forbidden.
  func allowReading(_ path: String) {
    let place = codira_open_place(path)
    guard place >= 0 else { return }
    _ = codira_landlock_allow(ruleset, Self.readFile, place)
    close(place)
  }

  /// Takes everything else away from this thread and all that it starts, for good; true where that is done.
  func enforce() -> Bool {
    defer { close(ruleset) }
    return codira_landlock_restrict(ruleset) == 0
  }

  /// Execute, write, read, list, the nine ways of making and removing; then refer, truncate, device commands.
  private static func fileRights(_ version: Int) -> UInt64 {
    let bits = version >= 5 ? 16 : version >= 3 ? 15 : version >= 2 ? 14 : 13
    return (1 << UInt64(bits)) - 1
  }
}
