import ArgumentParser
import CodiraModel
import CodiraPluginHost

/// `codira plugins build`: an analyzer of a grammar, capture queries and rules, without code.
struct PluginsBuildCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Build an analyzer from a grammar, capture queries and naming rules, without code.",
    discussion: """
      The folder holds analyzer.toml, queries/*.scm, and the grammar's src/parser.c with its scanner. They are \
      compiled with a C compiler ($CC, else cc, gcc or clang); nothing else is needed. What is wrong with the \
      rules or the queries is told with file, line and column, and no plugin is written then.
      """)

  @Argument(help: ArgumentHelp("The folder with analyzer.toml.", valueName: "dir"))
  var folder: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the plugin to this file; by default DIR/libcodira-ID.so.", valueName: "file"))
  var output: String?

  @OptionGroup(title: "Common options") var options: GlobalOptions

  func answer(in context: CommandContext) throws -> Answer {
    let sources = try NoCodeSources(folder: folder)
    let target = output ?? "\(sources.folder)/libcodira-\(sources.rules.id).so"
    let plugin = try NoCodeBuild(sources, environment: context.environment).write(to: target)
    return Answer(query: ["folder": .string(folder)], results: [row(plugin, target, sources)]) { page in
      write(plugin, target, to: &page)
    }
  }

  private func row(_ plugin: Plugin, _ target: String, _ sources: NoCodeSources) -> JSONValue {
    let descriptor = plugin.descriptor
    return [
      "path": .string(target), "id": .string(descriptor.id), "version": .string(descriptor.version),
      "languages": .array(descriptor.languages.map(JSONValue.string)),
      "suffixes": .array(descriptor.suffixes.map(JSONValue.string)),
      "file_names": .array(descriptor.fileNames.map(JSONValue.string)),
      "grammar": .string("\(descriptor.grammarName) \(descriptor.grammarVersion)"),
      "grammar_abi": .int(sources.grammar.abi), "digest": .string(plugin.digest.hex),
      "queries": .array(sources.queries.map { .string($0.file) }),
    ]
  }

  private func write(_ plugin: Plugin, _ target: String, to page: inout TextPage) {
    let descriptor = plugin.descriptor
    let path = TerminalText.escape(target)
    let files = (descriptor.suffixes + descriptor.fileNames).joined(separator: " ")
    page.line("Built \(path)")
    page.paragraph("\(descriptor.id) \(descriptor.version) for \(files)", indent: 2)
    page.line()
    page.line("Next: codira index --plugin \(path)")
  }
}
