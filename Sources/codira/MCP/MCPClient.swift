import CodiraModel

/// Clients whose configuration is known.
enum MCPClient: String, CaseIterable {
  case claudeCode = "claude-code"
  case claudeDesktop = "claude-desktop"
  case cursor
  case vscode
  case codex
  case zed

  /// How it reaches the server.
  enum Way {
    case program(String, arguments: [String])
    case http(String)
  }

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

  /// That file here; nil where there is no home.
  func path(_ workspace: Workspace, _ environment: Environment) -> String? {
    let settings = environment.baseFolder("XDG_CONFIG_HOME", under: ".config")
    return switch self {
    case .claudeCode: workspace.root + "/.mcp.json"
    case .cursor: workspace.root + "/.cursor/mcp.json"
    case .vscode: workspace.root + "/.vscode/mcp.json"
    case .claudeDesktop: settings.map { $0 + "/Claude/claude_desktop_config.json" }
    case .zed: settings.map { $0 + "/zed/settings.json" }
    case .codex:
      (environment["CODEX_HOME"] ?? environment["HOME"].map { $0 + "/.codex" }).map { $0 + "/config.toml" }
    }
  }

  var format: String { self == .codex ? "toml" : "json" }

  /// Whether it hands a tool's structured content to its model.
  var readsStructuredContent: Bool { self == .claudeCode || self == .codex }

  /// Whether its file takes servers over HTTP.
  var takesHTTP: Bool { self != .claudeDesktop }

  /// The member that has the servers.
  var servers: String {
    switch self {
    case .codex: "mcp_servers"
    case .vscode: "servers"
    case .zed: "context_servers"
    default: "mcpServers"
    }
  }

  /// The members of the entry.
  func members(_ way: Way) -> JSONObject {
    switch way {
    case .program(let program, let arguments):
      return ["command": .string(program), "args": .array(arguments.map { .string($0) })]
    case .http(let url):
      let isNamed = self == .claudeCode || self == .vscode
      return isNamed ? ["type": "http", "url": .string(url)] : ["url": .string(url)]
    }
  }

  /// The entry as a file that has nothing else.
  func entry(_ way: Way) -> String {
    let members = members(way)
    if format == "toml" { return ClientTable.text(members, of: servers) }
    let servers: JSONObject = [servers: .object(["codira": .object(members)])]
    return ClientJSON.text(.object(servers))
  }
}
