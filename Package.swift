// swift-tools-version: 6.2
// One section a layer, in the order of the arrows: artifacts, analyzers, host, store, embedding, queries, command line.
import PackageDescription

/// Plugins export their entry point alone, and find libraries in an installation's `runtime` folder.
///
/// A Swift plugin carries its Swift runtime: it loads in half the time, and two plugins may come from two
/// compilers. A plugin in C starts no such runtime, so that none is linked. The rpath is of the old style, as the
/// command's, because that one holds for the libraries of libraries too.
func pluginLinkerSettings(swift: Bool) -> [LinkerSetting] {
  [
    .unsafeFlags(
      (swift ? [] : ["-nostartfiles"]) + [
        "-static-stdlib", "-Xlinker", "--gc-sections", "-Xlinker", "--as-needed",
        "-Xlinker", "--version-script=\(Context.packageDirectory)/Plugins/exports.map",
        "-Xlinker", "--disable-new-dtags", "-Xlinker", "-rpath", "-Xlinker", "$ORIGIN/../runtime",
      ])
  ]
}

/// The command starts in half the time with the Swift runtime inside.
///
/// The flag stands here, not on the command line, so that tests share one build directory with it. The libraries
/// are those that a static Foundation needs.
let hostLinkerSettings: [LinkerSetting] = [
  .unsafeFlags([
    "-static-stdlib", "-lCoreFoundation", "-l_FoundationICU", "-l_FoundationCShims",
    "-l_FoundationCollections", "-lswiftSynchronization", "-lstdc++",
    "-Xlinker", "--disable-new-dtags", "-Xlinker", "-rpath", "-Xlinker", "$ORIGIN/../lib/codira/runtime",
  ])
]

/// The library that speaks HTTP exports its entry point alone; it lies above an installation's `runtime` folder.
let httpLinkerSettings: [LinkerSetting] = [
  .unsafeFlags([
    "-nostartfiles", "-static-stdlib", "-Xlinker", "--gc-sections", "-Xlinker", "--as-needed",
    "-Xlinker", "--version-script=\(Context.packageDirectory)/Sources/HTTPServer/exports.map",
    "-Xlinker", "--disable-new-dtags", "-Xlinker", "-rpath", "-Xlinker", "$ORIGIN/runtime",
  ])
]

let swiftSettings: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// A tree-sitter grammar: fetched C sources beside a header of ours, always optimized.
func grammar(_ language: String, scanner: Bool, ownScanner: Bool = false) -> Target {
  .target(
    name: "TreeSitter\(language)",
    path: "grammars/\(language.lowercased())",
    sources: ["src/parser.c"] + (ownScanner ? ["scanner/scanner.c"] : scanner ? ["src/scanner.c"] : []),
    publicHeadersPath: "include",
    cSettings: [.headerSearchPath("src"), .unsafeFlags(["-O2", "-w"])])
}

/// The analyzers written with the kit, and the grammars of each, with what several languages share: `Plugins/<Language>` becomes the product
/// `codira-<language>`.
let analyzers: [(language: String, grammars: [Target.Dependency])] = [
  ("Bash", ["TreeSitterBash"]),
  ("C", ["CodiraCFamily", "TreeSitterC"]),
  ("Cpp", ["CodiraCFamily", "TreeSitterCpp"]),
  ("Go", ["TreeSitterGo"]),
  ("Java", ["TreeSitterJava"]),
  ("JSON", ["TreeSitterJSON"]),
  ("Markdown", []),
  ("Python", ["TreeSitterPython"]),
  ("Rust", ["TreeSitterRust"]),
  ("Text", []),
  ("TypeScript", ["TreeSitterTypeScript", "TreeSitterTSX"]),
]

func product(_ language: String) -> Product {
  .library(name: "codira-\(language.lowercased())", type: .dynamic, targets: ["Codira\(language)"])
}

