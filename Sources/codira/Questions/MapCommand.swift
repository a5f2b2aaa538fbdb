import ArgumentParser
import CodiraModel
import CodiraQuery

/// `codira map`: the repository at a glance.
struct MapCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "map",
    abstract: "Show the files and symbols that the rest of the repository uses most.",
    discussion: """
      A symbol counts by the files that mention its name, shared among the files that define it. The answer \
      keeps within --budget tokens, a token being three bytes of it.
      """)

  @Option(help: ArgumentHelp("Tokens the answer may have.", valueName: "tokens")) var budget = 2_000
  @OptionGroup(title: "Filters") var filters: FilterOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  static let leastBudget = 300

  func validate() throws {
    if budget < Self.leastBudget { throw ValidationError("--budget must be \(Self.leastBudget) or more") }
  }

  func answer(in context: CommandContext) throws -> Answer {
    let filter = try filters.filter()
    let query = (["budget": .int(budget)] as JSONObject).appending(filters.query)
    return try context.reading { view in
      let map = try RepositoryMap(of: view, filter: filter)
      let size = budget * ContextFormat.bytesPerToken
      let rows = MapReport(map: map, view: view).rows(within: size)
      return Answer(
        status: rows.isEmpty ? .nothing : .done, query: query, results: rows.map { .object($0) },
        extras: ["files": .int(map.files.count)]
      ) { page in
        MapReport(map: map, view: view).write(to: &page, within: size)
      }
    }
  }
}

/// A map as rows and as text, each within a number of bytes.
private struct MapReport {
  /// What an envelope takes beside its rows.
  private static let envelopeSize = 240

  let map: RepositoryMap
  let view: IndexView

  func rows(within size: Int) -> [JSONObject] {
    var left = size - Self.envelopeSize
    var rows: [JSONObject] = []
    for entry in map.files {
      for (found, users) in entry.symbols {
        let row = view.row(found).appending([
          "signature": .string(found.symbol.signature), "users": .int(users),
        ])
        left -= JSONValue.object(row).text.utf8.count + 1
        if left < 0 { return rows }
        rows.append(row)
      }
    }
    return rows
  }

  func write(to page: inout TextPage, within size: Int) {
    if map.files.isEmpty { page.line("Nothing here is used from another file.") }
    var left = size
    for entry in map.files {
      let lines = lines(entry, style: page.style)
      left -= lines.reduce(0) { $0 + $1.utf8.count + 1 }
      if left < 0 { return }
      for line in lines { page.line(line) }
    }
  }

  private func lines(_ entry: RepositoryMap.Entry, style: TextStyle) -> [String] {
    let symbols = entry.symbols.sorted {
      $0.found.symbol.range.start.offset < $1.found.symbol.range.start.offset
    }
    return [style.bold(TerminalText.escape(entry.file.path.text))]
      + symbols.map { found, users in
        let symbol = found.symbol
        let text = symbol.signature.isEmpty ? "\(symbol.kind.name) \(symbol.name)" : symbol.signature
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        let shown = line.count <= 100 ? line : line.prefix(99) + "…"
        return "  \(symbol.range.start.line) " + TerminalText.escape(String(shown))
          + style.dim("  (\(CountText.count(users, "file")))")
      }
  }
}
