import CodiraEmbedding
import CodiraModel

/// One setting: its name, what it may hold, and who may set it.
struct ConfigurationKey: Hashable, Sendable {
  enum Kind: String, Sendable { case integer, boolean, string, strings }

  let name: String
  let kind: Kind
  let defaultValue: JSONValue
  /// Whether the repository's own configuration may set it: never for plugins, models and limits.
  let isRepositoryAllowed: Bool
  /// The words a string may be; empty: any.
  let choices: [String]
  /// `CODIRA_` and the name in capitals, dots as underscores, unless it has one of its own.
  let environmentName: String
  let help: String

  init(
    _ name: String, _ kind: Kind, _ defaultValue: JSONValue, repository: Bool = true, choices: [String] = [],
    environment: String? = nil, _ help: String
  ) {
    self.name = name
    self.kind = kind
    self.defaultValue = defaultValue
    isRepositoryAllowed = repository
    self.choices = choices
    self.help = help
    environmentName =
      environment ?? "CODIRA_" + name.uppercased().map { $0 == "." ? "_" : String($0) }.joined()
  }
}

extension ConfigurationKey {
  static let jobs = ConfigurationKey(
    "index.jobs", .integer, 0, repository: false, "Analyzer processes at a time; 0: one a processor.")
  static let embeddings = ConfigurationKey(
    "index.embeddings", .boolean, true, "Whether `index` computes vectors.")
  static let usesGit = ConfigurationKey(
    "index.git", .boolean, true, "Whether git says which files belong to the repository.")
  static let largestFile = ConfigurationKey(
    "index.largest_file", .integer, 4_194_304, repository: false,
    "Bytes; larger files are listed, not analyzed.")
  static let analyzeSeconds = ConfigurationKey(
    "index.analyze_seconds", .integer, 30, repository: false, "CPU time an analyzer may take for one file.")
  static let analyzeMemory = ConfigurationKey(
    "index.analyze_megabytes", .integer, 2048, repository: false, "Memory of one analyzer process.")
  static let model = ConfigurationKey(
    "embedding.model", .string, "all-MiniLM-L6-v2", repository: false, "Name of an installed model.")
  static let precision = ConfigurationKey(
    "embedding.precision", .string, .string(Precision.int8.rawValue),
    choices: Precision.allCases.map(\.rawValue),
    "Arithmetic of the encoder.")
  static let dimension = ConfigurationKey(
    "embedding.dimension", .integer, 0,
    "Values of a vector that are kept, for models trained for it; 0: all.")
  static let plugins = ConfigurationKey(
    "plugins.paths", .strings, [], repository: false, environment: "CODIRA_PLUGINS",
    "More plugin files or folders.")
  static let searchLimit = ConfigurationKey(
    "search.limit", .integer, 10, "Results that `search` and `embeddings` show.")
  static let forbiddenLayers = ConfigurationKey(
    "graph.forbidden", .strings, [], "Layers that must not use another: `core -> web`.")
  static let forbidsCycles = ConfigurationKey(
    "graph.forbid_cycles", .boolean, false, "Whether a cycle of modules fails `graph`.")

  /// Every setting, in the order of `codira config list`.
  static let all: [ConfigurationKey] = [
    jobs, embeddings, usesGit, largestFile, analyzeSeconds, analyzeMemory, model, precision, dimension,
    plugins, searchLimit, forbiddenLayers, forbidsCycles,
  ]

  /// Tables of this name hold one analyzer's own settings, checked by its schema: `[analyzers.python]`.
  static let analyzersTable = "analyzers"
  /// A table of this name holds a layer's path patterns by its name: `core = ["src/core"]`.
  static let layersTable = "graph.layers"
  /// A table of this name says which analyzer takes what several claim: `".h" = "cpp"`.
  static let ownersTable = "owners"

  static func named(_ name: String) -> ConfigurationKey? { all.first { $0.name == name } }
}
