import ArgumentParser
import CodiraModel

/// The root of the command line; what it says when asked for nothing is its help.
struct Codira: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "codira",
    abstract: "Index a repository and answer questions about its code.",
    discussion: """
      Start with `codira index` in a repository, then ask: `codira search "where sessions are closed"`. \
      Nothing runs in the background, nothing is downloaded, and no question changes the index.
      """,
    version: ProductVersion.current,
    groupedSubcommands: [
      CommandGroup(
        name: "Index",
        subcommands: [
          IndexCommand.self, StatusCommand.self, CoverageCommand.self, ExplainCommand.self,
          GarbageCommand.self,
        ]),
      CommandGroup(
        name: "Questions",
        subcommands: [
          SearchCommand.self, DocsCommand.self, SimilarCommand.self, SymbolCommand.self,
          SymbolsCommand.self, OutlineCommand.self, ContextCommand.self, MapCommand.self,
          EmbeddingsCommand.self, CapabilitiesCommand.self,
          ExportCommand.self,
        ]),
      CommandGroup(
        name: "Graph",
        subcommands: [
          CallsCommand.self, RefsCommand.self, ImplementationsCommand.self, HierarchyCommand.self,
          ImpactCommand.self, PathCommand.self, GraphCommand.self,
        ]),
      CommandGroup(
        name: "Installation",
        subcommands: [
          PluginsCommand.self, ModelCommand.self, ConfigCommand.self, MCPCommand.self, DoctorCommand.self,
          CompletionsCommand.self,
        ]),
    ])
}
