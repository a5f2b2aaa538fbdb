import CodiraModel
import CodiraPluginHost
import Foundation
import Testing

/// The corpus of one analyzer: text files of cases, run through the built plugin in a worker process.
///
/// `UPDATE_SNAPSHOTS=1` writes what the analyzer reports into the files, and fails the run.
package final class Corpus: Sendable {
  private let analyzer: String
  private let suffix: String
  private let folder: URL
  private let pool: AnalyzerPool
  private let plugin: Plugin

  /// The plugin `libcodira-<analyzer>.so` beside the tests, and the corpus in `folder`; a case without a path is
  /// the file `sample` with that suffix.
  package init(analyzer: String, suffix: String, folder: String) throws {
    self.analyzer = analyzer
    self.suffix = suffix
    self.folder = Checkout.root.appendingPathComponent(folder)
    let products = Corpus.products
    let command = products.appendingPathComponent("codira").path
    let path = products.appendingPathComponent("libcodira-\(analyzer).so").path
    let catalog = PluginCatalog(locations: [PluginLocation(.explicit, path)], executable: command)
    plugin = try #require(catalog.plugins.first, "\(catalog.entries)")
    pool = AnalyzerPool(jobs: 2, executable: command)
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
    let project = item.project.sorted().map(Self.projectFile)
    let configuration = item.configuration.isEmpty ? "{}" : item.configuration
    let setup = AnalyzerSetup(plugin: plugin, configuration: configuration, projectFiles: project)
    let path = item.path.isEmpty ? "sample" + suffix : item.path
    return pool.analyze(setup, path: path, source: Array((source ?? item.source).utf8))
  }

  private static func projectFile(_ line: String) -> ProjectFile {
    guard let mark = line.firstRange(of: " = ") else { return ProjectFile(path: line) }
    let content = line[mark.upperBound...].replacing("\\n", with: "\n")
    return ProjectFile(path: String(line[..<mark.lowerBound]), bytes: Array(content.utf8))
  }

  /// Compares every case of a file with what the analyzer reports; a second run must report the same.
  package func check(_ file: String) throws {
    var cases = try cases(file)
    try #require(!cases.isEmpty, "\(file) has no cases")
    var isUpdated = false
    for index in cases.indices {
      let reported = try ArtifactText.lines(analyze(cases[index]).get(), show: cases[index].show)
      #expect(try reported == ArtifactText.lines(analyze(cases[index]).get(), show: cases[index].show))
      if reported == cases[index].expected { continue }
      if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1" {
        cases[index].expected = reported
        isUpdated = true
      } else {
        Issue.record("\(file): \(cases[index].title)\n\(difference(cases[index].expected, reported))")
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

  private struct Definition: Hashable {
    var id: StableID
    var name: UInt32
  }

  /// Lines of one side alone.
  private func difference(_ expected: String, _ reported: String) -> String {
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = reported.split(separator: "\n", omittingEmptySubsequences: false)
    return new.difference(from: old).map { change in
      switch change {
      case .insert(let offset, let line, _): "+ \(offset + 1): \(line)"
      case .remove(let offset, let line, _): "- \(offset + 1): \(line)"
      }
    }.joined(separator: "\n")
  }
}
