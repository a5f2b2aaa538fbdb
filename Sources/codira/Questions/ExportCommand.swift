import ArgumentParser
import CodiraQuery
import CodiraStore

/// `codira export`: the whole index as JSON lines in canonical order.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the index as JSON lines in canonical order.",
    discussion: """
      One record a line, its first field `type`: documentation, file, reference, symbol, vector. Two indexes of \
      the same tree give the same bytes, whatever edits led there. Exit code 4: some files ran out of time, and \
      a later run may read them.
      """)

  @OptionGroup(title: "Common options") var options: GlobalOptions

  func run() throws {
    let context = try CommandContext(options: options)
    let workspace = try context.workspace.get()
    let reader = try IndexReader(IndexLocation(directory: workspace.indexFolder))
    let isComplete = try reader.read { snapshot in
      let export = try IndexExport(try IndexView(snapshot, root: workspace.root)) { StandardOutput.write($0) }
      try export.run()
      return export.isComplete
    }
    if !isComplete {
      context.console.warning(
        "some files ran out of time, or their analyzer is set aside; `codira index` tries them again")
      throw ExitCode(ExitStatus.someFailed.rawValue)
    }
  }
}
