import CodiraTestSupport
import Foundation
import Testing

/// What `docs/plugins/versioning.md` says of a new version of an analyzer: its files are read again, and nothing that
/// came out the same is new.
@Suite final class VersionBumpTests {
  private let home = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    .appendingPathComponent("codira-versions-\(UUID().uuidString)")
  private var folder: URL { home.appendingPathComponent("repository") }

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in [
      ("a.frozen", "type Base\ntype Item : Base\nvar count : int\n"), ("b.frozen", "type Other : Item\n"),
      ("c.py", "def f():\n    return 1\n"),
    ] { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
  }

  deinit { try? FileManager.default.removeItem(at: home) }

  @Test func onlyTheFilesOfANewVersionAreReadAgain() throws {
    let source = try Checkout.text("\(FrozenPlugin.folder)/plugin.c")
    func plugin(_ version: String, documentation: String = "A type.") throws -> String {
      try FrozenPlugin.build(
        source: source.replacing(
          "    TEXT(\"frozen\"),\n    TEXT(\"1\")", with: "    TEXT(\"frozen\"),\n    TEXT(\"\(version)\")"
        )
        .replacing("text(\"A type.\")", with: "text(\"\(documentation)\")"))
    }
    let (first, second) = (try plugin("1"), try plugin("2"))
    try #require(try index(first).contains("3 new"))
    let before = try export()
    #expect(try index(first).contains("Nothing changed"))

    let bumped = try index(second)
    #expect(bumped.contains("1 unchanged, 2 analyzer changed"), "\(bumped)")
    #expect(bumped.contains("symbols  6 the same"), "\(bumped)")
    let after = try export()
    #expect(
      after
        == before.replacing(
          "\"frozen\",\"analyzer_version\":\"1\"", with: "\"frozen\",\"analyzer_version\":\"2\""))

    let other = try index(plugin("3", documentation: "A kind of thing."))
    #expect(other.contains("symbols  3 changed, 3 the same"), "\(other)")
    #expect(try index(first).contains("2 analyzer changed"))
    #expect(try export() == before)
  }

  @Test func anAnalyzerThatIsGoneEndsTheRunBeforeAnyWork() throws {
    _ = try index(FrozenPlugin.build())
    let before = try export()
    let run = try codira(["index", "--no-embeddings", "--no-git"])
    #expect(run.status == 2 && run.output.contains("--allow-missing-analyzers"), "\(run.output)")
    #expect(try export() == before)
  }

  private func index(_ plugin: String) throws -> String {
    try codira(["index", "--no-embeddings", "--no-git", "--plugin", plugin]).output
  }

  private func export() throws -> String { try codira(["export"]).output }

  private func codira(_ arguments: [String]) throws -> ToolRun {
    try ToolRun(
      ["env", "-u", "CODIRA_INDEX", "HOME=\(home.path)/.home", "XDG_CACHE_HOME=\(home.path)/.cache"]
        + ["XDG_CONFIG_HOME=\(home.path)/.settings", "XDG_DATA_HOME=\(home.path)/.data"]
        + [FrozenPlugin.worker] + arguments + ["-C", folder.path])
  }
}
