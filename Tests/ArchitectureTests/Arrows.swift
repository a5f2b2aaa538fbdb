/// Which target may know which: ARCHITECTURE.md draws these arrows, this table enforces them.
enum Arrows {
  /// What each target may depend on; one that stands here with nothing is a leaf.
  static let allowed: [String: Set<String>] = [
    "CCodiraAnalyzer": [],
    "CNettle": [],
    "CSandbox": [],
    "CTreeSitter": [],
    "CEmbedding": [],
    "CVectors": [],
    "CodiraModel": [],
    "CodiraDigest": ["CNettle", "CodiraModel"],
    "CodiraAnalyzerKit": ["CCodiraAnalyzer", "CTreeSitter", "CodiraModel"],
    "CQueryData": [],
    "CodiraQueries": ["CQueryData", "CodiraAnalyzerKit", "CCodiraAnalyzer", "CodiraModel"],
    "CodiraPluginHost": ["CCodiraAnalyzer", "CSandbox", "CodiraModel", "CodiraDigest"],
    "CodiraConformance": ["CodiraModel", "CodiraPluginHost"],
    "CodiraPlanner": ["CodiraModel"],
    "CodiraStore": ["CVectors", "CodiraModel", "GRDB", "GRDBSQLite"],
    "CodiraEmbedding": ["CEmbedding", "CodiraDigest", "CodiraModel"],
    "CodiraIndexer": [
      "CodiraModel", "CodiraDigest", "CodiraPlanner", "CodiraStore", "CodiraEmbedding", "CodiraPluginHost",
    ],
    "CodiraQuery": ["CodiraModel", "CodiraDigest", "CodiraStore", "CodiraEmbedding"],
    "CHTTPServer": [],
    "CMicrohttpd": [],
    "CodiraMCP": ["CHTTPServer", "CodiraModel"],
    "HTTPServer": ["CHTTPServer", "CMicrohttpd"],
    "codira": [
      "CodiraModel", "CodiraDigest", "CodiraPlanner", "CodiraStore", "CodiraEmbedding", "CodiraPluginHost",
      "CodiraConformance", "CodiraIndexer", "CodiraQuery", "CodiraMCP", "ArgumentParser", "TOMLKit",
    ],
    "CodiraTestSupport": ["CodiraConformance", "CodiraModel", "CodiraPluginHost"],
    "embedding-bench": ["CEmbedding", "CodiraEmbedding"],
    "plugins-bench": ["CodiraPluginHost"],
    "search-bench": ["CodiraEmbedding", "CodiraQuery", "CodiraStore"],
  ]

  /// Foreign vocabularies, each with the one target that may speak it.
  static let owners: [String: String] = [
    "GRDB": "CodiraStore", "GRDBSQLite": "CodiraStore", "ArgumentParser": "codira", "TOMLKit": "codira",
    "CTreeSitter": "CodiraAnalyzerKit", "CNettle": "CodiraDigest", "CEmbedding": "CodiraEmbedding",
    "CMicrohttpd": "HTTPServer", "CHTTPServer": "CodiraMCP", "CQueryData": "CodiraQueries",
    "CVectors": "CodiraStore", "CSandbox": "CodiraPluginHost",
  ]

  /// The targets whose declarations others may use outside the package.
  static let published: Set<String> = ["CodiraModel", "CodiraAnalyzerKit", "CodiraEmbedding"]

  /// The targets that may load code while running.
  static let loaders: Set<String> = ["CodiraPluginHost", "CodiraMCP"]

  /// What a target of the product may import besides the package's own: nothing where it is pure.
  static func systemModules(of target: String) -> Set<String> {
    isPure(target) ? ["Synchronization"] : ["Synchronization", "Glibc", "Dispatch", "Foundation"]
  }

  /// Model and Planner do no input or output; kit and analyzers see no file system and stay small.
  static func isPure(_ target: String) -> Bool {
    ["CodiraModel", "CodiraPlanner", "CodiraAnalyzerKit", "CodiraQueries"].contains(target)
      || allowed[target] == nil
  }

  /// Whether a target may depend on another; an analyzer: on the kit, the interface, the model, grammars, and what
  /// C and C++ share.
  static func allow(_ target: String, _ other: String) -> Bool {
    if let known = allowed[target] { return known.contains(other) }
    return ["CodiraAnalyzerKit", "CCodiraAnalyzer", "CodiraModel", "CodiraCFamily"].contains(other)
      || other.hasPrefix("TreeSitter")
  }
}
