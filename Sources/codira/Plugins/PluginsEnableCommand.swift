import ArgumentParser
import CodiraModel
import CodiraPluginHost

/// `codira plugins disable`: an analyzer is found, and not used.
struct PluginsDisableCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable",
    abstract: "Keep an analyzer from being used, wherever it is installed.",
    discussion: """
      The next `codira index` reads its files without it. A plugin that is named with --plugin is used \
      nevertheless. `plugins enable` undoes it.
      """)

  @Argument(help: "The analyzer's id.") var id: String
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    guard let user = PluginOptions.userPlugins(context.environment) else {
      throw PluginsInstallCommand.homeless
    }
    let catalog = try PluginOptions.catalog(in: context)
    let entries = catalog.entries(ofAnalyzer: id)
    var disabled = user.disabled()
    let isNew = !disabled.contains(id)
    if entries.isEmpty, isNew { throw PluginSubject(id).unknown(catalog) }
    if isNew {
      disabled.insert(id)
      try user.setDisabled(disabled)
    }
    return SwitchReport(id: id, isChanged: isNew, isDisabled: true, entries: entries).answer
  }
}

/// `codira plugins enable`: takes back what `disable` did.
struct PluginsEnableCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "enable",
    abstract: "Use an analyzer again that was disabled or set aside.")

  @Argument(help: "The analyzer's id.") var id: String
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    guard let user = PluginOptions.userPlugins(context.environment) else {
      throw PluginsInstallCommand.homeless
    }
    var disabled = user.disabled()
    let isChanged = disabled.remove(id) != nil
    if isChanged { try user.setDisabled(disabled) }
    let isLifted = !PluginOptions.quarantine(context.environment).lift(id: id).isEmpty
    let catalog = try PluginOptions.catalog(in: context)
    let entries = catalog.entries(ofAnalyzer: id)
    if entries.isEmpty, !isChanged, !isLifted { throw PluginSubject(id).unknown(catalog) }
    return SwitchReport(id: id, isChanged: isChanged || isLifted, isDisabled: false, entries: entries).answer
  }
}

/// What became of an analyzer that was switched.
private struct SwitchReport {
  let id: String
  let isChanged: Bool
  let isDisabled: Bool
  /// Its candidates; when it was enabled, as they are after that.
  let entries: [PluginEntry]

  var answer: Answer {
    let row: JSONValue = [
      "id": .string(id), "disabled": .bool(isDisabled), "changed": .bool(isChanged),
      "paths": .array(entries.map { .string($0.path) }),
    ]
    return Answer(query: ["id": .string(id)], results: [row]) { page in
      page.line(headline)
      if isDisabled {
        page.paragraph(
          "The next `codira index` reads its files without it; `codira plugins enable \(id)` undoes that.",
          indent: 2)
        return
      }
      for entry in entries {
        page.line("  \(entry.word): " + TerminalText.escape(entry.path))
        if let reason = entry.reason { page.paragraph(reason, indent: 4) }
      }
      if entries.isEmpty { page.paragraph("No plugin with that id is installed now.", indent: 2) }
    }
  }

  private var headline: String {
    let id = TerminalText.escape(id)
    return switch (isDisabled, isChanged) {
    case (true, true): "Disabled \(id)."
    case (true, false): "\(id) is disabled already."
    case (false, true): "Enabled \(id)."
    case (false, false): "\(id) is not disabled."
    }
  }
}
