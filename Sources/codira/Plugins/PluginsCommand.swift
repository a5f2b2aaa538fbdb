import ArgumentParser

/// `codira plugins`: the analyzers of this installation.
struct PluginsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugins",
    abstract: "Show and manage the analyzers that are installed.",
    discussion: """
      Plugins come from --plugin, CODIRA_PLUGINS, the user's folder and the installation, in this order; of \
      two with one analyzer id the first is used. None ever comes from the repository being indexed.
      """,
    subcommands: [
      PluginsNewCommand.self,
      PluginsBuildCommand.self,
      PluginsTestCommand.self,
      PluginsRunCommand.self,
      PluginsCheckCommand.self,
      PluginsListCommand.self,
      PluginsInfoCommand.self,
      PluginsInstallCommand.self,
      PluginsRemoveCommand.self,
      PluginsDisableCommand.self,
      PluginsEnableCommand.self,
    ],
    defaultSubcommand: PluginsListCommand.self)
}
