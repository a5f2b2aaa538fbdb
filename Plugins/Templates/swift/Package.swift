// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// The Swift kit of codira's installation: beside the `codira` on PATH, or the one that CODIRA names.
func kit() -> String {
  let command = Context.environment["CODIRA"] ?? "codira"
  let folders =
    command.contains("/") ? [""] : (Context.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/" }
  for folder in folders {
    let program = URL(fileURLWithPath: folder + command).resolvingSymlinksInPath()
    let kit = program.deletingLastPathComponent().deletingLastPathComponent().path + "/share/codira/kit"
    if FileManager.default.fileExists(atPath: kit + "/Package.swift") { return kit }
  }
  fatalError("codira's kit is not found: put codira on PATH, or say where it is: make CODIRA=DIR/bin/codira")
}

let package = Package(
  name: "codira-__NAME__",
  products: [.library(name: "codira-__NAME__", type: .dynamic, targets: ["Codira__TYPE__"])],
  dependencies: [.package(name: "codira-analyzer-kit", path: kit())],
  targets: [
    .target(
      name: "Codira__TYPE__",
      dependencies: [.product(name: "CodiraAnalyzerKit", package: "codira-analyzer-kit")],
      path: "Sources",
      linkerSettings: [
        // The Swift runtime inside, the entry alone outside.
        .unsafeFlags([
          "-static-stdlib", "-Xlinker", "--gc-sections", "-Xlinker", "--as-needed",
          "-Xlinker", "--version-script=\(Context.packageDirectory)/exports.map",
        ])
      ])
  ]
)
