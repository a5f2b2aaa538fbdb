import CodiraModel
import CodiraPluginHost
import CodiraTestSupport
import Foundation
import Testing

/// The examples of `docs/plugins/identity.md` are what our analyzers report.
///
/// An example is one or more fenced sources, each with its path behind the fence (```` ```python app/box.py ````), and a
/// block `ids` with the ids of all symbols of these files.
@Suite struct IdentityPageTests {
  struct Example: CustomTestStringConvertible, Sendable {
    var title: String
    var files: [(path: String, text: String)] = []
    var ids: [String] = []

    var testDescription: String { title }
  }

  static let examples: [Example] = {
    guard let page = try? Markdown("docs/plugins/identity.md") else { return [] }
    return page.sections.flatMap { section in
      var examples: [Example] = []
      var next = Example(title: section.title)
      for block in section.blocks {
        if block.information == "ids" {
          next.ids = block.text.split(separator: "\n").map(String.init)
          examples.append(next)
          next = Example(title: section.title)
        } else if let path = block.information.split(separator: " ").dropFirst().first {
          next.files.append((String(path), block.text))
        }
      }
      return examples
    }
  }()

  @Test func tenFeaturesHaveExamples() {
    #expect(Set(Self.examples.map(\.title)).count >= 10)
  }

  @Test(arguments: examples)
  func idsFollowTheGrammar(_ example: Example) throws {
    #expect(!example.ids.isEmpty)
    for id in example.ids.map({ StableID($0) }) {
      let (language, descriptors) = try id.parse()
      #expect(StableID(language: language, descriptors) == id)
    }
  }

  @Test(arguments: examples)
  func idsAreWhatTheAnalyzerReports(_ example: Example) throws {
    let catalog = PluginCatalog(
      locations: try Checkout.plugins().map { PluginLocation(.explicit, $0.path) },
      executable: FrozenPlugin.worker)
    let pool = AnalyzerPool(jobs: 1, executable: FrozenPlugin.worker)
    var ids: [String] = []
    for file in example.files {
      guard let plugin = catalog.owner(ofPath: file.path) else { continue }
      let project = example.files.filter { plugin.descriptor.wants($0.path) }.map {
        ProjectFile(path: $0.path, bytes: Array($0.text.utf8))
      }
      let setup = AnalyzerSetup(plugin: plugin, projectFiles: project.sorted { $0.path < $1.path })
      let artifacts = try pool.analyze(setup, path: file.path, source: Array(file.text.utf8)).get()
      ids += artifacts.symbols.map(\.id.text)
    }
    #expect(ids.sorted() == example.ids.sorted())
  }
}

extension AnalyzerDescriptor {
  fileprivate func wants(_ path: String) -> Bool {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return projectInterests.contains { interest in
      interest.match == .name ? interest.pattern == name : name.hasSuffix(interest.pattern)
    }
  }
}
