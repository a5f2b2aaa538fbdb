import ArgumentParser
import CodiraModel

/// `codira plugins new`: a project for an analyzer of one's own, which builds by itself.
struct PluginsNewCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Write a project for an analyzer of your own.",
    discussion: """
      The project holds a small analyzer that works, its tests, and a README that says which parts to replace. \
      It builds with what this installation brought, a compiler, and nothing else. `queries` makes an analyzer \
      of a tree-sitter grammar and capture files, without code.
      """)

  @Argument(help: "The analyzer's name: lower-case letters, digits and `-`.") var name: String

  @Option(help: ArgumentHelp("What to write it in.", valueName: "language"))
  var language: ProjectTemplate.Language

  @Option(help: ArgumentHelp("The folder to make; by default the name.", valueName: "dir"))
  var directory: String?

  @Option(help: ArgumentHelp("The suffix of its files; by default a dot and the name.", valueName: "suffix"))
  var suffix: String?

  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    let name = try ProjectName(id: name, suffix: suffix)
    let folder = directory ?? name.id
    guard !folder.isEmpty else {
      throw CommandFailure(
        .usage, code: "bad_value", "The folder's name is empty.", hint: "Name one: `--directory DIR`.")
    }
    let template = try ProjectTemplate(language, named: name)
    try template.write(into: folder)
    return Answer(
      query: [
        "name": .string(name.id), "language": .string(language.rawValue), "suffix": .string(name.suffix),
      ],
      results: template.files.map { ["path": .string(folder + "/" + $0.path)] },
      extras: ["directory": .string(folder), "next": .array(steps(name).map { .string($0.command) })]
    ) { page in
      write(name, folder, template.files.count, to: &page)
    }
  }

  private func write(_ name: ProjectName, _ folder: String, _ count: Int, to page: inout TextPage) {
    let place = TerminalText.escape(folder)
    page.paragraph("Wrote an analyzer for *\(name.suffix) files into \(place): \(count) files. Next:")
    page.line()
    page.table(
      ([("cd \(place)", "its README.md says which parts to replace")] + steps(name)).map { [$0, $1] },
      indent: 2)
  }

  /// What to do in the project, one after the other.
  private func steps(_ name: ProjectName) -> [(command: String, reason: String)] {
    if language == .queries {
      let plugin = "libcodira-\(name.id).so"
      return [
        ("codira plugins build .", "compile the grammar, and build \(plugin)"),
        ("codira plugins test .", "compare what it reports with its corpus"),
        ("codira plugins check \(plugin)", "see whether it keeps the rules of the interface"),
        ("codira plugins install \(plugin)", "have `codira index` use it"),
      ]
    }
    return [
      ("make", "build build/libcodira-\(name.id).so"),
      ("make test", "compare what it reports with Tests/Corpus"),
      ("make check", "see whether it keeps the rules of the interface"),
      ("make install", "have `codira index` use it"),
    ]
  }
}
