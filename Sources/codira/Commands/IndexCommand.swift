import ArgumentParser
import CodiraEmbedding
import CodiraIndexer
import CodiraModel
import CodiraPlanner
import CodiraPluginHost
import CodiraStore
import Glibc

/// `codira index`: brings the index up to date.
struct IndexCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "index",
    abstract: "Index the repository, or bring its index up to date.",
    discussion: """
      Reads what changed since the last run and nothing else. Vectors are computed for new texts alone; an \
      interrupted run is taken up where it stopped. Ends with 4 when some files failed; they are listed.
      """)

  @Flag(help: "Read every file again.") var full = false
  @Flag(name: .long, help: "Say what would be done, and do nothing.") var dryRun = false
  @Flag(help: "List every file that was read, with the reason.") var explain = false
  @Option(help: "Analyzer processes at a time; 0: one a processor.") var jobs: Int?
  @Flag(help: "Store structure and full text, no vectors.") var noEmbeddings = false
  @Flag(help: "Compute every vector again.") var fullVectors = false
  @Flag(help: "Index a home directory or / too.") var force = false
  @Flag(help: "Walk the folder instead of asking git for its files.") var noGit = false
  @Flag(help: "Drop what analyzers found that cannot be loaded any more.") var allowMissingAnalyzers = false
  @OptionGroup(title: "Plugins") var plugins: PluginOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    let workspace = try context.workspace.get()
    let configuration = try context.configuration()
    let jobs = try jobCount(configuration)
    let limits = AnalyzerLimits(
      cpuSeconds: Double(configuration.integer(.analyzeSeconds)),
      memory: configuration.integer(.analyzeMemory) << 20)
    let catalog = try plugins.usableCatalog(in: context)
    let quarantine = PluginOptions.quarantine(context.environment)
    let inventory = AnalyzerInventory(
      catalog: catalog, configurations: configuration.analyzerConfigurations, jobs: jobs, limits: limits,
      quarantine: quarantine)
    let embedding = try embeddingSource(context, configuration, threads: jobs)
    Interruption.catchSignals()
    let bar = ProgressBar(console: context.console)
    defer { bar.clear() }
    let summary = try IndexRun(runOptions(workspace, configuration, jobs), inventory, embedding: embedding)
      .perform { bar.show($0) }
    bar.clear()
    warn(summary, context)
    AnalyzerNotes(catalog: catalog, quarantine: quarantine, observed: inventory.observations())
      .tell(context.console)
    return answer(summary)
  }

  private func runOptions(_ workspace: Workspace, _ configuration: Configuration, _ jobs: Int) -> IndexOptions
  {
    var run = IndexOptions(root: workspace.root, location: IndexLocation(directory: workspace.indexFolder))
    run.jobs = jobs
    run.usesGit = !noGit && configuration.boolean(.usesGit)
    run.force = force
    run.isFull = full
    run.isDryRun = dryRun
    run.computesVectors = !noEmbeddings && configuration.boolean(.embeddings)
    run.allVectors = fullVectors
    run.allowsMissingAnalyzers = allowMissingAnalyzers
    run.largestFile = Int64(configuration.integer(.largestFile))
    return run
  }

  private func jobCount(_ configuration: Configuration) throws -> Int {
    let wanted = jobs ?? configuration.integer(.jobs)
    guard (0...1024).contains(wanted) else {
      throw CommandFailure(
        .usage, code: "bad_value", "--jobs \(wanted): a number from 0 to 1024 is expected.")
    }
    return wanted > 0 ? wanted : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }

  private func embeddingSource(
    _ context: CommandContext, _ configuration: Configuration, threads: Int
  ) throws -> EmbeddingSource? {
    let name = configuration.string(.precision)
    guard let precision = Precision(rawValue: name) else {
      throw CommandFailure(.usage, code: "bad_value", "`\(name)` is no precision of the encoder.")
    }
    return EmbeddingSource(
      store: context.modelStore, model: configuration.string(.model), precision: precision,
      dimension: configuration.vectorDimension, threads: threads, cure: { $0.remedy })
  }

  private func warn(_ summary: IndexSummary, _ context: CommandContext) {
    for (analyzer, count) in summary.givenUp.sorted(by: { $0.key < $1.key }) {
      let files = "\(CountText.count(count, "file")) that it had read \(count == 1 ? "is" : "are")"
      context.console.note(
        "the analyzer \(analyzer) is disabled: \(files) read without it now; "
          + "`codira plugins enable \(analyzer)` brings it back")
    }
    if let other = summary.vectors.otherInstructions {
      context.console.note(
        "the vectors so far were computed on another kind of processor (\(other)); "
          + "`--full-vectors` computes all again"
      )
    }
  }

  private func answer(_ summary: IndexSummary) -> Answer {
    let listed = explain || dryRun ? summary.events : []
    let status: ExitStatus = summary.failures.isEmpty || dryRun ? .done : .someFailed
    var extras = summary.record
    extras["dry_run"] = .bool(dryRun)
    extras["failures"] = .array(
      summary.failures.map { failure in
        [
          "path": .string(failure.path.text), "status": .string(failure.status.name),
          "code": .string(failure.code),
          "message": .string(failure.message),
        ]
      })
    return Answer(
      status: status, query: ["full": .bool(full), "dry_run": .bool(dryRun)],
      results: listed.map { event in
        [
          "path": .string(event.path.text), "reason": .string(event.reason.name),
          "status": .optional(event.status?.name),
        ]
      }, extras: extras
    ) { page in
      SummaryPage(summary: summary, isPlanned: dryRun, lists: explain || dryRun).write(to: &page)
    }
  }
}

