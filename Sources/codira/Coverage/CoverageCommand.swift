import ArgumentParser
import CodiraIndexer
import CodiraModel
import CodiraPluginHost
import CodiraQuery
import CodiraStore

/// `codira coverage`: which files no analyzer reads.
struct CoverageCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage",
    abstract: "Show which files no analyzer reads, by suffix, and which it read in part.",
    discussion: """
      Answers from the index, and says when that is older than the files. Data and media, such as .csv and \
      .png, and empty files are counted apart: no analyzer is expected to read them, unless --suffix asks for \
      them. --require ends with 1 unless an analyzer read every file that counts.
      """,
    aliases: ["cov"])

  @Argument(help: "Files or folders; by default the whole repository.") var paths: [String] = []
  @Option(help: ArgumentHelp("Count files of this suffix alone; may be repeated.", valueName: "suffix"))
  var suffix: [String] = []
  @Flag(help: "End with 1 when a file was not read by an analyzer.") var require = false
  @Option(help: ArgumentHelp("End with 1 when less than this share of the bytes was.", valueName: "percent"))
  var atLeast: Double?
  @Flag(help: "List every suffix and every file read in part.") var all = false
  @Flag(help: "The index was made with --no-git.") var noGit = false
  @OptionGroup var plugins: PluginOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func validate() throws {
    if let atLeast, !(0...100).contains(atLeast) {
      throw ValidationError("--at-least \(atLeast): a percentage from 0 to 100 is expected.")
    }
  }

  func answer(in context: CommandContext) throws -> Answer {
    let workspace = try context.workspace.get()
    let selection = try CoverageSelection(paths: paths, suffixes: suffix, workspace)
    let catalog = try plugins.catalog(in: context)
    let usesGit = try !noGit && context.configuration().boolean(.usesGit)
    let place = RepositoryScan.Place(
      root: workspace.root, usesGit: usesGit, force: true, indexDirectory: workspace.indexFolder)
    return try context.index().read { snapshot in
      let report = try CoverageReport(
        snapshot, root: workspace.root, selects: selection.contains, countsData: !suffix.isEmpty,
        claimant: { catalog.owner(ofPath: $0.text)?.descriptor.id })
      if report.groups.isEmpty { throw selection.empty }
      let age = try IndexAge(IndexView(snapshot, root: workspace.root), in: place)
      return answer(report, age, generation: try snapshot.generation())
    }
  }

  private func answer(_ report: CoverageReport, _ age: IndexAge, generation: Int64) -> Answer {
    let total = report.totals
    let share = total.bytes == 0 ? 100 : 100 * Double(total.readBytes) / Double(total.bytes)
    let holds = (!require || total.read == total.files) && share >= atLeast ?? 0
    let isCheck = require || atLeast != nil
    let extras: JSONObject = [
      "generation": .int(Int(generation)),
      "totals": [
        "files": .int(total.files), "bytes": .int(total.bytes), "read_files": .int(total.read),
        "read_bytes": .int(total.readBytes), "percent": .double(share),
      ],
      "holds": isCheck ? .bool(holds) : .null,
      "not_read": .array(
        report.notRead.map { file in
          [
            "path": .string(file.path.text), "status": .string(file.status.name),
            "code": .optional(file.errorCode), "message": .optional(file.errorMessage),
          ]
        }),
      "partial": .array(report.partial.map(\.row)), "index": age.row,
    ]
    let query: JSONObject = [
      "paths": .array(paths.map { .string($0) }), "suffixes": .array(suffix.map { .string($0) }),
      "require": .bool(require), "at_least": atLeast.map { .double($0) } ?? .null,
    ]
    return Answer(
      status: holds ? .done : .nothing, query: query, results: report.groups.map(\.row), extras: extras
    ) { page in
      CoveragePage(report: report, age: age, listsAll: all).write(to: &page)
      if isCheck, !holds { page.line(page.style.warn("The requirement does not hold.")) }
    }
  }
}

/// Which files of the index are asked about.
struct CoverageSelection {
  /// From the root, without a slash at the end; empty: the root itself.
  private let folders: [String]
  private let suffixes: [String]
  private let paths: [String]

  init(paths: [String], suffixes: [String], _ workspace: Workspace) throws {
    folders = try paths.map { path in
      guard let relative = workspace.relative(path) else {
        throw CommandFailure(
          .usage, code: "outside", "\(path) lies outside of the repository \(workspace.root).")
      }
      return relative
    }
    self.suffixes = suffixes.map { $0.hasPrefix(".") ? $0 : "." + $0 }
    self.paths = paths
  }

  func contains(_ path: RepositoryPath) -> Bool {
    let isInside =
      folders.isEmpty || folders.contains { $0.isEmpty || path.text == $0 || path.text.hasPrefix($0 + "/") }
    return isInside && (suffixes.isEmpty || suffixes.contains { path.name.hasSuffix($0) })
  }

  var empty: CommandFailure {
    let what = (paths + suffixes).joined(separator: ", ")
    return CommandFailure(
      .nothing, code: "no_files",
      what.isEmpty ? "The index has no files." : "The index has no files of \(what).",
      hint: "`codira status` shows what the index holds; `codira explain PATH` why a file is left out.")
  }
}
