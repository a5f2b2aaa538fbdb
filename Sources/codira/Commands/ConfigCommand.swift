import ArgumentParser
import CodiraModel

/// `codira config`: which settings are in force, and who set them.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show the settings in force and where each comes from.",
    discussion: """
      A flag overrides a CODIRA_… variable, which overrides the repository's .codira/config.toml, which \
      overrides the user's codira/config.toml, which overrides the default.
      """,
    subcommands: [ConfigListCommand.self, ConfigGetCommand.self, ConfigPathCommand.self],
    defaultSubcommand: ConfigListCommand.self)
}

struct ConfigListCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List every setting, its value and its origin.")

  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    let configuration = try context.configuration()
    let owners = configuration.owners.sorted { $0.key < $1.key }
    let extras: JSONObject = [
      "owners": .array(
        owners.map { claim, owner in
          [
            "claim": .string(claim), "analyzer": .string(owner.analyzer),
            "origin": .string(owner.origin.text),
          ]
        })
    ]
    return Answer(results: ConfigurationKey.all.map { row($0, configuration.setting($0)) }, extras: extras) {
      page in
      for key in ConfigurationKey.all {
        let setting = configuration.setting(key)
        page.line("\(key.name) = \(TerminalText.escape(setting.value.text))")
        page.paragraph("\(key.help) [\(setting.origin.text)]", indent: 4)
      }
      for (claim, owner) in owners {
        page.line(TerminalText.escape("owners.\"\(claim)\" = \"\(owner.analyzer)\""))
        page.paragraph("The analyzer that takes what several claim. [\(owner.origin.text)]", indent: 4)
      }
    }
  }
}

struct ConfigGetCommand: CodiraCommand {
  static let configuration = CommandConfiguration(commandName: "get", abstract: "Print one setting's value.")

  @Argument(help: "The setting's name, as `codira config list` shows it.") var key: String
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    guard let known = ConfigurationKey.named(key) else {
      let nearest = NearestName.of(key, among: ConfigurationKey.all.map(\.name))
      throw CommandFailure(
        .usage, code: "unknown_key", "`\(key)` is no setting.",
        hint: nearest.map { "Did you mean `\($0)`?" } ?? "See `codira config list`.")
    }
    let setting = try context.configuration().setting(known)
    return Answer(query: ["key": .string(key)], results: [row(known, setting)]) { page in
      if case .string(let text) = setting.value {
        page.line(TerminalText.escape(text))
      } else {
        page.line(TerminalText.escape(setting.value.text))
      }
    }
  }
}

struct ConfigPathCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "path", abstract: "Print the configuration files that are read, the strongest first.")

  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    var files = [("repository", try context.workspace.get().configurationFile)]
    if let user = Configuration.userFile(context.environment) { files.append(("user", user)) }
    let rows = files.map { level, path in
      (level: level, path: path, exists: PlainFile.exists(path))
    }
    let results: [JSONValue] = rows.map {
      ["level": .string($0.level), "path": .string($0.path), "exists": .bool($0.exists)]
    }
    return Answer(results: results) { page in
      for row in rows { page.line(TerminalText.escape(row.path) + (row.exists ? "" : "  (absent)")) }
    }
  }
}

private func row(_ key: ConfigurationKey, _ setting: Configuration.Setting) -> JSONValue {
  [
    "key": .string(key.name), "value": setting.value, "origin": .string(setting.origin.text),
    "default": key.defaultValue, "environment": .string(key.environmentName),
    "repository_allowed": .bool(key.isRepositoryAllowed), "help": .string(key.help),
  ]
}
