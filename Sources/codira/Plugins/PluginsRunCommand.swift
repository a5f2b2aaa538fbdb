import ArgumentParser
import CodiraConformance
import CodiraModel
import CodiraPluginHost

/// `codira plugins run FILE.so SOURCE`: what a plugin reports of one source.
struct PluginsRunCommand: CodiraCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable { case table, tree, text }

  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Show what a plugin reports of one source.",
    discussion: """
      The plugin runs in a worker process, as it does for `codira index`; nothing is stored. The formats are a \
      table, a tree of symbols, and the text of corpus files. Exit code 4: the plugin failed on the source; with \
      --diff 1: the two plugins differ.
      """)

  @Argument(help: ArgumentHelp("The shared object.", valueName: "plugin")) var file: String
  @Argument(help: "The source; `-` reads standard input, with --path.") var source: String
  @Option(help: ArgumentHelp("Tell the plugin this path in place of the source's own.", valueName: "path"))
  var path: String?
  @OptionGroup var input: PluginInput
  @Option(help: ArgumentHelp("How to show it.", valueName: "format")) var format = Format.table
  @Flag(help: "Show the syntax tree, where the plugin offers it.") var sexp = false
  @Option(
    help: ArgumentHelp(
      "Compare with what this other plugin reports: old first, new second.", valueName: "plugin")
  )
  var diff: String?
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func validate() throws {
    if sexp, diff != nil { throw ValidationError("--sexp and --diff ask for two different things.") }
  }

  func answer(in context: CommandContext) throws -> Answer {
    let source = try SourceFile.read(source, as: path)
    let plugin = try NamedPlugin.load(file)
    let setup = try input.setup(plugin, context.console)
    var query: JSONObject = ["plugin": .string(file), "path": .string(source.path)]
    if sexp { return try SyntaxTreeReport.answer(setup, source, query) }
    let artifacts = try report(setup, source, file)
    guard let diff else {
      return ArtifactReport(artifacts, source.path, plugin.descriptor).answer(query, format)
    }
    query["diff"] = .string(diff)
    let other = try input.setup(try NamedPlugin.load(diff), context.console)
    let lines = LineDifference.between(
      try ArtifactText.lines(artifacts), try ArtifactText.lines(try report(other, source, diff)))
    return Answer(status: lines.isEmpty ? .done : .nothing, query: query, results: lines.map(\.row)) { page in
      if lines.isEmpty { page.line("Both report the same.") }
      for line in lines { page.difference(line) }
    }
  }

  private func report(_ setup: AnalyzerSetup, _ source: SourceFile, _ file: String) throws -> FileArtifacts {
    let pool = AnalyzerPool(jobs: 1)
    defer { _ = pool.finish() }
    switch pool.analyze(setup, path: source.path, source: source.bytes) {
    case .success(let artifacts): return artifacts
    case .failure(let failure):
      throw CommandFailure(
        .someFailed, code: failure.code, "\(file) has nothing of \(source.path): \(failure).",
        hint: "`codira index` would record the file as failed with this reason.")
    }
  }
}

extension LineDifference {
  var row: JSONValue {
    ["side": isNew ? "new" : "old", "line": .int(number), "text": .string(text)]
  }
}

extension TextPage {
  /// A line of one side, set off by its sign.
  mutating func difference(_ difference: LineDifference, indent: Int = 0) {
    let text = TerminalText.escape(difference.description)
    line(String(repeating: " ", count: indent) + (difference.isNew ? style.bold(text) : style.warn(text)))
  }
}
