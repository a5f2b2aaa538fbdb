import ArgumentParser
import CodiraIndexer
import CodiraModel
import CodiraPlanner
import CodiraQuery
import CodiraStore
import Glibc

/// `codira explain`: why a file or symbol was or was not read in the last run, and which rule leaves a file
/// out.
struct ExplainCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say why a file or symbol was reused, read again or left out.")

  @Argument(help: "A path in the repository, a symbol's name or a stable id.") var subject: String
  @Flag(help: "The index was made with --no-git: explain by the folder's own rules.") var noGit = false
  @OptionGroup var plugins: PluginOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    let workspace = try context.workspace.get()
    let reader = try IndexReader(IndexLocation(directory: workspace.indexFolder))
    let path = RepositoryPath(bytes: Self.relative(subject, to: workspace.root).utf8)
    if let answer = try reader.read({ try fileAnswer(path, $0, workspace, context) }) { return answer }
    if let answer = try excludedAnswer(path, workspace, context) { return answer }
    return try reader.read { try symbolAnswer($0, workspace) }
  }

  private func fileAnswer(
    _ path: RepositoryPath, _ snapshot: Snapshot, _ workspace: Workspace, _ context: CommandContext
  ) throws -> Answer? {
    guard let file = try snapshot.file(at: path) else { return nil }
    let generation = try snapshot.generation()
    let reason = FileReason(rawValue: file.reason) ?? .new
    let wasRead = file.generation == generation
    let analyzer = try snapshot.analyzers().first { $0.id == file.analyzer }?.descriptor
    let text =
      wasRead
      ? "read in the last run that changed anything (generation \(generation)): \(reason.words)"
      : "reused: unchanged since generation \(file.generation), when it was read: \(reason.words)"
    let owner = OwnerExplanation(
      of: file, analyzer: analyzer?.id, catalog: try plugins.catalog(in: context),
      configuration: try context.configuration(), root: workspace.root,
      paths: try snapshot.files().map(\.path))
    let row: JSONValue = [
      "type": "file", "path": .string(file.path.text), "status": .string(file.status.name),
      "language": file.language.isEmpty ? .null : .string(file.language),
      "analyzer": .optional(analyzer.map { "\($0.id) \($0.version)" }),
      "reason": .string(wasRead ? reason.name : FileReason.unchanged.name), "read_for": .string(reason.name),
      "read_in": .int(Int(file.generation)), "generation": .int(Int(generation)),
      "error": .optional(file.errorMessage), "owner": owner.json,
    ]
    return Answer(query: ["subject": .string(subject)], results: [row]) { page in
      page.line(page.style.bold(TerminalText.escape(file.path.text)))
      page.line("  \(text)")
      page.line("  \(file.status.words)\(analyzer.map { ", analyzer \($0.id) \($0.version)" } ?? "")")
      if let message = file.errorMessage { page.paragraph(message, indent: 2) }
      page.paragraph(owner.text, indent: 2)
    }
  }

  private func excludedAnswer(
    _ path: RepositoryPath, _ workspace: Workspace, _ context: CommandContext
  ) throws -> Answer? {
    var status = stat()
    guard lstat(workspace.root + "/" + subject, &status) == 0 || lstat(subject, &status) == 0 else {
      return nil
    }
    let usesGit = try !noGit && context.configuration().boolean(.usesGit)
    let place = RepositoryScan.Place(
      root: workspace.root, usesGit: usesGit, force: true, indexDirectory: workspace.indexFolder)
    let rule = try RepositoryScan.excludingRule(path, in: place)
    let isRegular = status.st_mode & S_IFMT == S_IFREG
    let text =
      if let rule {
        "left out by \(rule)"
      } else if !isRegular {
        "not a regular file: only those are indexed"
      } else {
        "not in the index; no rule leaves it out. It may be newer than the last run: `codira index`."
      }
    let row: JSONValue = [
      "type": "file", "path": .string(path.text), "status": .null,
      "reason": .string(rule != nil ? FileReason.excluded.name : isRegular ? "not_indexed" : "not_regular"),
      "rule": rule.map { rule in
        ["source": .string(rule.source), "line": .int(rule.line), "text": .string(rule.text)]
      } ?? .null,
    ]
    return Answer(query: ["subject": .string(subject)], results: [row]) { page in
      page.line(page.style.bold(TerminalText.escape(path.text)))
      page.paragraph(text, indent: 2)
    }
  }

  private func symbolAnswer(_ snapshot: Snapshot, _ workspace: Workspace) throws -> Answer {
    let view = try IndexView(snapshot, root: workspace.root)
    let rows: [SymbolRow]
    switch try view.symbols(matching: subject) {
    case .found(let found): rows = found.map(\.row)
    case .unknown(let nearest): return unknown(nearest)
    }
    let generation = try snapshot.generation()
    let set = try snapshot.activeVectorSet()
    let facts = try rows.map { row in
      SymbolReuse(
        row: row, file: try snapshot.file(row.file), generation: generation,
        hasVector: try row.payload.flatMap { payload in
          try set.map { try snapshot.hasVector(payload, in: $0.id) }
        })
    }
    return Answer(query: ["subject": .string(subject)], results: facts.map(\.json)) { page in
      for fact in facts { fact.write(to: &page) }
    }
  }

  private func unknown(_ nearest: [String]) -> Answer {
    let query: JSONObject = ["subject": .string(subject)]
    let extras: JSONObject = ["nearest": .array(nearest.map { .string($0) })]
    return Answer(status: .nothing, query: query, extras: extras) { page in
      page.line("Neither a file nor a symbol of the index is called `\(TerminalText.escape(subject))`.")
      if !nearest.isEmpty {
        page.paragraph("Did you mean " + nearest.joined(separator: ", ") + "?", indent: 2)
      }
    }
  }

  /// The path from the root: given from there, from the caller's folder, or from the file system's root.
  private static func relative(_ path: String, to root: String) -> String {
    let resolved = realpath(path, nil)
    defer { free(resolved) }
    if let resolved {
      let text = String(cString: resolved)
      if text.hasPrefix(root + "/") { return String(text.dropFirst(root.count + 1)) }
    }
    return path.hasPrefix("./") ? String(path.dropFirst(2)) : path
  }
}

