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
      "\(seed)", "--steps", "100")
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

  /// A small tree in some languages, and the tiny model.
  private final class Scratch {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("codira-campaign-\(UUID())")
    var tree: String { folder.path + "/tree" }
    var model: String { folder.path + "/model" }

    init() throws {
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent("tree/pkg/inner"), withIntermediateDirectories: true)
      for (name, text) in Self.files {
        try Data(text.utf8).write(to: folder.appendingPathComponent("tree/" + name))
      }
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

    private static let files = [
      "pkg/__init__.py": "from .shapes import Box, area\n",
      "pkg/shapes.py": """
      \"\"\"Shapes and what they measure.\"\"\"
      import math
      from .inner.units import scale

      LIMIT = 10


      class Shape:
          \"\"\"Anything with an area.\"\"\"

          def area(self):
              raise NotImplementedError


      class Box(Shape):
          def __init__(self, width, height):
              self.width = width
              self.height = height

          def area(self):
              return scale(self.width * self.height)

          @property
          def ratio(self):
              return self.width / self.height


      def area(shape):
          return min(shape.area(), LIMIT)


      def circle(radius):
          def inner(x):
              return x * x
          return math.pi * inner(radius)

      """,
      "pkg/inner/__init__.py": "",
      "pkg/inner/units.py": "FACTOR = 2\n\n\ndef scale(value):\n    return value * FACTOR\n",
      "main.py": "from pkg import Box, area\n\n\ndef main():\n    print(area(Box(2, 3)))\n\n\nmain()\n",
      "list.h": "#ifndef LIST_H\n#define LIST_H\nstruct list { int size; struct list *next; };\n"
        + "int list_size(const struct list *list);\n#endif\n",
      "list.c": "#include \"list.h\"\n\n/* Counts. */\nint list_size(const struct list *list) {\n"
        + "  return list ? 1 + list_size(list->next) : 0;\n}\n\nstatic int helper(void) { return list_size(0); }\n",
      "guide.md": "# Guide\n\nAll about it.\n\n## Install\n\nDo this.\n\n## Use\n\nDo that.\n",
      "setup.ini": "[server]\nhost = localhost\nport = 80\n\n[client]\nname = x\n",
    ]
  }
}
