import CodiraModel
import CodiraPluginHost

/// Tries a plugin that was just built: only the runtime can say whether queries fit a grammar.
enum BuiltPlugin {
  static func check(_ path: String, _ sources: NoCodeSources) throws -> Plugin {
    let catalog = PluginCatalog(locations: [PluginLocation(.explicit, path)])
    if case .refused(let refusal, _)? = catalog.entries.first?.state {
      throw CommandFailure(
        .usage, code: "plugin_refused", "The plugin was built, but cannot be loaded: \(refusal).",
        hint: "Name another place with `--output`, if it is the folder's fault.")
    }
    guard let plugin = catalog.plugins.first else { throw failure("it was not written", sources) }
    try start(plugin, sources)
    return plugin
  }

  /// Lets an instance read an empty file, which compiles its queries.
  private static func start(_ plugin: Plugin, _ sources: NoCodeSources) throws {
    let pool = AnalyzerPool(jobs: 1)
    defer { pool.stop() }
    let name =
      plugin.descriptor.suffixes.first.map { "empty" + $0 } ?? plugin.descriptor.fileNames.first ?? "empty"
    switch pool.analyze(AnalyzerSetup(plugin: plugin), path: name, source: []) {
    case .success, .failure(.notMine): return
    case .failure(.unavailable(let reason)): throw failure(reason, sources)
    case .failure(let other): throw failure("\(other)", sources)
    }
  }

  private static func failure(_ reason: String, _ sources: NoCodeSources) -> CommandFailure {
    // A query's fault begins with its file, seen from the folder.
    if sources.queries.contains(where: { reason.hasPrefix($0.file + ":") }) {
      return CommandFailure(.usage, code: "bad_query", "\(sources.folder)/\(reason)")
    }
    return CommandFailure(.usage, code: "bad_rules", "The analyzer does not start: \(reason).")
  }
}
