import CodiraMCP

/// The tools of the server.
///
/// Their definitions are what every session of a client pays for: few and short.
enum ToolTable {
  static let standard = [explore, search, symbol, calls, map, status]
  static let all = standard + [outline, references, implementations, impact, changes, similar, docs]

  static let instructions = """
    An index of this repository: symbols, call graph, search by meaning. Ask `explore` first: one answer has the \
    source that matters with line numbers, its callers, tests and callees. For exact strings, grep is the better tool.
    """

  private static let path = CommandTool.Argument.option(
    "path", .text, "Only this folder or glob.")
  private static let language = CommandTool.Argument.option("language", .text, "Only this language.")
  private static let kind = CommandTool.Argument.option(
    "kind", .text, "Only this kind of symbol: function, class, …")
  private static let depth = CommandTool.Argument.option("depth", .integer(1...20), "Steps to follow.")

  private static func limit(_ most: Int) -> CommandTool.Argument {
    .option("limit", .integer(1...most), "Results at most.")
  }

  private static func named(_ help: String = "Name, qualified name or id.") -> CommandTool.Argument {
    .operand("name", help)
  }

  private static let explore = CommandTool(
    name: "explore", title: "Explore code",
    description:
      "Answer a question about the code, or show a symbol, with everything around it: numbered source of the "
      + "places that matter, callers, tests, callees.",
    command: ContextCommand.self, structured: ["--format=json"],
    arguments: [
      .operand("query", "Words or a symbol."),
      .option(
        "budget", .integer(ContextCommand.leastBudget...20_000), "Tokens of the answer; 4000 by default."),
      path, language,
    ],
    hint: "Ask again with a larger budget or a narrower query.")

  private static let search = CommandTool(
    name: "search", title: "Search symbols",
    description: "Find symbols and sections by words and by meaning: where they are, not their source.",
    command: SearchCommand.self,
    arguments: [.operand("query", "Words, a name or a sentence."), limit(50), path, language, kind, .cursor])

  private static let symbol = CommandTool(
    name: "symbol", title: "Show a symbol",
    description: "Definition, signature and documentation of a symbol, who calls it, what it calls.",
    command: SymbolCommand.self, arguments: [named(), path, language, kind, .cursor])

  private static let calls = CommandTool(
    name: "calls", title: "Follow calls",
    description: "Callers and callees of a symbol, to any depth; each says how sure it is.",
    command: CallsCommand.self,
    arguments: [
      named(),
      CommandTool.Argument(
        parameter: .init("direction", .choice(["callers", "callees", "both"]), "Both by default."),
        spelling: .choices(["callers": ["--callers"], "callees": ["--callees"]])),
      depth, .option("ambiguous", .boolean, "Follow calls with several possible targets."),
      .cursor,
    ])

  private static let map = CommandTool(
    name: "map", title: "Map the repository",
    description: "The repository at a glance: its most used files and symbols.",
    command: MapCommand.self,
    arguments: [
      .option("budget", .integer(MapCommand.leastBudget...20_000), "Tokens of the answer; 2000 by default."),
      path,
    ])

  private static let status = CommandTool(
    name: "status", title: "State of the index",
    description: "What is indexed, what failed, whether vectors are complete.",
    command: StatusCommand.self, arguments: [])

  private static let outline = CommandTool(
    name: "outline", title: "Outline a file", description: "The symbols of one file, nested.",
    command: OutlineCommand.self, arguments: [.operand("file", "Path from the repository's root."), .cursor])

  private static let references = CommandTool(
    name: "references", title: "Find references", description: "Every use of a symbol, with its role.",
    command: RefsCommand.self, arguments: [named(), .cursor])

  private static let implementations = CommandTool(
    name: "implementations", title: "Find implementations",
    description: "Subtypes of a type, overriding methods of a method.",
    command: ImplementationsCommand.self, arguments: [named(), .cursor])

  private static let impact = CommandTool(
    name: "impact", title: "Impact of a change",
    description: "What a change to a symbol may reach, and the tests among it.",
    command: ImpactCommand.self, arguments: [named(), depth, .cursor])

  private static let changes = CommandTool(
    name: "changes", title: "Show what changed",
    description:
      "What changed since a revision: changed lines in their symbols, callers, tests that reach them.",
    command: ContextCommand.self, fixed: ["--diff"], structured: ["--format=json"],
    arguments: [
      CommandTool.Argument(
        parameter: .init("revision", .text, "What to compare with; HEAD by default."), spelling: .operand),
      path, language,
    ],
    hint: "Ask again for a path.")

  private static let similar = CommandTool(
    name: "similar", title: "Find what resembles a symbol",
    description: "Copies, variants and counterparts of a symbol, nearest in meaning first.",
    command: SimilarCommand.self, arguments: [named(), limit(50), path, language, kind, .cursor])

  private static let docs = CommandTool(
    name: "docs", title: "Search the documentation",
    description: "Sections of the repository's documents, with the lines that match.",
    command: DocsCommand.self,
    arguments: [.operand("query", "Words or a sentence."), limit(50), path, .cursor])
}
