import CodiraConformance
import CodiraModel
import CodiraPluginHost
import Foundation
import Testing

/// The corpus of one analyzer: text files of cases, run through the built plugin in a worker process.
///
/// `UPDATE_SNAPSHOTS=1` writes what the analyzer reports into the files, and fails the run.
package final class Corpus: Sendable {
  private let folder: URL
  private let runner: CorpusRunner

  /// The plugin `libcodira-<analyzer>.so` beside the tests, and the corpus in `folder`; a case without a path is
  /// the file `sample` with that suffix.
  package convenience init(analyzer: String, suffix: String, folder: String) throws {
    let path = Corpus.products.appendingPathComponent("libcodira-\(analyzer).so").path
    try self.init(plugin: path, suffix: suffix, folder: folder)
  }

  /// The same of a plugin anywhere.
  package init(plugin path: String, suffix: String, folder: String) throws {
    self.folder = Checkout.root.appendingPathComponent(folder)
    let command = Corpus.products.appendingPathComponent("codira").path
    let catalog = PluginCatalog(locations: [PluginLocation(.explicit, path)], executable: command)
    let plugin = try #require(catalog.plugins.first, "\(catalog.entries)")
    runner = CorpusRunner(
      plugin: plugin, pool: AnalyzerPool(jobs: 2, executable: command), defaultPath: "sample" + suffix)
  }

  private static let products: URL = {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: bundle).deletingLastPathComponent()
  }()

  /// Names of the corpus files, sorted.
  package static func files(_ folder: String) -> [String] {
    let url = Checkout.root.appendingPathComponent(folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return names.filter { $0.hasSuffix(".txt") }.sorted()
  }

  package func cases(_ file: String) throws -> [CorpusCase] {
    CorpusCase.parse(
      String(decoding: try Data(contentsOf: folder.appendingPathComponent(file)), as: UTF8.self))
  }

  package func analyze(_ item: CorpusCase, source: String? = nil) -> Result<FileArtifacts, AnalysisFailure> {
    runner.analyze(item, source: source)
  }

  /// Compares every case of a file with what the analyzer reports; a second run must report the same.
  package func check(_ file: String) throws {
    var cases = try cases(file)
    try #require(!cases.isEmpty, "\(file) has no cases")
    var isUpdated = false
    for index in cases.indices {
      let title = "\(file): \(cases[index].title)"
      switch try runner.run(cases[index]) {
      case .passed: continue
      case .failed(let failure): Issue.record("\(title): \(failure)")
      case .unstable(let lines): Issue.record("\(title): asked again\n\(text(lines))")
      case .differs(let lines, let reported):
        if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1" {
          cases[index].expected = reported
          isUpdated = true
        } else {
          Issue.record("\(title)\n\(text(lines))")
        }
      }
    }
    guard isUpdated else { return }
    let text = cases.map(\.text).joined(separator: "\n")
    try Data(text.utf8).write(to: folder.appendingPathComponent(file))
    Issue.record("\(file) was rewritten: read the difference, then run again without UPDATE_SNAPSHOTS")
  }

  /// Appends one more definition of each symbol's name, as `definition` writes it, and demands that the ids of
  /// all that was there before stay what they were.
  package func checkAppending(_ file: String, _ definition: (Symbol) -> String?) throws {
    for item in try cases(file) {
      let before = try analyze(item).get()
      let addition = before.symbols.compactMap(definition).joined()
      if addition.isEmpty || before.isPartial { continue }
      let after = try analyze(item, source: item.source + addition).get()
      let ids = Set(after.symbols.map { Definition(id: $0.id, name: $0.nameRange.start.offset) })
      for symbol in before.symbols {
        // A declaration gives its id to the definition that now follows it.
        let isDeclaration = symbol.flags.contains(.declarationOnly)
        let kept =
          isDeclaration
          ? after.symbols.contains { $0.id == symbol.id }
          : ids.contains(Definition(id: symbol.id, name: symbol.nameRange.start.offset))
        #expect(kept, "\(file): \(item.title): \(symbol.id) after \(addition)")
      }
    }
  }

  private func text(_ lines: [LineDifference]) -> String {
    lines.map(\.description).joined(separator: "\n")
  }

  private struct Definition: Hashable {
    var id: StableID
    var name: UInt32
  }
}

/// So that tests of analyzers need this module alone.
package typealias CorpusCase = CodiraConformance.CorpusCase
