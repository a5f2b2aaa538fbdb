import ArgumentParser
import CodiraIndexer
import CodiraModel
import CodiraQuery
import CodiraStore

/// `codira context QUESTION`: the source that a question is about, with its callers, tests and callees.
struct ContextCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "context",
    abstract: "Gather what is needed to act on a question: source, callers, tests, callees.",
    discussion: """
      QUESTION is a symbol, as `codira symbol` takes it, or words, as `codira search` takes them; with --diff it is \
      a revision of git's, HEAD where none is given, and the answer is what was changed since: the changed lines in \
      their symbols, who calls those, and the tests that reach them. The answer keeps within --budget tokens, a \
      token being three bytes of it, and never shows a line twice.
      """,
    aliases: ["ctx"])

  @Argument(parsing: .remaining, help: "A symbol or words; several words need no quotes.")
  var question: [String] = []
  @Flag(help: "What changed since the revision that QUESTION names.") var diff = false
  @Option(help: ArgumentHelp("Tokens the answer may have.", valueName: "tokens")) var budget = 4_000
  @Option(help: "How it is written: markdown, json (the same as --json) or xml.") var format = "markdown"
  @OptionGroup(title: "Filters") var filters: FilterOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  mutating func validate() throws {
    if ContextFormat(rawValue: format) == nil {
      throw ValidationError(
        "--format is one of " + ContextFormat.allCases.map(\.rawValue).joined(separator: ", "))
    }
    if question.isEmpty, !diff {
      throw ValidationError("Give a symbol or words, or --diff for what you changed.")
    }
    if diff, question.count > 1 { throw ValidationError("--diff takes one revision.") }
    if budget < Self.leastBudget { throw ValidationError("--budget must be \(Self.leastBudget) or more") }
    if format == "json" { options.json = true }
    if options.json, format == "xml" { throw ValidationError("--json and --format xml exclude each other") }
  }

  /// Enough for an empty answer in any format and a few lines.
  static let leastBudget = 200

  func answer(in context: CommandContext) throws -> Answer {
    let filter = try filters.filter()
    if diff { return try changes(since: question.first ?? "HEAD", filter, in: context) }
    let text = question.joined(separator: " ")
    let report = report(title: text, ["text": .string(text)])
    return try context.reading { view in
      try report.answer(text, filter, in: view, encoder: context.questionEncoder)
    }
  }

  private func changes(
    since revision: String, _ filter: SymbolFilter, in context: CommandContext
  ) throws -> Answer {
    let report = report(title: "changes since \(revision)", ["diff": .string(revision)])
    let root = try context.workspace.get().root
    return try context.reading { view in
      let rows = try view.snapshot.files()
      let known = Dictionary(rows.map { ($0.path, $0) }) { first, _ in first }
      let changes = try GitRevision(revision, root: root).changes(known: rows.map(\.path))
      return try report.answer(changes.compactMap { $0.file(known[$0.path]) }, filter, in: view)
    }
  }

  private func report(title: String, _ query: JSONObject) -> ContextReport {
    ContextReport(
      title: title,
      query: query.appending(["budget": .int(budget)]).appending(filters.query), budget: budget,
      format: options.json ? .json : ContextFormat(rawValue: format)!)
  }
}

extension GitRevision.Change {
  /// The change by lines; nil where only what ends the lines changed.
  fileprivate func file(_ row: FileRow?) -> ChangedFile? {
    guard let now else { return ChangedFile(path: path, status: .deleted, lines: nil, row: nil) }
    let status: ChangedFile.Status = before == nil ? .added : .modified
    guard Self.isText(now), Self.isText(before ?? []) else {
      return ChangedFile(path: path, status: status, lines: nil, row: row)
    }
    let source = SourceText(now)
    let lines =
      before.map { LineChanges(from: SourceText($0), to: source) } ?? LineChanges(allOf: source.lineCount)
    return lines.isEmpty ? nil : ChangedFile(path: path, status: status, lines: lines, row: row)
  }

  private static func isText(_ bytes: [UInt8]) -> Bool { !bytes.prefix(8_000).contains(0) }
}
