import ArgumentParser
import CodiraModel

/// `codira mcp config CLIENT`: how a client is told to start the server, or where to find it.
struct MCPConfigCommand: CodiraCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show or write the entry that makes a client start the server here.",
    discussion: """
      CLIENT is one of \(MCPClient.allCases.map(\.rawValue).joined(separator: ", ")). The entry is printed; with \
      --write it is put into the client's file, whose other settings stay as they are. A file that is no plain \
      JSON or TOML is left alone.
      """)

  @Argument(help: "The client's name.") var client: String
  @Flag(help: "Put the entry into the client's file; what that was is kept beside it.") var write = false
  @Option(help: ArgumentHelp("Use this file instead of the client's own.", valueName: "path")) var file:
    String?
  @Option(help: ArgumentHelp("The entry of a server that runs over HTTP.", valueName: "url")) var http:
    String?
  @OptionGroup(title: "Common options") var options: GlobalOptions

  func validate() throws {
    guard let known = MCPClient(rawValue: client) else {
      let names = MCPClient.allCases.map(\.rawValue)
      let nearest = NearestName.of(client, among: names).map { "; did you mean \($0)?" } ?? ""
      throw ValidationError("CLIENT is one of " + names.joined(separator: ", ") + nearest)
    }
    if file != nil, !write { throw ValidationError("--file needs --write") }
    guard let http else { return }
    if !http.hasPrefix("http://"), !http.hasPrefix("https://") {
      throw ValidationError("--http takes a URL, like http://127.0.0.1:8377/mcp")
    }
    if !known.takesHTTP { throw ValidationError("\(client) starts servers itself; leave out --http") }
  }

  func answer(in context: CommandContext) throws -> Answer {
    let workspace = try context.workspace.get()
    let client = MCPClient(rawValue: client)!
    let way = http.map { MCPClient.Way.http($0) } ?? Self.program(for: client, workspace)
    let entry = client.entry(way)
    let path = file ?? client.path(workspace, context.environment)
    let query: JSONObject = ["client": .string(client.rawValue)]
    var row: JSONObject = [
      "file": .string(client.file), "path": .optional(path), "format": .string(client.format),
      "entry": .string(entry),
    ]
    guard write else {
      row["outcome"] = "printed"
      return Answer(query: query, results: [.object(row)]) { page in
        page.line("Into \(client.file):")
        page.line()
        page.line(entry)
      }
    }
    guard let path else {
      throw CommandFailure(
        .usage, code: "no_home", "HOME is not set, so \(client.file) is not found.",
        hint: "Name it by --file.")
    }
    let target = ClientFile(path: path)
    let outcome = try target.write(client, way)
    row["outcome"] = .string(outcome.rawValue)
    return Answer(query: query, results: [.object(row)]) { page in
      page.line(TerminalText.escape("\(path): \(outcome.rawValue)"))
      if outcome == .changed { page.line(TerminalText.escape("What it was: \(target.backup)")) }
    }
  }

  /// This program, with what makes it serve this repository.
  private static func program(for client: MCPClient, _ workspace: Workspace) -> MCPClient.Way {
    let isElsewhere = workspace.indexFolder != workspace.root + "/" + Workspace.folderName
    return .program(
      PluginOptions.executable,
      arguments: ["mcp", "serve", "-C", workspace.root]
        + (isElsewhere ? ["--index", workspace.indexFolder] : [])
        + (client.readsStructuredContent ? [] : ["--text"]))
  }
}
