import CodiraPluginHost

/// A plugin that a command names by its file, whatever is installed beside it.
enum NamedPlugin {
  static func load(_ file: String) throws(CommandFailure) -> Plugin {
    if PlainFile.isFolder(file) {
      throw CommandFailure(
        .usage, code: "no_file", "\(file) is a folder, not a plugin.",
        hint: "Name the shared object in it: `libcodira-NAME.so`.")
    }
    let catalog = PluginCatalog(locations: [PluginLocation(.explicit, file)])
    if let plugin = catalog.plugins.first { return plugin }
    guard case .refused(let refusal, _) = catalog.entries.first?.state else {
      throw CommandFailure(.usage, code: "no_file", "There is no plugin \(file).")
    }
    throw CommandFailure(
      .usage, code: refusal == .notFound ? "no_file" : "plugin_refused",
      "Plugin \(file) cannot be used: \(refusal).",
      hint: refusal == .notFound
        ? "Build it first, or correct the path." : "`codira plugins check \(file)` looks closer.")
  }
}