/// An index run's summary for people.
struct SummaryPage {
  let summary: IndexSummary
  let isPlanned: Bool
  let lists: Bool

  func write(to page: inout TextPage) {
    if lists { page.table(summary.events.map { [$0.reason.name, TerminalText.escape($0.path.text)] }) }
    page.line(page.style.bold(headline))
    var rows: [[String]] = [["files", counts(FileReason.allCases.map { ($0.words, summary.count($0)) })]]
    if !isPlanned {
      rows.append(["now", counts(FileStatus.allCases.map { ($0.words, summary.statuses[$0] ?? 0) })])
      rows.append(["symbols", symbols])
      rows.append(["vectors", vectors])
    }
    rows.append([
      "began as", summary.origin.map { "a copy of the index of " + TerminalText.escape($0) } ?? "",
    ])
    rows.append([
      "time", summary.stages.map { "\($0.name) \(CountText.seconds($0.seconds))" }.joined(separator: ", "),
    ])
    page.table(rows.filter { !$0[1].isEmpty }, indent: 2)
    // Of files that nobody tried one says it for all.
    var untried: [String: Int] = [:]
    for failure in summary.failures {
      if failure.code == AnalysisFailure.setAsideCode {
        untried[failure.message, default: 0] += 1
        if untried[failure.message] ?? 0 > 1 { continue }
      }
      page.line(
        page.style.warn("\(failure.status.words): ")
          + TerminalText.escape("\(failure.path.text): \(failure.message)"))
    }
    for (message, count) in untried.sorted(by: { $0.key < $1.key }) where count > 1 {
      page.line(
        page.style.warn("failed: ")
          + TerminalText.escape("\(CountText.count(count - 1, "more file")) like this: \(message)"))
    }
  }

  private var headline: String {
    let seconds = CountText.seconds(summary.stages.reduce(0) { $0 + $1.seconds })
    if isPlanned { return "Would read or drop \(CountText.count(summary.events.count, "file"))." }
    if !summary.isChanged { return "Nothing changed (generation \(summary.generation), \(seconds))." }
    return "Indexed in \(seconds) (generation \(summary.generation))."
  }

  private var symbols: String {
    counts([
      ("added", summary.symbols[.added] ?? 0), ("changed", summary.symbols[.changedPayload] ?? 0),
      ("the same", summary.symbols[.samePayload] ?? 0), ("removed", summary.removedSymbols),
    ])
  }

  private var vectors: String {
    counts([
      ("computed", summary.vectors.computed), ("reused", summary.vectors.reused),
      ("missing", summary.vectors.missing),
    ])
  }

  private func counts(_ parts: [(String, Int)]) -> String {
    parts.filter { $0.1 > 0 }.map { "\(CountText.number($0.1)) \($0.0)" }.joined(separator: ", ")
  }
}

extension FileReason {
  /// As in "12 content changed".
  var words: String { name.split(separator: "_").joined(separator: " ") }
}

extension FileStatus {
  var words: String {
    switch self {
    case .unowned: "without analyzer"
    default: name.split(separator: "_").joined(separator: " ")
    }
  }
}

extension Configuration {
  /// Each analyzer's own settings as a JSON object, by its id.
  var analyzerConfigurations: [String: String] { analyzers.mapValues { JSONValue.object($0).text } }
}
