import ArgumentParser
import CodiraModel
import CodiraPluginHost

/// `codira plugins install`: a plugin's file into the user's folder, once it has loaded.
struct PluginsInstallCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Copy a plugin into your plugin folder, where every run finds it.",
    discussion: """
      It is loaded in a worker process first: what would be refused later is refused now. codira downloads \
      nothing: get the file yourself. --force takes a version older than the one installed, and a file that \
      others could have changed.
      """)

  @Argument(help: "The plugin's file.") var file: String
  @Flag(help: "Install an older version, or a file that others may write.") var force = false
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    if file.contains("://") {
      throw CommandFailure(
        .usage, code: "not_a_file", "\(file) is an address, and codira downloads no plugins.",
        hint: "Fetch it yourself, see where it comes from, then install the file.")
    }
    guard let user = PluginOptions.userPlugins(context.environment) else { throw Self.homeless }
    let before = try PluginOptions.catalog(in: context)
    let installation = try stage(user)
    let plugin = installation.plugin
    let old = before.entries.first { $0.path == PluginFile.resolved(installation.path) }
    if old?.plugin?.digest == plugin.digest {
      installation.discard()
    } else {
      do {
        try checkVersion(of: plugin, over: old)
        try installation.commit()
      } catch {
        installation.discard()
        throw error
      }
    }
    let report = InstallReport(
      plugin: plugin, path: PluginFile.resolved(installation.path), replaced: old,
      catalog: try PluginOptions.catalog(in: context))
    return Answer(query: ["file": .string(file)], results: [report.row]) { report.write(to: &$0) }
  }

  /// Copies and loads it; a refusal names the file that was asked for, not the copy.
  private func stage(_ user: UserPlugins) throws -> PluginInstallation {
    do throws(PluginInstallation.Failure) {
      return try PluginInstallation(source: file, into: user, trustsSource: force)
    } catch {
      switch error {
      case .folder(let failure): throw failure
      case .refused(.notFound):
        throw CommandFailure(.usage, code: "no_file", "There is no file \(file).")
      case .refused(let refusal):
        var hint = "`codira plugins info \(file)` shows what was found."
        if case .untrusted = refusal {
          hint = "Others could have changed it. If you know what it is, --force installs it."
        }
        throw CommandFailure(
          .usage, code: "plugin_refused", "\(file) is not installed: \(refusal).", hint: hint)
      }
    }
  }

  private func checkVersion(of plugin: Plugin, over old: PluginEntry?) throws {
    guard !force, let installed = old?.plugin?.descriptor,
      VersionOrder.isOlder(plugin.descriptor.version, than: installed.version)
    else { return }
    throw CommandFailure(
      .usage, code: "older_version",
      "\(plugin.descriptor.id) \(plugin.descriptor.version) is older than \(installed.version), which is installed.",
      hint: "--force installs it nevertheless.")
  }

  static let homeless = CommandFailure(
    .usage, code: "no_home", "There is no folder for your plugins: neither XDG_DATA_HOME nor HOME is set.")
}

/// What an installation changed.
private struct InstallReport {
  let plugin: Plugin
  let path: String
  /// What was at its place before.
  let replaced: PluginEntry?
  /// After it.
  let catalog: PluginCatalog

  private var id: String { plugin.descriptor.id }
  private var version: String { plugin.descriptor.version }
  private var isSame: Bool { replaced?.plugin?.digest == plugin.digest }
  private var entry: PluginEntry? { catalog.entries.first { $0.path == path } }
  private var shadowed: [PluginEntry] {
    catalog.entries.filter { if case .shadowed(_, by: path) = $0.state { true } else { false } }
  }
  private var conflicts: [PluginConflict] {
    catalog.conflicts.filter { $0.owner == id || $0.others.contains(id) }
  }

  var row: JSONValue {
    [
      "id": .string(id), "version": .string(version), "path": .string(path),
      "digest": .string(plugin.digest.hex),
      "changed": .bool(!isSame), "status": .string(entry?.status ?? "loaded"),
      "reason": .optional(entry?.reason),
      "replaced": replaced.map {
        ["version": .optional($0.version), "digest": .optional($0.digest?.hex)]
      } ?? .null,
      "shadows": .array(
        shadowed.map { ["path": .string($0.path), "version": .optional($0.version)] }),
      "conflicts": .array(conflicts.map(\.row)),
    ]
  }

  func write(to page: inout TextPage) {
    page.paragraph(headline)
    page.line("  " + TerminalText.escape(path))
    if let reason = entry?.reason { page.paragraph("It is not used: \(reason)", indent: 2) }
    for other in shadowed {
      page.paragraph(
        "It comes before \(other.path) (\(other.version ?? "")), which is not used any more.", indent: 2)
    }
    for conflict in conflicts { conflict.write(to: &page, indent: 2) }
    let claims = plugin.descriptor.suffixes + plugin.descriptor.fileNames
    if !isSame, entry?.reason == nil, !claims.isEmpty {
      page.paragraph("`codira index` reads \(claims.joined(separator: " ")) with it.", indent: 2)
    }
  }

  private var headline: String {
    guard let replaced else { return "Installed \(id) \(version)." }
    guard let old = replaced.version else {
      return "Installed \(id) \(version) in the place of a file that did not load."
    }
    if isSame { return "\(id) \(version) is installed already." }
    return old == version
      ? "Installed \(id) \(version) in the place of another build of it."
      : "Installed \(id) \(version) in the place of \(old)."
  }
}

/// Which of two versions is the older, as far as their numbers say.
enum VersionOrder {
  /// Compares the runs of digits; texts of equal numbers are not older than each other.
  static func isOlder(_ left: String, than right: String) -> Bool {
    let (left, right) = (numbers(left), numbers(right))
    for index in 0..<max(left.count, right.count) {
      let (first, second) = (index < left.count ? left[index] : 0, index < right.count ? right[index] : 0)
      if first != second { return first < second }
    }
    return false
  }

  private static func numbers(_ version: String) -> [Int] {
    version.split { !("0"..."9").contains($0) }.map { Int($0) ?? .max }
  }
}
