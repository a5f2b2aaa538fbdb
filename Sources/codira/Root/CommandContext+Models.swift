import CodiraEmbedding

extension CommandContext {
  /// The user's models, then those of the installation.
  var modelStore: ModelStore {
    var variables: [String: String] = [:]
    for name in ["CODIRA_MODEL_HOME", "XDG_DATA_HOME", "HOME"] { variables[name] = environment[name] }
    let executable = PluginOptions.executable
    let folder = executable.lastIndex(of: "/").map { String(executable[..<$0]) } ?? "."
    return ModelStore(
      root: ModelStore.defaultRoot(variables), installations: [folder + "/../share/codira/models"])
  }
}
