import ArgumentParser
import CodiraMCP
import Glibc

/// How the server is reached over HTTP.
struct HTTPOptions: ParsableArguments {
  static let tokenVariable = "CODIRA_MCP_TOKEN"
  private static let leastToken = 16

  @Option(
    name: .customLong("http"), defaultAsFlag: "127.0.0.1:\(HTTPAddress.defaultPort)",
    help: ArgumentHelp("Serve over HTTP at this address.", valueName: "host:port"))
  var address: String?

  @Option(
    help: ArgumentHelp(
      "Read the token that clients need from this file; else from \(tokenVariable).", valueName: "file"))
  var tokenFile: String?

  @Option(
    help: ArgumentHelp("Let requests name the server like this, too; may be repeated.", valueName: "name"))
  var allowHost: [String] = []

  var parsedAddress: HTTPAddress? { address.flatMap { HTTPAddress($0) } }

  func check() throws {
    if let address, parsedAddress == nil {
      throw ValidationError(
        "--http takes an address in digits and a port, like 127.0.0.1:8377; not \(address)")
    }
    if address == nil, tokenFile != nil || !allowHost.isEmpty {
      throw ValidationError("--token-file and --allow-host need --http")
    }
  }

  /// Serves until a signal asks to end.
  func serve(_ server: MCPServer, at address: HTTPAddress, in context: CommandContext) throws {
    let token = try token(context.environment)
    if !address.isLoopback, token == nil {
      throw CommandFailure(
        .usage, code: "no_token", "Other machines reach \(address.authority), so clients need a token.",
        hint: "Put one into a file for --token-file, or into \(Self.tokenVariable).")
    }
    let endpoint = MCPEndpoint(server, HTTPAdmission(address: address, names: allowHost, token: token))
    let folder = PluginOptions.executableFolder
    let places = [folder, folder + "/../lib/codira"].map { $0 + "/" + HTTPLibrary.fileName }
    do throws(HTTPLibrary.Failure) {
      let workers = 1
      try HTTPLibrary(at: places).serve(endpoint, at: address, .init(workers: workers)) { address in
        context.console.note("serving http://\(address.authority)\(MCPEndpoint.path)")
      }
    } catch {
      throw error.failure
    }
  }

  /// Never an argument: those are seen by everybody.
  private func token(_ environment: Environment) throws -> String? {
    var token = environment[Self.tokenVariable]
    if let tokenFile {
      guard let line = try PlainFile.lines(tokenFile).first else {
        throw CommandFailure(.usage, code: "no_token", "\(tokenFile) holds no token.")
      }
      token = line
    }
    guard let token else { return nil }
    let isPlain = token.utf8.allSatisfy { $0 > 32 && $0 < 127 }
    guard isPlain, token.utf8.count >= Self.leastToken else {
      throw CommandFailure(
        .usage, code: "bad_token",
        "A token has \(Self.leastToken) letters or more, without spaces.",
        hint: "`openssl rand -hex 32` makes one.")
    }
    return token
  }
}

extension HTTPLibrary.Failure {
  fileprivate var failure: CommandFailure {
    switch self {
    case .missing(let paths, let reason):
      CommandFailure(
        .usage, code: "no_http", "The library that speaks HTTP cannot be loaded: \(paths[0]): \(reason).",
        hint: "Install it with `make install`; over standard input and output the server needs nothing.")
    case .foreign(let path, let version):
      CommandFailure(
        .usage, code: "no_http", "\(path) belongs to another version of codira (interface \(version)).",
        hint: "Install both together with `make install`.")
    case .empty(let path):
      CommandFailure(
        .usage, code: "no_http", "\(path) was built without libmicrohttpd.",
        hint: "Install libmicrohttpd-dev, then build again.")
    case .address(let address, let code):
      CommandFailure(
        .usage, code: "address", "Cannot listen on \(address.authority): \(String(cString: strerror(code))).",
        hint: "Choose another port: --http 127.0.0.1:PORT.")
    }
  }
}
