import CodiraEmbedding

extension CommandContext {
  /// The user's models, then those of the installation.
  var modelStore: ModelStore { Self.modelStore(environment) }

  static func modelStore(_ environment: Environment) -> ModelStore {
    var variables: [String: String] = [:]
    for name in ["CODIRA_MODEL_HOME", "XDG_DATA_HOME", "HOME"] { variables[name] = environment[name] }
    return ModelStore(
      root: ModelStore.defaultRoot(variables),
      installations: [PluginOptions.executableFolder + "/../share/codira/models"])
  }
}
