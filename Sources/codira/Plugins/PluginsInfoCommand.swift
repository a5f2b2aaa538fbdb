import ArgumentParser
import CodiraModel
import CodiraPluginHost

/// `codira plugins info`: everything that is known of one plugin, used or not.
struct PluginsInfoCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Show everything about one plugin: what it says of itself, and why it is used or not.",
    discussion: """
      Of a file that is refused it shows what was found, and the reason. No code of the plugin runs but in a \
      worker process.
      """)

  @Argument(help: "An analyzer's id, or a plugin's file.") var subject: String
  @OptionGroup var plugins: PluginOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    let catalog = try plugins.catalog(in: context)
    let details = try PluginSubject(subject).entries(in: catalog, context).map { found in
      PluginDetails(entry: found.entry, isCandidate: found.isCandidate, catalog: catalog)
    }
    return Answer(
      query: ["subject": .string(subject)], results: details.map { .object($0.row) }
    ) { page in
      for (index, detail) in details.enumerated() {
        if index > 0 { page.line() }
        PluginPage(details: detail).write(to: &page)
      }
    }
  }
}

/// A plugin as a person names it: by its analyzer's id, or by its file.
struct PluginSubject {
  let text: String

  init(_ text: String) { self.text = text }

  var isFile: Bool { text.contains("/") || text.hasSuffix(".so") || PlainFile.exists(text) }

  /// The candidates it means; a file that is none is looked at by itself.
  func entries(
    in catalog: PluginCatalog, _ context: CommandContext
  ) throws -> [(entry: PluginEntry, isCandidate: Bool)] {
    if isFile {
      let path = PluginFile.resolved(text)
      if let entry = catalog.entries.first(where: { $0.path == path }) { return [(entry, true)] }
      let own = PluginCatalog(locations: [PluginLocation(.explicit, text)])
      guard let entry = own.entries.first else { throw unknown(catalog) }
      if case .refused(.notFound, _) = entry.state {
        throw CommandFailure(
          .usage, code: "no_file", "There is no file \(text).",
          hint: "Give a plugin's file, or an analyzer's id as `codira plugins list` shows it.")
      }
      return [(entry, false)]
    }
    let entries = catalog.entries(ofAnalyzer: text)
    if entries.isEmpty { throw unknown(catalog) }
    return entries.map { ($0, true) }
  }

  func unknown(_ catalog: PluginCatalog) -> CommandFailure {
    let nearest = NearestName.of(text, among: catalog.entries.compactMap(\.analyzerID))
    return CommandFailure(
      .nothing, code: "unknown_plugin", "No plugin has the analyzer id `\(text)`.",
      hint: nearest.map { "Did you mean `\($0)`?" } ?? "`codira plugins list` shows the plugins there are.")
  }
}
