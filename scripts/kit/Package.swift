// swift-tools-version: 6.2
import PackageDescription

// The analyzer kit as a package of its own, for analyzers written in Swift outside codira's repository. Depend on
// it by its path; `exports.map` beside this file makes the linker export the entry point alone:
//
//     linkerSettings: [.unsafeFlags(["-static-stdlib", "-Xlinker", "--version-script=PATH/exports.map"])]
let package = Package(
  name: "codira-analyzer-kit",
  products: [.library(name: "CodiraAnalyzerKit", targets: ["CodiraAnalyzerKit"])],
  targets: [
    .target(name: "CCodiraAnalyzer"),
    .systemLibrary(name: "CTreeSitter", pkgConfig: "tree-sitter", providers: [.apt(["libtree-sitter-dev"])]),
    .target(name: "CodiraModel"),
    .target(name: "CodiraAnalyzerKit", dependencies: ["CCodiraAnalyzer", "CTreeSitter", "CodiraModel"]),
  ],
  cLanguageStandard: .c11
)
