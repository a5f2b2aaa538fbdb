import ArgumentParser
import CodiraConformance
import CodiraModel
import CodiraPluginHost

/// `codira plugins test DIR`: whether a plugin reports what its corpus files expect.
struct PluginsTestCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Compare what a plugin reports with what its corpus files expect.",
    discussion: """
      A corpus file is a `.txt` of cases: `=== title`, header lines (`path:`, `project:`, `configuration:`, \
      `show:`), an empty line, a source, `---`, and the artifacts expected of it. In a folder every such file \
      at any depth is run. Without --plugin the only libcodira-*.so in the folder or its build folder is tested. \
      Exit code 1: a case fails.
      """)

  @Argument(help: ArgumentHelp("Corpus files, or folders of them.", valueName: "place"))
  var places: [String] = ["."]
  @Option(name: .customLong("plugin"), help: ArgumentHelp("The plugin to test.", valueName: "file"))
  var file: String?
  @Flag(help: "Write what the plugin reports into the files in place of what they expect.") var update = false
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    let files = try CorpusFiles.find(places)
    guard !files.isEmpty else {
      throw CommandFailure(
        .usage, code: "no_corpus", "There is no corpus file in \(places.joined(separator: ", ")).",
        hint: "A corpus file is a `.txt` whose first line begins with `=== `.")
    }
    let file = try file ?? CorpusFiles.plugin(near: places)
    let runner = CorpusRunner(plugin: try NamedPlugin.load(file), pool: AnalyzerPool(jobs: 2))
    let tested = try files.map { try CorpusFileReport($0, runner, updates: update) }
    let failures = tested.reduce(0) { $0 + $1.failures }
    let query: JSONObject = ["plugin": .string(file), "update": .bool(update)]
    return Answer(status: failures == 0 ? .done : .nothing, query: query, results: tested.flatMap(\.rows)) {
      page in
      for report in tested { report.write(to: &page) }
      page.line(summary(tested, failures))
    }
  }

  private func summary(_ tested: [CorpusFileReport], _ failures: Int) -> String {
    let cases = tested.reduce(0) { $0 + $1.count }
    let rewritten = tested.reduce(0) { $0 + $1.rewritten }
    var parts = [CountText.count(cases, "case") + " in " + CountText.count(tested.count, "file")]
    if rewritten > 0 { parts.append("\(rewritten) rewritten: read the difference before you keep it") }
    parts.append(failures == 0 ? "none failed" : "\(failures) failed")
    return parts.joined(separator: ", ") + "."
  }
}
