import ArgumentParser
import CodiraModel
import CodiraStore
import Glibc

/// `codira gc`: drops texts and vectors that no current symbol uses.
struct GarbageCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "gc",
    abstract: "Drop texts and vectors that no current symbol uses.",
    discussion: """
      They are kept otherwise, so that switching a branch back or undoing an edit computes nothing.
      """)

  @Flag(name: .long, help: "Say what would be dropped, and drop nothing.") var dryRun = false
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    let location = IndexLocation(directory: try context.workspace.get().indexFolder)
    // Refuses where there is no index: the writer would make one.
    let reader = try IndexReader(location)
    let before = Self.size(location.database)
    let collected: IndexWriter.Collected
    if dryRun {
      collected = try reader.read { try $0.countGarbage() }
    } else {
      collected = try IndexWriter(location, lockTimeout: 10).collectGarbage()
    }
    let freed = before - Self.size(location.database)
    let dryRun = dryRun
    return Answer(
      query: ["dry_run": .bool(dryRun)],
      extras: [
        "texts": .int(collected.payloads), "vectors": .int(collected.vectors),
        "vector_sets": .int(collected.sets),
        "freed_bytes": .int(freed),
      ]
    ) { page in
      let what =
        "\(CountText.count(collected.vectors, "vector")), \(CountText.count(collected.payloads, "text"))"
      page.line(
        dryRun
          ? "Would drop \(what)."
          : "Dropped \(what); the index is \(CountText.number(max(freed, 0) >> 10)) KiB smaller.")
    }
  }

  private static func size(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_size : 0
  }
}