/// What is known of a symbol's reuse.
private struct SymbolReuse {
  let row: SymbolRow
  let file: FileRow?
  let generation: Int64
  let hasVector: Bool?

  private var change: SymbolChange { SymbolChange(rawValue: row.reason) ?? .added }

  var json: JSONValue {
    [
      "type": "symbol", "path": .string(file?.path.text ?? ""),
      "start_line": .int(Int(row.symbol.range.start.line)),
      "end_line": .int(Int(row.symbol.range.lastLine)), "kind": .string(row.symbol.kind.name),
      "name": .string(row.symbol.name), "qualified_name": .string(row.symbol.qualifiedName),
      "id": .string(row.symbol.id.text), "language": .string(file?.language ?? ""),
      "reason": .string(row.generation == generation ? change.name : SymbolChange.samePayload.name),
      "text_since": .int(Int(row.generation)), "file_read_in": .int(Int(file?.generation ?? 0)),
      "generation": .int(Int(generation)), "vector": hasVector.map(JSONValue.bool) ?? .null,
    ]
  }

  func write(to page: inout TextPage) {
    page.line(
      page.style.bold(TerminalText.escape(row.symbol.qualifiedName))
        + TerminalText.escape("  \(file?.path.text ?? ""):\(row.symbol.range.start.line)"))
    let since = row.generation == generation ? "\(change.words) in" : "its text is the same since"
    page.line("  \(since) generation \(row.generation)")
    let vector =
      switch hasVector {
      case true: "its vector is there"
      case false: "its vector is missing: run `codira index`"
      case nil: row.payload == nil ? "its kind is not embedded" : "no vectors have been computed yet"
      }
    page.line("  \(vector)")
  }
}

extension SymbolChange {
  fileprivate var words: String {
    switch self {
    case .added: "added"
    case .samePayload: "unchanged"
    case .changedPayload: "its text changed"
    }
  }
}
