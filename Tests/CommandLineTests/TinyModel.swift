import CodiraTestSupport
import Foundation

/// The model that `scripts/make-tiny-model` writes, installed for one repository.
enum TinyModel {
  static let name = "tiny"

  /// Installs it below the folder; the variables that a command needs to find it.
  static func environment(in folder: URL) throws -> [String: String] {
    let place = folder.appendingPathComponent(".tiny")
    let environment = [
      "CODIRA_MODEL_HOME": place.path + "/store", "CODIRA_EMBEDDING_MODEL": name,
      "HOME": folder.path + "/.home",
    ]
    let made = try ToolRun("scripts/make-tiny-model", place.path + "/" + name)
    if made.status != 0 { throw ToolRun.Failure(run: made) }
    let installed = try CommandOutcome(
      ["model", "install", place.path + "/" + name], in: folder, environment: environment)
    if installed.status != 0 { throw CommandOutcome.NotAnObject(text: installed.errors) }
    return environment
  }
}
