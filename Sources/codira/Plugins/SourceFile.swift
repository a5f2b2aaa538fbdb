import CodiraModel
import CodiraPluginHost
import Glibc

/// A file that a command hands to a plugin, as the plugin is to see it.
struct SourceFile {
  let path: String
  let bytes: [UInt8]

  /// Reads `file`, or standard input where it is `-`; `path` is what the plugin is told in its place.
  static func read(_ file: String, as path: String? = nil) throws(CommandFailure) -> SourceFile {
    if file == "-" {
      guard let path else {
        throw CommandFailure(
          .usage, code: "usage", "A source from standard input has no name.",
          hint: "Say with --path which file it is: `--path src/main.xyz`.")
      }
      return SourceFile(path: path, bytes: try input())
    }
    guard let bytes = try PlainFile.read(file) else {
      throw CommandFailure(.usage, code: "no_file", "There is no file \(file).")
    }
    return SourceFile(path: path ?? relative(file), bytes: bytes)
  }

  /// The path as a repository in the working folder would have it.
  static func relative(_ file: String) -> String {
    var path = file
    while path.hasPrefix("./") { path = String(path.dropFirst(2)) }
    guard path.hasPrefix("/") || path.hasPrefix("../"), let resolved = realpath(file, nil) else {
      return path
    }
    defer { free(resolved) }
    let whole = String(cString: resolved)
    if let here = getcwd(nil, 0) {
      defer { free(here) }
      let folder = String(cString: here) + "/"
      if whole.hasPrefix(folder) { return String(whole.dropFirst(folder.utf8.count)) }
    }
    return String(whole[(whole.lastIndex(of: "/").map { whole.index(after: $0) } ?? whole.startIndex)...])
  }

  private static func input() throws(CommandFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(STDIN_FILENO, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw CommandFailure(
          .usage, code: "unreadable_file", "Cannot read standard input: \(String(cString: strerror(errno)))")
      }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }
}
