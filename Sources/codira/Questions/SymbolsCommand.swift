import ArgumentParser
import CodiraModel
import CodiraQuery

/// `codira symbols`: every symbol that the filters let through.
struct SymbolsCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "symbols",
    abstract: "List symbols by path, language and kind.",
    aliases: ["symlist"])

  @Argument(help: ArgumentHelp("Only symbols whose name matches: `get*`.", valueName: "name-glob"))
  var name: String?
  @OptionGroup(title: "Filters") var filters: FilterOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    let filter = try filters.filter()
    var query = filters.query
    if let name { query["name"] = .string(name) }
    let limit = limits.limit ?? 1000
    return try context.reading { view in
      let (symbols, hasMore) = try view.symbols(filter: filter, name: name.map { PathGlob($0) }, limit: limit)
      let rows = symbols.map { view.row($0).appending(["signature": .string($0.symbol.signature)]) }
      return Answer(
        status: symbols.isEmpty ? .nothing : .done, query: query, results: rows.map { .object($0) },
        extras: ["truncated": .bool(hasMore)]
      ) { page in
        for symbol in symbols { page.line(view.line(symbol, style: page.style)) }
        if symbols.isEmpty { page.line("No symbol passes the filters.") }
        if hasMore { page.line("… more; raise --limit or narrow the filters") }
      }
    }
  }
}
