import CodiraTestSupport
import Foundation

/// What one run of the built `codira` gave.
struct CommandOutcome {
  let status: Int32
  let output: String
  let errors: String

  /// Runs in `folder` with nothing of the developer's own settings, models or plugins.
  init(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:], input: String = ""
  ) throws {
    let process = Process()
    process.executableURL = Checkout.products.appendingPathComponent("codira")
    process.arguments = arguments
    process.currentDirectoryURL = folder
    var variables = [
      "PATH": "/usr/bin:/bin", "HOME": folder.path + "/.home", "COLUMNS": "80",
      "CODIRA_MODEL_HOME": folder.path + "/no-models",
      "XDG_CONFIG_HOME": folder.path + "/.settings", "XDG_DATA_HOME": folder.path + "/.data",
      "XDG_CACHE_HOME": folder.path + "/.cache",
    ]
    variables.merge(environment) { $1 }
    process.environment = variables
    let output = folder.appendingPathComponent(".output-\(UUID().uuidString)")
    let errors = folder.appendingPathComponent(".errors-\(UUID().uuidString)")
    let given = folder.appendingPathComponent(".input-\(UUID().uuidString)")
    for file in [output, errors] { try Data().write(to: file) }
    try Data(input.utf8).write(to: given)
    defer { for file in [output, errors, given] { try? FileManager.default.removeItem(at: file) } }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    process.standardInput = try FileHandle(forReadingFrom: given)
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    self.output = String(decoding: try Data(contentsOf: output), as: UTF8.self)
    self.errors = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
  }

  /// Standard output as one JSON object.
  func json() throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
    guard let object = value as? [String: Any] else { throw NotAnObject(text: output) }
    return object
  }

  struct NotAnObject: Error { let text: String }
}
