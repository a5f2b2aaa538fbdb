import ArgumentParser
import CodiraModel
import CodiraQuery
import CodiraStore

/// `codira outline FILE`: the symbols of one file, nested.
struct OutlineCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "outline", abstract: "Show the symbols of a file, nested as they are.")

  @Argument(help: "The file, relative to the current folder or to the repository.") var file: String
  @Flag(help: "Show imports, locals and labels, too.") var all = false
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    let workspace = try context.workspace.get()
    return try context.reading { view in
      let row = try find(in: view, workspace)
      let entries = try view.outline(of: row, all: all)
      let rows = entries.map { entry in
        view.row(entry.found).appending([
          "depth": .int(entry.depth), "signature": .string(entry.found.symbol.signature),
        ])
      }
      let extras: JSONObject = [
        "file": [
          "path": .string(row.path.text), "language": .string(row.language),
          "status": .string(row.status.name),
          "freshness": .string(view.freshness(of: row).rawValue),
        ]
      ]
      let isEmpty = entries.isEmpty && !row.status.hasSymbols
      return Answer(
        status: isEmpty ? .nothing : .done, query: ["file": .string(row.path.text)],
        results: rows.map { .object($0) }, extras: extras
      ) { page in
        Self.write(entries, of: row, freshness: view.freshness(of: row), to: &page)
      }
    }
  }

  /// The path as given from the current folder, else as given from the root.
  private func find(in view: IndexView, _ workspace: Workspace) throws -> FileRow {
    for path in [workspace.relative(file), file].compactMap({ $0 }) {
      let path = RepositoryPath(bytes: Array(path.utf8))
      if let row = try view.snapshot.file(at: path) { return row }
    }
    return try view.file(at: RepositoryPath(text: file))
  }

  private static func write(
    _ entries: [OutlineEntry], of file: FileRow, freshness: Freshness, to page: inout TextPage
  ) {
    let mark = freshness == .current ? "" : page.style.warn("  (\(freshness.rawValue) since it was indexed)")
    page.line(page.style.bold(TerminalText.escape(file.path.text)) + mark)
    let digits = entries.map { String($0.found.symbol.range.start.line).count }.max() ?? 0
    for entry in entries {
      let symbol = entry.found.symbol
      let line = String(symbol.range.start.line)
      let margin = String(repeating: " ", count: digits - line.count) + line
      let text = symbol.signature.isEmpty ? "\(symbol.kind.name) \(symbol.name)" : symbol.signature
      page.line(
        "\(page.style.dim(margin)) \(String(repeating: "  ", count: entry.depth))\(TerminalText.escape(text))"
      )
    }
    if !file.status.hasSymbols {
      page.line("It is not analyzed (\(file.status.name)); `codira explain` says why.")
    } else if entries.isEmpty {
      page.line("It defines nothing.")
    }
  }
}
