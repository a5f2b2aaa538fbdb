// swift-tools-version: 6.2
// A package of its own that uses the embedding library alone: nothing else of the repository is built.
import PackageDescription

let package = Package(
  name: "embed-text",
  dependencies: [.package(name: "codira", path: "../..")],
  targets: [
    .executableTarget(
      name: "embed-text", dependencies: [.product(name: "CodiraEmbedding", package: "codira")],
      path: "Sources")
  ])
