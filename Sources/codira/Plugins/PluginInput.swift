import ArgumentParser
import CodiraModel
import CodiraPluginHost

/// What a plugin is created with, for commands that run one by hand.
struct PluginInput: ParsableArguments {
  @Option(
    name: .customLong("config"),
    help: ArgumentHelp("The plugin's configuration, a JSON object.", valueName: "json"))
  var configuration: String?

  @Option(
    name: .customLong("project"),
    help: ArgumentHelp(
      "A file of the project view, such as `go.mod`; may be repeated.", valueName: "file"))
  var projectFiles: [String] = []

  func setup(_ plugin: Plugin, _ console: Console) throws -> AnalyzerSetup {
    var files: [ProjectFile] = []
    for file in projectFiles {
      let source = try SourceFile.read(file)
      guard let interest = plugin.descriptor.projectInterests.first(where: { $0.matches(source.path) }) else {
        console.warning("\(file) is left out: \(plugin.descriptor.id) asks for no such file")
        continue
      }
      files.append(ProjectFile(path: source.path, bytes: interest.bytes ? source.bytes : nil))
    }
    return AnalyzerSetup(
      plugin: plugin, configuration: try checked(configuration ?? "{}"),
      projectFiles: files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) })
  }

  private func checked(_ text: String) throws -> String {
    do {
      let value = try Array(text.utf8).withUnsafeBytes { bytes in
        var reader = JSONReader(bytes)
        let value = try reader.value()
        try reader.end()
        return value
      }
      if case .object = value { return text }
    } catch let error as JSONError {
      throw CommandFailure(
        .usage, code: "bad_value", "--config is no JSON: \(error.reason) at byte \(error.offset).")
    }
    throw CommandFailure(
      .usage, code: "bad_value", "--config is no JSON object, such as `{\"strict\": true}`.")
  }
}

extension AnalyzerDescriptor.ProjectInterest {
  /// Whether a file is one that the analyzer asked for.
  func matches(_ path: String) -> Bool {
    let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
    return match == .name ? name == pattern : name.hasSuffix(pattern)
  }
}
