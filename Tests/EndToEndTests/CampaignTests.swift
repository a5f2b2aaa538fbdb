import CodiraTestSupport
import Foundation
import Testing

/// The campaigns in short form, on a small tree with the tiny model and the built program.
@Suite struct CampaignTests {
  @Test(arguments: [UInt32(20_240_229), .random(in: 0...UInt32.max)])
  func theLawHolds(seed: UInt32) throws {
    let scratch = try Scratch()
    let run = try ToolRun(
      "Benchmarks/campaigns/law", scratch.tree, "--model", scratch.model, "--codira", Self.program, "--seed",
      "\(seed)", "--steps", "120")
    print(run.output)
    #expect(run.status == 0, "\(run.output)")
  }

  @Test func nothingIsLostByFaults() throws {
    let scratch = try Scratch()
    let run = try ToolRun(
      "Benchmarks/campaigns/faults", scratch.tree, "--model", scratch.model, "--codira", Self.program,
      "--kills", "8")
    print(run.output)
    #expect(run.status == 0, "\(run.output)")
  }

  @Test(arguments: [UInt32(20_240_229), .random(in: 1...UInt32.max)])
  func hostileSourcesAreRead(seed: UInt32) throws {
    let run = try ToolRun(
      "Benchmarks/campaigns/hostile", "--build", Checkout.products.path, "--seed", "\(seed)", "--mutations",
      "500",
      "--nesting", "300", "--short")
    print(run.output)
    #expect(run.status == 0, "\(run.output)")
  }

  @Test func historyChangesWhatItTouches() throws {
    let scratch = try Scratch()
    try scratch.makeHistory()
    let run = try ToolRun(
      "Benchmarks/campaigns/history", scratch.tree, "--model", scratch.model, "--codira", Self.program,
      "--clean-every", "2")
    print(run.output)
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains("5 commits, 2 clean exports equal"), "\(run.output)")
  }

  static let program = Checkout.products.appendingPathComponent("codira").path

  /// A copy of the small tree beside this, which has every language, and the tiny model.
  private final class Scratch {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("codira-campaign-\(UUID())")
    var tree: String { folder.path + "/tree" }
    var model: String { folder.path + "/model" }

    init() throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        at: Checkout.root.appendingPathComponent("Tests/EndToEndTests/Tree"),
        to: folder.appendingPathComponent("tree"))
      let run = try ToolRun("scripts/make-tiny-model", model)
      if run.status != 0 { throw ToolRun.Failure(run: run) }
    }

    /// Commits the tree, then five edits: a body, a new function above others, a comment, a section, a removal.
    func makeHistory() throws {
      try git("init", "-q", "-b", "main")
      try git("add", "-A")
      try commit("start")
      try edit("pkg/shapes.py", "return math.pi * inner(radius)", "return 2 * math.pi * inner(radius)")
      try edit("pkg/shapes.py", "LIMIT = 10\n", "LIMIT = 10\n\n\ndef first():\n    return LIMIT\n")
      try edit("list.c", "/* Counts. */", "/* Counts the list. */")
      try edit("guide.md", "## Use\n", "## Build\n\nmake\n\n## Use\n")
      try edit("pkg/inner/units.py", "FACTOR = 2\n", "")
    }

    private func edit(_ path: String, _ old: String, _ new: String) throws {
      let url = URL(fileURLWithPath: tree + "/" + path)
      let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
      try Data(text.replacing(old, with: new, maxReplacements: 1).utf8).write(to: url)
      try commit(path)
    }

    private func commit(_ message: String) throws { try git("commit", "-qam", message) }

    private func git(_ arguments: String...) throws {
      let run = try ToolRun(
        ["git", "-C", tree, "-c", "user.name=test", "-c", "user.email=test@localhost"] + arguments)
      if run.status != 0 { throw ToolRun.Failure(run: run) }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
  }
}
