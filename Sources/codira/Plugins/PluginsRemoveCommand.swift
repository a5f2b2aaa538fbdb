import ArgumentParser
import CodiraModel
import CodiraPluginHost

/// `codira plugins remove`: takes a plugin out of the user's folder.
struct PluginsRemoveCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove a plugin from your plugin folder.",
    discussion: "A plugin from elsewhere stays; `plugins disable` keeps it from being used.")

  @Argument(help: "The analyzer's id.") var id: String
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    guard let user = PluginOptions.userPlugins(context.environment) else {
      throw PluginsInstallCommand.homeless
    }
    let catalog = try PluginOptions.catalog(in: context)
    let entries = catalog.entries(ofAnalyzer: id)
    guard let first = entries.first else { throw PluginSubject(id).unknown(catalog) }
    let own = entries.filter { $0.origin == .user }
    if own.isEmpty { throw elsewhere(first) }
    for entry in own { try user.remove(entry.path) }
    let heir = try PluginOptions.catalog(in: context).plugins.first { $0.descriptor.id == id }
    let rows: [JSONValue] = own.map { entry in
      ["id": .string(id), "version": .optional(entry.version), "path": .string(entry.path)]
    }
    let extras: JSONObject = [
      "used_now": heir.map { ["path": .string($0.path), "version": .string($0.descriptor.version)] } ?? .null
    ]
    return Answer(query: ["id": .string(id)], results: rows, extras: extras) { page in
      for entry in own {
        page.line(
          TerminalText.escape("Removed \(id)\(entry.version.map { " " + $0 } ?? "") (\(entry.path))."))
      }
      if let heir {
        page.paragraph("\(heir.path) (\(heir.descriptor.version)) is used now.", indent: 2)
      } else {
        page.paragraph(
          "An index that it has files in stays as it is until `codira index --allow-missing-analyzers` drops what "
            + "it found.", indent: 2)
      }
    }
  }

  private func elsewhere(_ entry: PluginEntry) -> CommandFailure {
    let named = entry.origin == .environment
    return CommandFailure(
      .usage, code: "not_removable",
      "\(id) is not in your plugin folder: it comes from \(entry.origin.words) (\(entry.path)).",
      hint: named
        ? "Take it out of there, or `codira plugins disable \(id)` keeps it from being used."
        : "`codira plugins disable \(id)` keeps it from being used.")
  }
}
