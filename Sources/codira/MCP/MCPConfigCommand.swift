import ArgumentParser
import CodiraModel

/// `codira mcp config CLIENT`: how a client is told to start the server.
struct MCPConfigCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show the entry that makes a client start the server here.",
    discussion: """
      CLIENT is one of \(MCPClient.allCases.map(\.rawValue).joined(separator: ", ")). The entry is printed, \
      never written: the file it belongs into is the client's.
      """)

  @Argument(help: "The client's name.") var client: String
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func validate() throws {
    guard MCPClient(rawValue: client) == nil else { return }
    let names = MCPClient.allCases.map(\.rawValue)
    let nearest = NearestName.of(client, among: names).map { "; did you mean \($0)?" } ?? ""
    throw ValidationError("CLIENT is one of " + names.joined(separator: ", ") + nearest)
  }

  func answer(in context: CommandContext) throws -> Answer {
    let workspace = try context.workspace.get()
    let client = MCPClient(rawValue: client)!
    let entry = client.entry(program: PluginOptions.executable, workspace)
    return Answer(
      query: ["client": .string(client.rawValue)],
      results: [["file": .string(client.file), "format": .string(client.format), "entry": .string(entry)]]
    ) { page in
      page.line("Into \(client.file):")
      page.line()
      page.line(entry)
    }
  }
}

/// Clients whose configuration is known.
enum MCPClient: String, CaseIterable {
  case claudeCode = "claude-code"
  case claudeDesktop = "claude-desktop"
  case cursor
  case vscode
  case codex
  case zed

  /// The file the entry belongs into, as its documentation names it.
  var file: String {
    switch self {
    case .claudeCode: ".mcp.json in the repository"
    case .claudeDesktop: "claude_desktop_config.json"
    case .cursor: ".cursor/mcp.json in the repository"
    case .vscode: ".vscode/mcp.json in the repository"
    case .codex: "~/.codex/config.toml"
    case .zed: "~/.config/zed/settings.json"
    }
  }

  var format: String { self == .codex ? "toml" : "json" }

  /// Whether it hands a tool's structured content to its model.
  private var readsStructuredContent: Bool { self == .claudeCode || self == .codex }

  func entry(program: String, _ workspace: Workspace) -> String {
    let isElsewhere = workspace.indexFolder != workspace.root + "/" + Workspace.folderName
    let arguments =
      ["mcp", "serve", "-C", workspace.root] + (isElsewhere ? ["--index", workspace.indexFolder] : [])
      + (readsStructuredContent ? [] : ["--text"])
    let command = JSONValue.string(program).text
    let list = JSONValue.array(arguments.map { .string($0) }).text
    if self == .codex { return "[mcp_servers.codira]\ncommand = \(command)\nargs = \(list)" }
    let servers =
      switch self {
      case .vscode: "servers"
      case .zed: "context_servers"
      default: "mcpServers"
      }
    return """
      {
        "\(servers)": {
          "codira": {
            "command": \(command),
            "args": \(list)
          }
        }
      }
      """
  }
}
