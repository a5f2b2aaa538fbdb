import Foundation

/// The checkout the tests were built from, and what was built beside them.
package enum Checkout {
  /// Its root folder.
  package static let root: URL = {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    return folder
  }()

  /// The folder of the running test program, which holds the command and the analyzers too.
  package static let products: URL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent()

  /// The built analyzers, in order of their names.
  package static func plugins() throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: products, includingPropertiesForKeys: nil)
      .filter { $0.lastPathComponent.hasPrefix("libcodira-") && $0.pathExtension == "so" }
      .sorted { $0.path < $1.path }
  }

  /// Paths, relative to the root, of all files that git tracks or would track.
  package static func files() throws -> [String] {
    let run = try ToolRun(
      "git", "-C", root.path, "-c", "safe.directory=\(root.path)", "ls-files", "-z", "--cached", "--others",
      "--exclude-standard")
    guard run.status == 0 else { throw ToolRun.Failure(run: run) }
    let paths = run.output.split(separator: "\0").map(String.init)
    return Set(paths).filter { FileManager.default.fileExists(atPath: root.path + "/" + $0) }.sorted()
  }

  /// The text of a file, its ill-formed bytes replaced.
  package static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: root.appendingPathComponent(path)), as: UTF8.self)
  }
}
