import CodiraTestSupport
import Foundation
import Testing

/// Every command's `--help` is what `Help/` says; `UPDATE_SNAPSHOTS=1` rewrites the files and fails.
@Suite struct HelpTests {
  private let folder = Checkout.root.appendingPathComponent("Tests/CommandLineTests/Help")

  @Test func everyHelpIsAsRecorded() throws {
    let isUpdating = ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1"
    let place = FileManager.default.temporaryDirectory
    let dump = try CommandOutcome(["--experimental-dump-help"], in: place).json()
    let root = try #require(dump["command"] as? [String: Any])
    for words in Self.commands(root, after: []) {
      let help = try CommandOutcome(words + ["--help"], in: place)
      #expect(help.status == 0 && help.errors.isEmpty)
      let name = (["codira"] + words).joined(separator: "-") + ".txt"
      let file = folder.appendingPathComponent(name)
      let recorded = try? String(contentsOf: file, encoding: .utf8)
      if recorded != help.output, isUpdating { try Data(help.output.utf8).write(to: file) }
      #expect(recorded == help.output, "Help/\(name): look at it, then run with UPDATE_SNAPSHOTS=1")
      let widest =
        help.output.split(separator: "\n").filter { !$0.hasPrefix("USAGE:") }.map(\.count).max() ?? 0
      #expect(widest <= 80, "\(name) has a line of \(widest) columns")
    }
  }

  private static func commands(_ command: [String: Any], after words: [String]) -> [[String]] {
    let subcommands = (command["subcommands"] as? [[String: Any]] ?? []).filter {
      $0["commandName"] as? String != "help"
    }
    return [words]
      + subcommands.flatMap { commands($0, after: words + [$0["commandName"] as? String ?? ""]) }
  }
}
