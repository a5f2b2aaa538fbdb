import ArgumentParser
import CodiraModel
import CodiraPluginHost

/// `codira plugins list`: every candidate, and what became of it.
struct PluginsListCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List every plugin found: loaded, shadowed, refused or disabled, and why.")

  @OptionGroup var plugins: PluginOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    let catalog = try plugins.catalog(in: context)
    let configuration = try context.configuration()
    let problems = catalog.ownerProblems.map { $0.failure(configuration) }
    let status: ExitStatus = catalog.entries.isEmpty ? .nothing : .done
    return Answer(
      status: status, results: catalog.entries.map { .object($0.row) },
      extras: [
        "conflicts": .array(catalog.conflicts.map(\.row)),
        "problems": .array(problems.map { ["message": .string($0.message), "hint": .string($0.hint)] }),
      ]
    ) { page in
      PluginListPage(catalog: catalog, problems: problems).write(to: &page)
    }
  }
}

/// The list for people: a block a folder, a row a plugin, then what needs words.
private struct PluginListPage {
  let catalog: PluginCatalog
  let problems: [CommandFailure]

  func write(to page: inout TextPage) {
    if catalog.entries.isEmpty {
      page.line("No plugin was found.")
      page.line("Install one with `codira plugins install FILE`, or name it with `--plugin FILE`.")
      return
    }
    let widths = columns
    for (index, group) in groups.enumerated() {
      if index > 0 { page.line() }
      page.line(page.style.bold(TerminalText.escape(group.folder)) + page.style.dim("  " + group.origin))
      for entry in group.entries { row(entry, widths, &page) }
    }
    for entry in catalog.entries {
      guard let reason = entry.reason else { continue }
      page.line()
      page.line(page.style.warn("\(entry.word): ") + TerminalText.escape(entry.path))
      page.paragraph(reason, indent: 2)
    }
    for conflict in catalog.conflicts {
      page.line()
      conflict.write(to: &page)
    }
    for problem in problems {
      page.line()
      page.line(page.style.warn("configuration:"))
      page.paragraph("\(problem.message) \(problem.hint)", indent: 2)
    }
  }

  /// Neighbours that lie in one folder and were found the same way.
  private var groups: [(folder: String, origin: String, entries: [PluginEntry])] {
    var groups: [(folder: String, origin: String, entries: [PluginEntry])] = []
    for entry in catalog.entries {
      let folder = entry.path.lastIndex(of: "/").map { String(entry.path[..<$0]) } ?? "."
      if groups.last?.folder != folder || groups.last?.origin != entry.origin.words {
        groups.append((folder, entry.origin.words, []))
      }
      groups[groups.count - 1].entries.append(entry)
    }
    return groups
  }

  private func row(_ entry: PluginEntry, _ widths: [Int], _ page: inout TextPage) {
    var line = " "
    for (cell, width) in zip(cells(entry), widths) {
      line += " " + cell + String(repeating: " ", count: max(0, width - cell.count) + 1)
    }
    let claims = entry.plugin.map { $0.descriptor.suffixes + $0.descriptor.fileNames } ?? []
    page.hanging(line, words: claims.isEmpty ? [name(entry)] : claims)
  }

  private func cells(_ entry: PluginEntry) -> [String] {
    [
      entry.word, TerminalText.escape(entry.analyzerID ?? "-"),
      TerminalText.escape(entry.plugin?.descriptor.version ?? "-"),
    ]
  }

  private func name(_ entry: PluginEntry) -> String {
    String(
      entry.path[
        (entry.path.lastIndex(of: "/").map { entry.path.index(after: $0) } ?? entry.path.startIndex)...])
  }

  private var columns: [Int] {
    var widths = [0, 0, 0]
    for entry in catalog.entries {
      for (column, cell) in cells(entry).enumerated() {
        widths[column] = min(20, max(widths[column], cell.count))
      }
    }
    return widths
  }
}

extension PluginEntry {
  var row: JSONObject {
    var row: JSONObject = [
      "status": .string(status), "path": .string(path), "origin": .string(origin.rawValue),
    ]
    row["id"] = .optional(code == nil || plugin != nil || word == "disabled" ? analyzerID : nil)
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
    return row
  }

  private func list(_ names: KeyPath<AnalyzerDescriptor, [String]>) -> JSONValue {
    .array((plugin?.descriptor[keyPath: names] ?? []).map(JSONValue.string))
  }
}
