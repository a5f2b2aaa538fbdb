import Foundation

/// A user's home for the tests of `codira plugins`, removed with the value; runs the built command in it.
final class PluginHome {
  let folder: URL

  init() throws {
    folder = FixturePlugin.folder.appendingPathComponent("home-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var plugins: String { folder.path + "/data/codira/plugins" }

  func installed(_ id: String) -> String { plugins + "/libcodira-\(id).so" }

  struct Outcome {
    let status: Int32
    let output: String
    let errors: String

    var json: [String: Any] {
      (try? JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]) ?? [:]
    }
    var rows: [[String: Any]] { json["results"] as? [[String: Any]] ?? [] }
    var error: [String: Any] { json["error"] as? [String: Any] ?? [:] }
  }

  func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: FixturePlugin.worker)
    process.arguments = arguments
    var variables = [
      "HOME": folder.path, "PATH": "/usr/bin:/bin", "XDG_DATA_HOME": folder.path + "/data",
      "XDG_CACHE_HOME": folder.path + "/cache", "XDG_CONFIG_HOME": folder.path + "/config",
    ]
    variables.merge(environment) { $1 }
    process.environment = variables
    process.currentDirectoryURL = folder
    let (output, errors) = (folder.appendingPathComponent(".out"), folder.appendingPathComponent(".err"))
    for file in [output, errors] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  func write(_ path: String, _ text: String) throws {
    let file = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}
