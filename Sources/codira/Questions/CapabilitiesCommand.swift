import ArgumentParser
import CodiraModel
import CodiraQuery

/// `codira capabilities`: what the analyzers of the index can report at all.
struct CapabilitiesCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "capabilities",
    abstract: "Show which kinds of symbol each analyzer of the index reports.",
    aliases: ["caps"])

  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    try context.reading { view in
      let analyzers = try view.snapshot.analyzers().map(\.descriptor).sorted { $0.id < $1.id }
      let rows = analyzers.map { analyzer -> JSONValue in
        var kinds: JSONObject = [:]
        for kind in OntologyKind.allCases { kinds[kind.rawValue] = .bool(analyzer.supports(kind)) }
        return [
          "analyzer": .string(analyzer.id), "version": .string(analyzer.version),
          "languages": .array(analyzer.languages.map { .string($0) }), "kinds": .object(kinds),
        ]
      }
      return Answer(status: rows.isEmpty ? .nothing : .done, results: rows) { page in
        page.table(
          [["analyzer"] + OntologyKind.allCases.map(\.rawValue)]
            + analyzers.map { analyzer in
              [TerminalText.escape(analyzer.id)]
                + OntologyKind.allCases.map { analyzer.supports($0) ? "yes" : "–" }
            })
        if analyzers.isEmpty { page.line("No analyzer has read a file of this index.") }
      }
    }
  }
}
