import ArgumentParser
import CodiraModel
import CodiraQuery

/// `codira refs NAME`: every place that names a symbol, whatever for.
struct RefsCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "refs",
    abstract: "List every reference to a symbol: calls, type uses, imports, values.")

  @Argument(help: "The symbol's name, qualified name or stable id.") var name: String
  @OptionGroup var roles: RoleOptions
  @Flag(help: "List unresolved calls of the name, too.") var unresolved = false
  @OptionGroup(title: "Filters") var filters: FilterOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    let asked = try roles.roles()
    let query = (["name": .string(name), "roles": .array(roles.names(asked))] as JSONObject)
      .appending(filters.query)
    let subject = Subject(name, try filters.filter())
    return try context.reading { view in
      try subject.answer(in: view, query: query) { rows in
        let incoming = try view.edges().edges(
          reaching: rows.map { GraphNode($0.symbol) }, roles: asked, listing: unresolved)
        return answer(rows, incoming, view, query: query)
      }
    }
  }

  private func answer(
    _ rows: [FoundSymbol], _ incoming: Incoming, _ view: IndexView, query: JSONObject
  ) -> Answer {
    var extras: JSONObject = [
      "ambiguous": false, "definitions": .array(rows.map { .object(view.row($0)) }),
      "unresolved_calls": .int(incoming.unresolvedCount),
    ]
    if unresolved { extras["open"] = .array(incoming.unresolved.map { .object(view.row($0)) }) }
    return Answer(
      status: incoming.edges.isEmpty ? .nothing : .done, query: query,
      results: incoming.edges.map { .object(view.row($0)) }, extras: extras
    ) { page in
      for row in rows { page.line(view.line(row, style: page.style)) }
      page.line()
      write(incoming, rows, view, to: &page)
    }
  }

  private func write(
    _ incoming: Incoming, _ rows: [FoundSymbol], _ view: IndexView, to page: inout TextPage
  ) {
    let limit = limits.limit ?? 100
    let byRole = Dictionary(grouping: incoming.edges, by: \.resolution.role)
    var left = limit
    for role in Reference.Role.allCases {
      guard let edges = byRole[role] else { continue }
      page.line(page.style.bold(role.name) + " (\(edges.count))")
      for edge in edges.prefix(left) {
        let notes = edge.notes.filter { $0 != role.name } + [view.mark(edge.file)]
        page.entry(edge.owner?.symbol.qualifiedName ?? "", place: edge.place, notes: notes, indent: 2)
      }
      left -= min(left, edges.count)
    }
    if incoming.edges.count > limit { page.line("… \(incoming.edges.count - limit) more (--limit)") }
    if incoming.edges.isEmpty {
      page.line("No reference found.")
      if rows.allSatisfy({ $0.symbol.kind.ontology == .variable || $0.symbol.kind.ontology == .constant }) {
        page.paragraph("Reads and writes of variables, fields and constants are not recorded.", indent: 2)
      }
    }
    UnresolvedCalls(count: incoming.unresolvedCount).write(
      to: &page, hint: unresolved ? "" : " (--unresolved)")
    guard unresolved else { return }
    for edge in incoming.unresolved.prefix(limit) {
      page.entry(edge.reference.written, place: edge.place, notes: edge.notes, indent: 2)
    }
  }
}

/// Which roles of references a question is about.
struct RoleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only references of this role (call, type_use, inherits, implements, callable_value, imports); may be "
        + "repeated."))
  var role: [String] = []

  /// All where none is named.
  func roles() throws -> Set<Reference.Role> {
    if role.isEmpty { return Set(Reference.Role.allCases) }
    return Set(
      try role.map { name in
        let word = name.lowercased().map { $0 == "-" || $0 == " " ? "_" : String($0) }.joined()
        if let role = Reference.Role.allCases.first(where: { $0.name == word }) { return role }
        let words = Reference.Role.allCases.map(\.name)
        let nearest = NearestName.of(word, among: words)
        throw CommandFailure(
          .usage, code: "bad_value", "`\(name)` is no role of a reference.",
          hint: nearest.map { "Did you mean `\($0)`?" } ?? "Roles are " + words.joined(separator: ", ") + ".")
      })
  }

  func names(_ roles: Set<Reference.Role>) -> [JSONValue] {
    Reference.Role.allCases.filter(roles.contains).map { .string($0.name) }
  }
}
