import ArgumentParser
import CodiraMCP
import CodiraModel
import Glibc

/// `codira mcp`: the index as a Model Context Protocol server, and its entry in a client's configuration.
struct MCPCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mcp",
    abstract: "Serve the index to coding agents over the Model Context Protocol.",
    discussion: """
      The server speaks over standard input and output, reads and never writes, and ends when its input ends. \
      `codira mcp config CLIENT` shows how a client starts it.
      """,
    subcommands: [MCPServeCommand.self, MCPConfigCommand.self], defaultSubcommand: MCPServeCommand.self)
}

/// `codira mcp serve`: speaks the protocol until its input ends, or over HTTP until it is told to end.
struct MCPServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Speak the protocol over standard input and output (the default) or HTTP.",
    discussion: """
      With --http the server is at /mcp of that address until it gets a signal. An address that other machines \
      reach needs a token, which clients send as `Authorization: Bearer TOKEN`.
      """)

  @Option(help: "Which tools are listed: standard (six) or all (thirteen).") var tools = "standard"
  @Option(help: ArgumentHelp("Tokens an answer may have.", valueName: "tokens")) var budget = 4_000
  @Flag(help: "Answer in text alone, for clients that ignore structured content.") var text = false
  @OptionGroup(title: "HTTP") var http: HTTPOptions
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func validate() throws {
    if !["standard", "all"].contains(tools) { throw ValidationError("--tools is standard or all") }
    if budget < 500 { throw ValidationError("--budget must be 500 or more") }
    try http.check()
  }

  func run() throws {
    let context = try CommandContext(options: options)
    let server = server(in: context)
    if let address = http.parsedAddress {
      try http.serve(server, at: address, in: context)
    } else {
      MCPLines.standard().serve(server)
    }
  }

  /// Everything that is served.
  private func server(in context: CommandContext) -> MCPServer {
    let table = tools == "all" ? ToolTable.all : ToolTable.standard
    let budget = budget * ContextFormat.bytesPerToken
    return MCPServer(
      name: "codira", version: ProductVersion.current, instructions: ToolTable.instructions,
      tools: table.map { $0.tool(in: context, budget: budget) },
      resources: ResourceTable(context: context, budget: budget).resources,
      prompts: PromptTable(context: context, budget: budget).prompts, textOnly: text)
  }
}
