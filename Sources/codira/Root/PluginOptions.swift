import ArgumentParser
import CodiraPluginHost
import Glibc

/// Options of the commands that load plugins.
struct PluginOptions: ParsableArguments {
  @Option(
    name: .customLong("plugin"),
    help: ArgumentHelp("Use this plugin too, before all others; may be repeated.", valueName: "file"))
  var plugins: [String] = []

  /// Every plugin there is, by the order in which they win.
  func catalog(in context: CommandContext) throws -> PluginCatalog {
    try Self.catalog(explicit: plugins, in: context)
  }

  static func catalog(explicit: [String] = [], in context: CommandContext) throws -> PluginCatalog {
    let configuration = try context.configuration()
    let configured = configuration.strings(.plugins)
    let environment = context.environment
    let locations = PluginLocation.standard(
      explicit: explicit,
      environment: {
        $0 == ConfigurationKey.plugins.environmentName ? configured.joined(separator: ":") : environment[$0]
      },
      executable: executable)
    let choices = PluginChoices(
      disabled: userPlugins(environment)?.disabled() ?? [], owners: configuration.owners.mapValues(\.analyzer)
    )
    return PluginCatalog(locations: locations, choices: choices, cache: cache(environment))
      .marking(quarantine(environment))
  }

  /// The catalog for a run: a plugin that was asked for by name must load, any other that does not is told of, and
  /// a choice of owner must make sense.
  func usableCatalog(in context: CommandContext) throws -> PluginCatalog {
    let catalog = try catalog(in: context)
    for entry in catalog.entries {
      guard case .refused(let refusal, _) = entry.state else { continue }
      guard entry.origin == .explicit else {
        context.console.warning("plugin \(entry.path) is left out: \(refusal)")
        continue
      }
      throw CommandFailure(
        .usage, code: "plugin_refused", "Plugin \(entry.path) cannot be used: \(refusal).",
        hint: "`codira plugins info \(entry.path)` shows what was found.")
    }
    if let problem = catalog.ownerProblems.first { throw problem.failure(try context.configuration()) }
    return catalog
  }

  /// The user's own plugins; nil where there is no home.
  static func userPlugins(_ environment: Environment) -> UserPlugins? {
    PluginLocation.userFolder { environment[$0] }.map { UserPlugins(folder: $0) }
  }

  /// The plugins that are set aside, remembered beside descriptors.
  static func quarantine(_ environment: Environment) -> Quarantine {
    Quarantine(path: cache(environment).map { $0.dropLast("plugins".count) + "set-aside" })
  }

  /// The file that remembers descriptors, its folder made where it is missing; nil where there is no home.
  private static func cache(_ environment: Environment) -> String? {
    guard let base = environment.baseFolder("XDG_CACHE_HOME", under: ".cache") else { return nil }
    mkdir(base, 0o700)
    mkdir(base + "/codira", 0o700)
    return base + "/codira/plugins"
  }

  /// This program's own file, links followed.
  static var executable: String {
    guard let path = realpath("/proc/self/exe", nil) else { return CommandLine.arguments[0] }
    defer { free(path) }
    return String(cString: path)
  }

  static var executableFolder: String {
    executable.lastIndex(of: "/").map { String(executable[..<$0]) } ?? "."
  }
}
