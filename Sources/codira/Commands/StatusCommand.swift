import ArgumentParser
import CodiraModel
import CodiraStore

/// `codira status`: what the index holds, computed from the index itself.
struct StatusCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show what the index holds: files by language, failures, vectors.",
    discussion: """
      building: the first run has not finished. partial: structure is complete, vectors are missing. \
      ready: nothing is missing.
      """)

  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    let workspace = try context.workspace.get()
    let status = try context.index().read { try IndexStatus($0) }
    return Answer(results: status.languages.map(Self.row), extras: extras(status, workspace)) { page in
      Self.write(status, to: &page)
    }
  }

  private func extras(_ status: IndexStatus, _ workspace: Workspace) -> JSONObject {
    [
      "root": .string(workspace.root), "state": .string(status.state),
      "generation": .int(Int(status.generation)),
      "vectors": [
        "present": .int(status.vectors.present), "missing": .int(status.vectors.missing),
        "set": .optional(status.set?.identity),
      ],
      "failures": .array(
        status.failures.map { file in
          [
            "path": .string(file.path.text), "status": .string(file.status.name),
            "code": .optional(file.errorCode), "message": .optional(file.errorMessage),
          ]
        }),
      "partial_files": .array(status.partial.map(\.row)),
    ]
  }

  private static func row(_ language: LanguageStatus) -> JSONValue {
    var row: JSONObject = [
      "language": language.language.isEmpty ? .null : .string(language.language),
      "files": .int(language.files),
      "parsed": .int(language.parsed), "failed": .int(language.failed), "skipped": .int(language.skipped),
    ]
    for status in FileStatus.allCases { row[status.name] = .int(language.counts[status] ?? 0) }
    row["symbols"] = .int(language.symbols)
    row["references"] = .int(language.references)
    return .object(row)
  }

  private static func write(_ status: IndexStatus, to page: inout TextPage) {
    page.line("\(page.style.bold(status.state)), generation \(status.generation)")
    let head = ["language", "files", "parsed", "failed", "skipped", "symbols", "references"]
    let rows = status.languages.map { language in
      [language.language.isEmpty ? "(no analyzer)" : TerminalText.escape(language.language)]
        + [
          language.files, language.parsed, language.failed, language.skipped, language.symbols,
          language.references,
        ].map(CountText.number)
    }
    page.table([head] + rows, indent: 2)
    let (present, missing) = (status.vectors.present, status.vectors.missing)
    page.line("vectors: \(CountText.number(present)) present, \(CountText.number(missing)) missing")
    for file in status.failures {
      page.line(
        page.style.warn("\(file.status.words): ")
          + TerminalText.escape("\(file.path.text): \(file.errorMessage ?? "")"))
    }
    PartialFile.write(status.partial, limit: 10, style: page.style, to: &page)
    if status.state != "ready" { page.line("Run `codira index` to complete it.") }
  }
}

/// What `status` shows, read from one generation.
struct IndexStatus {
  let generation: Int64
  let languages: [LanguageStatus]
  let vectors: VectorStatus
  let set: VectorSet?
  let failures: [FileRow]
  /// Files that were read as far as their syntax allowed.
  let partial: [PartialFile]

  init(_ snapshot: Snapshot) throws {
    generation = try snapshot.generation()
    languages = try snapshot.languages()
    vectors = try snapshot.vectorStatus()
    set = try snapshot.activeVectorSet()
    failures = try snapshot.failedFiles()
    partial = try PartialFile.all(snapshot)
  }

  var state: String {
    if generation == 0 { return "building" }
    return vectors.missing > 0 ? "partial" : "ready"
  }
}

extension LanguageStatus {
  var parsed: Int { (counts[.indexed] ?? 0) + (counts[.partial] ?? 0) }
  var failed: Int { FileStatus.allCases.filter(\.isFailure).reduce(0) { $0 + (counts[$1] ?? 0) } }
  var skipped: Int { files - parsed - failed }
}
