// swift-tools-version: 6.2
import PackageDescription

// The analyzer kit as a package of its own, for analyzers written in Swift outside codira's repository. Depend on
// it by its path, as the project does that `codira plugins new NAME --language swift` writes.
//
// tree-sitter is here as a header and an archive: an analyzer needs no library of it where it is used.
let package = Package(
  name: "codira-analyzer-kit",
  products: [.library(name: "CodiraAnalyzerKit", targets: ["CodiraAnalyzerKit", "CCodiraAnalyzer"])],
  targets: [
    .target(name: "CCodiraAnalyzer"),
    .target(
      name: "CTreeSitter",
      linkerSettings: [.unsafeFlags(["-L\(Context.packageDirectory)/lib"]), .linkedLibrary("tree-sitter")]),
    .target(name: "CodiraModel"),
    .target(name: "CodiraAnalyzerKit", dependencies: ["CCodiraAnalyzer", "CTreeSitter", "CodiraModel"]),
  ],
  cLanguageStandard: .c11
)