/// An analyzer and its tests.
func analyzer(_ language: String, _ grammars: [Target.Dependency]) -> [Target] {
  [
    .target(
      name: "Codira\(language)",
      dependencies: ["CodiraAnalyzerKit", "CCodiraAnalyzer"] + grammars,
      path: "Plugins/\(language)/Sources",
      swiftSettings: swiftSettings,
      linkerSettings: pluginLinkerSettings(swift: true)),
    .testTarget(
      name: "Codira\(language)Tests",
      dependencies: ["CodiraTestSupport", "CodiraModel", "CodiraPluginHost"],
      path: "Plugins/\(language)/Tests",
      exclude: ["Corpus"],
      swiftSettings: swiftSettings),
  ]
}

func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["CodiraTestSupport"], exclude: exclude,
    swiftSettings: swiftSettings)
}

let package = Package(
  name: "codira",
  products: [
    .executable(name: "codira", targets: ["codira"]),
    .library(name: "CodiraEmbedding", targets: ["CodiraEmbedding"]),
    .library(name: "CodiraAnalyzerKit", targets: ["CodiraAnalyzerKit"]),
    .library(name: "codirahttp", type: .dynamic, targets: ["HTTPServer"]),
    .library(name: "CodiraQueries", type: .static, targets: ["CodiraQueries"]),
    product("Ini"),
  ] + analyzers.map { product($0.language) },
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // Artifacts
    .target(name: "CCodiraAnalyzer"),
    .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
    module("CodiraModel", []),
    module("CodiraDigest", ["CNettle", "CodiraModel"]),

    // Analyzers
    .systemLibrary(name: "CTreeSitter", pkgConfig: "tree-sitter", providers: [.apt(["libtree-sitter-dev"])]),
    module("CodiraAnalyzerKit", ["CCodiraAnalyzer", "CTreeSitter", "CodiraModel"]),
    .target(
      name: "CodiraCFamily", dependencies: ["CodiraAnalyzerKit"], path: "Plugins/CFamily/Sources",
      swiftSettings: swiftSettings),
    grammar("Bash", scanner: true),
    grammar("C", scanner: false),
    grammar("Cpp", scanner: true),
    grammar("Go", scanner: false),
    grammar("Java", scanner: false),
    grammar("JavaScript", scanner: true),
    grammar("JSON", scanner: false),
    grammar("Python", scanner: true),
    grammar("Rust", scanner: true),
    grammar("TSX", scanner: true, ownScanner: true),
    grammar("TypeScript", scanner: true, ownScanner: true),
    .target(
      name: "CodiraIni", dependencies: ["CCodiraAnalyzer"], path: "Plugins/Ini/Sources",
      linkerSettings: pluginLinkerSettings(swift: false)),
    .testTarget(
      name: "CodiraIniTests", dependencies: ["CodiraTestSupport", "CodiraModel", "CodiraPluginHost"],
      path: "Plugins/Ini/Tests", exclude: ["Corpus"], swiftSettings: swiftSettings),

    // What every analyzer without code shares: `scripts/queries` makes libcodira-queries.a of it.
    .target(name: "CQueryData"),
    module("CodiraQueries", ["CQueryData", "CodiraAnalyzerKit", "CCodiraAnalyzer", "CodiraModel"]),

    // Host
    .systemLibrary(name: "CSandbox", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
    module("CodiraPluginHost", ["CCodiraAnalyzer", "CSandbox", "CodiraModel", "CodiraDigest"]),
    module("CodiraConformance", ["CodiraModel", "CodiraPluginHost"]),

    // Reuse, store, embedding, index
    module("CodiraPlanner", ["CodiraModel"]),
    .target(name: "CVectors", cSettings: [.unsafeFlags(["-O3", "-ffp-contract=off"])]),
    module(
      "CodiraStore",
      [
        "CVectors", "CodiraModel", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    .target(name: "CEmbedding"),
    module("CodiraEmbedding", ["CEmbedding", "CodiraDigest", "CodiraModel"]),
    .executableTarget(
      name: "embedding-bench", dependencies: ["CEmbedding", "CodiraEmbedding"],
      path: "Benchmarks/embedding/Sources", swiftSettings: swiftSettings),
    .executableTarget(
      name: "plugins-bench", dependencies: ["CodiraPluginHost"], path: "Benchmarks/plugins/Sources",
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "search-bench", dependencies: ["CodiraEmbedding", "CodiraQuery", "CodiraStore"],
      path: "Benchmarks/search/Sources", swiftSettings: swiftSettings),
    module(
      "CodiraIndexer",
      ["CodiraModel", "CodiraDigest", "CodiraPlanner", "CodiraStore", "CodiraEmbedding", "CodiraPluginHost"]),

    // Queries and the command line
    module("CodiraQuery", ["CodiraModel", "CodiraDigest", "CodiraStore", "CodiraEmbedding"]),
    .target(name: "CHTTPServer"),
    module("CodiraMCP", ["CHTTPServer", "CodiraModel"]),
    .systemLibrary(name: "CMicrohttpd", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
    .target(
      name: "HTTPServer", dependencies: ["CHTTPServer", "CMicrohttpd"], exclude: ["exports.map"],
      linkerSettings: httpLinkerSettings),
    .executableTarget(
      name: "codira",
      dependencies: [
        "CodiraModel", "CodiraDigest", "CodiraPlanner", "CodiraStore", "CodiraEmbedding", "CodiraPluginHost",
        "CodiraConformance", "CodiraIndexer", "CodiraQuery", "CodiraMCP",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "TOMLKit", package: "TOMLKit"),
      ],
      swiftSettings: swiftSettings,
      linkerSettings: hostLinkerSettings),

    // Tests
    .target(
      name: "CodiraTestSupport", dependencies: ["CodiraConformance", "CodiraModel", "CodiraPluginHost"],
      path: "Tests/Support",
      swiftSettings: swiftSettings),
    tests("ArchitectureTests", []),
    tests("AnalyzerABITests", ["CodiraPluginHost", "CodiraModel"], exclude: ["Frozen"]),
    tests("CodiraModelTests", ["CodiraModel", "CodiraDigest"]),
    tests("CodiraAnalyzerKitTests", ["CodiraAnalyzerKit", "CCodiraAnalyzer", "TreeSitterPython"]),
    tests(
      "CodiraPluginHostTests", ["CodiraPluginHost", "CodiraModel", "CodiraDigest", "CCodiraAnalyzer"],
      exclude: ["Fixtures"]),
    tests(
      "CodiraConformanceTests", ["CodiraConformance", "CodiraPluginHost", "CodiraModel"],
      exclude: ["Fixtures"]),
    tests("QueriesTests", ["CodiraModel"]),
    tests("CodiraPlannerTests", ["CodiraPlanner", "CodiraModel"]),
    tests("CodiraStoreTests", ["CodiraStore", "CodiraModel"]),
    tests(
      "CodiraEmbeddingTests", ["CodiraEmbedding", "CEmbedding", "CodiraDigest", "CodiraModel"],
      exclude: ["Fixtures"]),
    tests(
      "CodiraIndexerTests",
      ["CodiraIndexer", "CodiraQuery", "CodiraStore", "CodiraPlanner", "CodiraModel", "CodiraDigest"]),
    tests("CodiraQueryTests", ["CodiraQuery", "CodiraStore", "CodiraDigest", "CodiraModel"]),
    tests("CodiraMCPTests", ["CodiraMCP", "CodiraModel"]),
    tests("CommandLineTests", [], exclude: ["Help"]),
    tests("EndToEndTests", ["CodiraModel"], exclude: ["Sessions", "Tree"]),
  ] + analyzers.flatMap { analyzer($0.language, $0.grammars) },
  cLanguageStandard: .c11,
  cxxLanguageStandard: .cxx17
)
