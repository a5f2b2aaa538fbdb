import ArgumentParser
import CodiraModel
import CodiraPluginHost
import CodiraStore

/// `codira capabilities`: what each analyzer can report at all, and what it did report here.
struct CapabilitiesCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "capabilities",
    abstract: "Show which kinds of symbol each analyzer reports, and which the index has.",
    discussion: """
      Of the installed analyzers, and of those that the index was made with. With an analyzer's id or a \
      language all that is known of it.
      """,
    aliases: ["caps"])

  @Argument(help: "An analyzer's id or a language.") var subject: String?
  @OptionGroup var plugins: PluginOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    let table = try CapabilityTable(installed: plugins.catalog(in: context).plugins, context)
    let rows = try table.rows(of: subject)
    var query: JSONObject = [:]
    if let subject { query["subject"] = .string(subject) }
    return Answer(
      status: rows.isEmpty ? .nothing : .done, query: query, results: rows.map(\.json),
      extras: ["generation": table.generation.map { .int(Int($0)) } ?? .null]
    ) { page in
      if rows.isEmpty {
        page.line("No analyzer is installed; `codira plugins list` says why.")
      } else if subject == nil {
        CapabilityPage(rows: rows, hasIndex: table.generation != nil).writeTable(to: &page)
      } else {
        CapabilityPage(rows: rows, hasIndex: table.generation != nil).writeDetails(to: &page)
      }
    }
  }
}

/// One analyzer, and the kinds of symbol that the index has of it.
struct CapabilityRow {
  let descriptor: AnalyzerDescriptor
  let isInstalled: Bool
  /// nil where there is no index.
  let seen: [SymbolKind: Int]?

  /// The kinds of symbol that the index has, by the declared kind they belong to.
  func seen(in kind: OntologyKind) -> [(kind: SymbolKind, count: Int)] {
    SymbolKind.allCases.compactMap { symbol in
      guard symbol.ontology == kind, let count = seen?[symbol] else { return nil }
      return (symbol, count)
    }
  }

  var json: JSONValue {
    var kinds: JSONObject = [:]
    for kind in OntologyKind.allCases { kinds[kind.rawValue] = .bool(descriptor.supports(kind)) }
    var seen: JSONObject = [:]
    for kind in SymbolKind.allCases { seen[kind.name] = self.seen?[kind].map { .int($0) } }
    return [
      "analyzer": .string(descriptor.id), "version": .string(descriptor.version),
      "languages": .array(descriptor.languages.map { .string($0) }), "installed": .bool(isInstalled),
      "kinds": .object(kinds), "traits": .array(descriptor.traits.names.map { .string($0) }),
      "seen": self.seen == nil ? .null : .object(seen),
    ]
  }
}

/// The analyzers that are installed, and those that only the index knows.
struct CapabilityTable {
  private var all: [CapabilityRow] = []
  /// nil where there is no index.
  let generation: Int64?

  init(installed: [Plugin], _ context: CommandContext) throws {
    var known: [AnalyzerDescriptor] = []
    var kinds: [String: [SymbolKind: Int]] = [:]
    var found: Int64?
    do {
      (known, kinds, found) = try context.index().read {
        (try $0.analyzers().map(\.descriptor), try $0.symbolKinds(), try $0.generation())
      }
    } catch StoreError.notFound {
    }
    generation = found
    let loaded = installed.map(\.descriptor)
    let ids = Set(loaded.map(\.id))
    var gone: [String: AnalyzerDescriptor] = [:]
    for descriptor in known where !ids.contains(descriptor.id) { gone[descriptor.id] = descriptor }
    let hasIndex = found != nil
    all = (loaded + gone.values).map { descriptor in
      CapabilityRow(
        descriptor: descriptor, isInstalled: ids.contains(descriptor.id),
        seen: hasIndex ? kinds[descriptor.id] ?? [:] : nil)
    }
    .sorted { $0.descriptor.id < $1.descriptor.id }
  }

  /// Those of an id or language, or all.
  func rows(of subject: String?) throws -> [CapabilityRow] {
    guard let subject else { return all }
    let named = all.filter { $0.descriptor.id == subject }
    let found = named.isEmpty ? all.filter { $0.descriptor.languages.contains(subject) } : named
    if !found.isEmpty { return found }
    let nearest = NearestName.of(subject, among: all.flatMap { [$0.descriptor.id] + $0.descriptor.languages })
    throw CommandFailure(
      .nothing, code: "unknown_analyzer", "No analyzer and no language is called `\(subject)`.",
      hint: nearest.map { "Did you mean `\($0)`?" } ?? "`codira plugins list` shows the analyzers there are.")
  }
}

/// Capabilities for people.
private struct CapabilityPage {
  let rows: [CapabilityRow]
  let hasIndex: Bool

  func writeTable(to page: inout TextPage) {
    page.table(
      [["analyzer"] + OntologyKind.allCases.map { $0 == .documentation ? "docs" : $0.rawValue }]
        + rows.map { row in
          [TerminalText.escape(row.descriptor.id)]
            + OntologyKind.allCases.map { row.descriptor.supports($0) ? "yes" : "–" }
        })
    page.line()
    for row in rows where !row.descriptor.traits.isEmpty {
      page.line(
        TerminalText.escape(row.descriptor.id) + ": " + row.descriptor.traits.names.joined(separator: ", "))
    }
    for row in rows where !row.isInstalled {
      page.line(TerminalText.escape(row.descriptor.id) + " is known from the index, and not in use now.")
    }
    page.line("`codira capabilities ID` shows what the index has of each kind.")
  }

  func writeDetails(to page: inout TextPage) {
    for (index, row) in rows.enumerated() {
      if index > 0 { page.line() }
      write(row, to: &page)
    }
    if !hasIndex { page.line("There is no index here: what it would hold is not known.") }
  }

  private func write(_ row: CapabilityRow, to page: inout TextPage) {
    let descriptor = row.descriptor
    page.line(page.style.bold(TerminalText.escape("\(descriptor.id) \(descriptor.version)")))
    page.line("  languages  " + TerminalText.escape(descriptor.languages.joined(separator: ", ")))
    if !row.isInstalled { page.line("  It is known from the index, and not in use now.") }
    page.table(
      OntologyKind.allCases.map { kind in
        let seen = row.seen(in: kind).map { "\(CountText.number($0.count)) \($0.kind.name)" }
        let isDeclared = descriptor.supports(kind)
        return [
          kind.rawValue, isDeclared ? "yes" : "–",
          seen.joined(separator: ", ") + (isDeclared || seen.isEmpty ? "" : " (not declared)"),
        ]
      }, indent: 2)
    for name in descriptor.traits.names {
      page.line("  \(name): \(AnalyzerDescriptor.Traits.meaning(of: name))")
    }
  }
}
