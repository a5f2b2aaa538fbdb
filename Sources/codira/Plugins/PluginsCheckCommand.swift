import ArgumentParser
import CodiraConformance
import CodiraModel
import CodiraPluginHost
import Glibc

/// `codira plugins check FILE.so SAMPLES…`: whether a plugin keeps the rules of the analyzer interface.
struct PluginsCheckCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Test whether a plugin keeps the rules of the analyzer interface.",
    discussion: """
      Samples are sources of its language, corpus files, or folders of both. From them edits are made that must \
      not change what a symbol is, and sources that are broken, large or hostile. The same seed makes the same \
      test. Exit code 1: a rule does not hold.
      """)

  @Argument(help: ArgumentHelp("The shared object.", valueName: "plugin")) var file: String?
  @Argument(help: ArgumentHelp("Sources, corpus files, or folders of them.", valueName: "samples"))
  var samples: [String] = []
  @Option(
    name: .customLong("rule"), help: ArgumentHelp("Test this rule alone; may be repeated.", valueName: "name")
  )
  var names: [String] = []
  @Flag(help: "List all rules, and why they are there.") var list = false
  @Option(help: ArgumentHelp("Make other random sources.", valueName: "number")) var seed: UInt64 = 1
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func validate() throws {
    if file == nil, !list { throw ValidationError("Name the plugin, or ask with --list for the rules.") }
  }

  func answer(in context: CommandContext) throws -> Answer {
    let rules = try chosen()
    guard let file, !list else { return RuleList.answer(rules) }
    let bytes = try PlainFile.read(file)
    guard let bytes, !PlainFile.isFolder(file) else {
      throw CommandFailure(
        .usage, code: "no_file", "There is no plugin \(file).", hint: "Build it first, or correct the path.")
    }
    let found = try SampleFiles(samples, for: file).samples
    let bench = CheckBench(file: Self.absolute(file), fileBytes: bytes, samples: found, seed: seed)
    var conformance = Conformance(bench)
    let progress = CheckProgress(console: context.console, count: rules.count)
    let results = conformance.run(rules) { progress.show($0) }
    progress.clear()
    return CheckReport(file: file, sampleCount: found.count, seed: seed, results: results).answer()
  }

  private func chosen() throws -> [ConformanceRule] {
    if names.isEmpty { return ConformanceRule.all }
    return try names.map { name in
      if let rule = ConformanceRule.all.first(where: { $0.name == name }) { return rule }
      let nearest = NearestName.of(name, among: ConformanceRule.all.map(\.name))
      throw CommandFailure(
        .usage, code: "bad_value", "There is no rule `\(name)`.",
        hint: nearest.map { "Did you mean `\($0)`?" } ?? "`codira plugins check --list` lists all.")
    }
  }

  /// The loader takes a path without a slash for the name of a library.
  private static func absolute(_ file: String) -> String {
    guard let path = realpath(file, nil) else { return file }
    defer { free(path) }
    return String(cString: path)
  }
}

/// Says on a terminal which rule is being tested.
private struct CheckProgress {
  let console: Console
  let count: Int

  private var isShown: Bool { !console.quiet && isatty(STDERR_FILENO) == 1 }

  func show(_ result: RuleResult) {
    if isShown { StandardError.write("\r\u{1B}[Ktested \(result.rule.name)") }
  }

  func clear() {
    if isShown { StandardError.write("\r\u{1B}[K") }
  }
}
