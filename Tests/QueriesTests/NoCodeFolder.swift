import CodiraTestSupport
import Foundation

/// A no-code analyzer in a folder of its own, which a test may spoil.
final class NoCodeFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("codira-queries-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try write("analyzer.toml", Self.rules)
    try write("queries/tags.scm", Self.query)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  static let rules = """
    id = "tiny"
    suffixes = [".tiny"]
    [grammar]
    sample = "lua"
    [definition.function]
    kind = "function"

    """
  static let query = """
    ; functions
    (function_declaration
      name: (identifier) @name) @definition.function

    """

  func write(_ path: String, _ text: String) throws {
    let file = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func remove(_ path: String) throws {
    try FileManager.default.removeItem(at: url.appendingPathComponent(path))
  }

  func replace(_ path: String, _ old: String, _ new: String) throws {
    let text = try String(contentsOf: url.appendingPathComponent(path), encoding: .utf8)
    try write(path, text.replacingOccurrences(of: old, with: new))
  }

  /// Runs the command in the folder, with variables before it.
  func run(_ words: String, variables: [String] = []) throws -> ToolRun {
    let command = Checkout.products.appendingPathComponent("codira").path
    let home = [
      "HOME=\(url.path)/.home", "XDG_CACHE_HOME=\(url.path)/.cache", "XDG_DATA_HOME=\(url.path)/.data",
    ]
    return try ToolRun(
      ["env", "-C", url.path] + home + variables + [command] + words.split(separator: " ").map(String.init))
  }

  func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: url.appendingPathComponent(path).path)
  }
}
