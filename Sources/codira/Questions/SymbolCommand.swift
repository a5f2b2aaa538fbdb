import ArgumentParser
import CodiraModel
import CodiraQuery

/// `codira symbol NAME`: where it is defined, what it says, who calls it, what it calls.
struct SymbolCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "symbol",
    abstract: "Show a symbol: its definition, who calls it, what it calls.",
    discussion: """
      NAME is a name, the end of a qualified name (Session.get) or a stable id. It is looked for as it stands, \
      then without regard to case, then as a suffix, then as what a type inherits.
      """,
    aliases: ["sym"])

  @Argument(help: "The symbol's name, qualified name or stable id.") var name: String
  @OptionGroup(title: "Filters") var filters: FilterOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    let filter = try filters.filter()
    let limit = limits.limit ?? 20
    let query = (["name": .string(name)] as JSONObject).appending(filters.query)
    return try context.reading { view in
      try Subject(name, filter).answer(in: view, query: query) { found in
        try SymbolReport(of: found, in: view, limit: limit).answer(query: query)
      }
    }
  }
}

/// Nothing has the name: says why, and what comes near.
struct UnknownName {
  let name: String
  let nearest: [String]
  let isFiltered: Bool

  func answer(query: JSONObject) -> Answer {
    let reason = isFiltered ? "filtered" : "unknown_name"
    let extras: JSONObject = [
      "reason": .string(reason), "nearest": .array(nearest.map { .string($0) }),
    ]
    return Answer(status: .nothing, query: query, extras: extras) { page in
      let shown = TerminalText.escape(name)
      page.line(
        isFiltered
          ? "Symbols named \(shown) exist, but the filters leave none." : "No symbol is named \(shown).")
      if !nearest.isEmpty {
        page.paragraph("Did you mean " + nearest.joined(separator: ", ") + "?", indent: 2)
      }
    }
  }
}

/// Several symbols have the name: lists them with their ids.
struct Ambiguity {
  let found: [FoundSymbol]

  func answer(in view: IndexView, query: JSONObject) -> Answer {
    let rows = found.map { found in
      view.row(found).appending(["signature": .string(found.symbol.signature)])
    }
    return Answer(query: query, results: rows.map { .object($0) }, extras: ["ambiguous": true]) { page in
      page.line("\(found.count) symbols have this name; ask for one by its qualified name or its id:")
      for each in found {
        page.line("  " + view.line(each, style: page.style))
        page.line("    " + TerminalText.escape(each.symbol.id.text))
      }
    }
  }
}
