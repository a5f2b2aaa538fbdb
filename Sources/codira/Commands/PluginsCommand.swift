import ArgumentParser
import CodiraModel
import CodiraPluginHost

/// `codira plugins`: the analyzers of this installation.
struct PluginsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugins",
    abstract: "Show the analyzers that are installed, and why one is not used.",
    discussion: """
      Plugins come from --plugin, CODIRA_PLUGINS, the user's folder and the installation, in this order; of \
      two with one analyzer id the first is used. None ever comes from the repository being indexed.
      """,
    subcommands: [PluginsListCommand.self], defaultSubcommand: PluginsListCommand.self)
}

struct PluginsListCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List every plugin found: loaded, shadowed or refused, with the reason.")

  @OptionGroup var plugins: PluginOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    let catalog = try plugins.catalog(in: context)
    let status: ExitStatus = catalog.entries.isEmpty ? .nothing : .done
    return Answer(status: status, results: catalog.entries.map(\.row), extras: conflicts(catalog)) { page in
      write(catalog, to: &page)
    }
  }

  private func conflicts(_ catalog: PluginCatalog) -> JSONObject {
    let rows: [JSONValue] = catalog.conflicts.map { conflict in
      [
        "claim": .string(conflict.claim), "owner": .string(conflict.owner),
        "others": .array(conflict.others.map(JSONValue.string)),
      ]
    }
    return ["conflicts": .array(rows)]
  }

  private func write(_ catalog: PluginCatalog, to page: inout TextPage) {
    if catalog.entries.isEmpty {
      page.line("No plugin was found.")
      page.line("Put one into ~/.local/share/codira/plugins, or name it with `--plugin FILE`.")
      return
    }
    let head = ["status", "id", "version", "languages", "files", "path"]
    page.table([head] + catalog.entries.map(\.cells))
    for entry in catalog.entries {
      guard let reason = entry.reason else { continue }
      page.line()
      page.line(page.style.warn("\(entry.word): ") + TerminalText.escape(entry.path))
      page.paragraph(reason, indent: 2)
    }
    for conflict in catalog.conflicts {
      page.line()
      let others = conflict.others.joined(separator: ", ")
      page.paragraph(
        conflict.isShared
          ? "\(conflict.claim) is shared by \(conflict.owner) and \(others): the one with more files near a file takes it."
          : "\(conflict.claim) goes to \(conflict.owner); \(others) claims it too.")
    }
  }
}

extension PluginEntry {
  fileprivate var word: String {
    switch state {
    case .loaded: "loaded"
    case .shadowed: "shadowed"
    case .refused: "refused"
    }
  }

  /// Why it is not used; nil for one that is.
  var reason: String? {
    switch state {
    case .loaded: nil
    case .shadowed(let plugin, let first):
      "\(first) has the analyzer id \(plugin.descriptor.id) and comes first."
    case .refused(let refusal, _): "\(refusal)."
    }
  }

  fileprivate var cells: [String] {
    guard let plugin else { return [word, "-", "-", "-", "-", TerminalText.escape(path)] }
    let descriptor = plugin.descriptor
    return [
      word, descriptor.id, TerminalText.escape(descriptor.version), joined(descriptor.languages),
      joined(descriptor.suffixes + descriptor.fileNames), TerminalText.escape(path),
    ]
  }

  fileprivate var row: JSONValue {
    var row: JSONObject = [
      "status": .string(word), "path": .string(path), "origin": .string(origin.rawValue),
    ]
    row["id"] = .optional(plugin?.descriptor.id)
    row["version"] = .optional(plugin?.descriptor.version)
    row["languages"] = list(\.languages)
    row["suffixes"] = list(\.suffixes)
    row["suffix_languages"] = list(\.suffixLanguages)
    row["file_names"] = list(\.fileNames)
    row["interpreters"] = list(\.interpreters)
    row["digest"] = .optional(digest?.hex)
    row["abi"] = plugin.map { .int(Int($0.descriptor.abiVersion)) } ?? .null
    row["grammar"] = .optional(plugin.map(\.descriptor).flatMap { $0.grammarName.isEmpty ? nil : $0.grammar })
    row["code"] = .optional(code)
    row["reason"] = .optional(reason)
    return .object(row)
  }

  private var digest: ContentHash? {
    if case .refused(_, let digest) = state { return digest }
    return plugin?.digest
  }

  private var code: String? {
    switch state {
    case .loaded: nil
    case .shadowed: "shadowed"
    case .refused(let refusal, _): refusal.code
    }
  }

  private func list(_ names: KeyPath<AnalyzerDescriptor, [String]>) -> JSONValue {
    .array((plugin?.descriptor[keyPath: names] ?? []).map(JSONValue.string))
  }

  private func joined(_ names: [String]) -> String { TerminalText.escape(names.joined(separator: " ")) }
}

extension AnalyzerDescriptor {
  fileprivate var grammar: String { "\(grammarName) \(grammarVersion) (ABI \(grammarABI))" }
}
