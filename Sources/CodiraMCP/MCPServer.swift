import CodiraModel

/// A Model Context Protocol server: answers one request at a time, from any thread.
///
/// It knows the protocol and nothing of what its tools do. A tool's payload is sent once: as structured content to
/// clients of a revision that has it, as text to older ones and where the server is told so.
package final class MCPServer: Sendable {
  private let name: String
  private let version: String
  private let instructions: String
  private let tools: [MCPTool]
  private let resources: MCPResources
  private let prompts: [MCPPrompt]
  private let textOnly: Bool

  package init(
    name: String, version: String, instructions: String, tools: [MCPTool],
    resources: MCPResources = MCPResources(), prompts: [MCPPrompt] = [], textOnly: Bool = false
  ) {
    self.name = name
    self.version = version
    self.instructions = instructions
    self.tools = tools
    self.resources = resources
    self.prompts = prompts
    self.textOnly = textOnly
  }

  /// The answer to one message; nil where none is due.
  package func answer(_ message: [UInt8], _ revision: MCPRevision) -> JSONObject? {
    do throws(MCPFault) {
      guard case .request(let request) = try MCPMessage(message) else { return nil }
      return answer(request, revision)
    } catch {
      return error.answer()
    }
  }

  /// The answer to a request, which has a result or says what is wrong.
  ///
  /// `revision` is what the session or the transport goes by; a request that names its own goes by that.
  func answer(_ request: MCPRequest, _ revision: MCPRevision) -> JSONObject {
    do throws(MCPFault) {
      let revision = try request.revision ?? revision
      var result = try result(of: request, revision)
      if revision >= .stateless { complete(&result, of: request.method) }
      return ["jsonrpc": "2.0", "id": request.id, "result": .object(result)]
    } catch {
      return error.answer(to: request.id)
    }
  }

  private func result(of request: MCPRequest, _ revision: MCPRevision) throws(MCPFault) -> JSONObject {
    let parameters = request.parameters
    switch request.method {
    case "initialize": return initialize(MCPRevision(agreedOn: parameters))
    case "server/discover": return discover()
    case "ping": return [:]
    case "tools/list":
      let list = tools.map { $0.definition(withOutput: isStructured(revision)) }
      return try MCPPage(list, parameters).result("tools")
    case "tools/call": return try call(parameters, revision)
    case "resources/list":
      return try MCPPage(resources.list.map(\.definition), parameters).result("resources")
    case "resources/templates/list":
      return try MCPPage(resources.templates.map(\.definition), parameters).result("resourceTemplates")
    case "resources/read": return try read(parameters, revision)
    case "prompts/list": return try MCPPage(prompts.map(\.definition), parameters).result("prompts")
    case "prompts/get": return try prompt(parameters)
    default: throw MCPFault(.unknownMethod, "There is no method `\(request.method)`.")
    }
  }

  private func isStructured(_ revision: MCPRevision) -> Bool { !textOnly && revision >= .structured }

  // MARK: Beginning

  private var capabilities: JSONValue { ["tools": [:], "resources": [:], "prompts": [:]] }

  private var identity: JSONValue { ["name": .string(name), "version": .string(version)] }

  private func initialize(_ revision: MCPRevision) -> JSONObject {
    [
      "protocolVersion": .string(revision.rawValue), "capabilities": capabilities, "serverInfo": identity,
      "instructions": .string(instructions),
    ]
  }

  private func discover() -> JSONObject {
    [
      "supportedVersions": .array(MCPRevision.words.map { .string($0) }), "capabilities": capabilities,
      "instructions": .string(instructions), "_meta": ["io.modelcontextprotocol/serverInfo": identity],
    ]
  }

  /// Adds what every result of the stateless revision has, and how long it holds: the lists as long as the server
  /// runs, what is read not at all.
  private func complete(_ result: inout JSONObject, of method: String) {
    result["resultType"] = "complete"
    guard method == "server/discover" || method == "resources/read" || method.hasSuffix("/list") else {
      return
    }
    result["ttlMs"] = method == "resources/read" ? 0 : 3_600_000
    result["cacheScope"] = "private"
  }

  // MARK: Asking

  private func call(_ parameters: JSONObject, _ revision: MCPRevision) throws(MCPFault) -> JSONObject {
    guard case .string(let asked)? = parameters["name"] else {
      throw MCPFault(.invalidParameters, "tools/call needs the \"name\" of a tool.")
    }
    guard let tool = tools.first(where: { $0.name == asked }) else {
      let names = tools.map(\.name).joined(separator: ", ")
      throw MCPFault(.invalidParameters, "There is no tool `\(asked)`; there are \(names).")
    }
    let arguments = try parameters.arguments
    if let fault = tool.fault(in: arguments) {
      return ["content": Self.content(fault), "isError": true]
    }
    let answer = tool.call(arguments, !isStructured(revision))
    var result: JSONObject = ["content": Self.content(answer.text)]
    if let payload = answer.payload { result["structuredContent"] = .object(payload) }
    if answer.isError { result["isError"] = true }
    return result
  }

  private func read(_ parameters: JSONObject, _ revision: MCPRevision) throws(MCPFault) -> JSONObject {
    guard case .string(let uri)? = parameters["uri"] else {
      throw MCPFault(.invalidParameters, "resources/read needs the \"uri\" of a resource.")
    }
    switch resources.read(uri) {
    case .text(let text, let type):
      let content: JSONObject = ["uri": .string(uri), "mimeType": .string(type), "text": .string(text)]
      return ["contents": [.object(content)]]
    case .unknown(let reason):
      throw MCPFault(
        revision >= .stateless ? .invalidParameters : .unknownResource, reason, id: .null,
        data: ["uri": .string(uri)])
    }
  }

  private func prompt(_ parameters: JSONObject) throws(MCPFault) -> JSONObject {
    guard case .string(let asked)? = parameters["name"] else {
      throw MCPFault(.invalidParameters, "prompts/get needs the \"name\" of a prompt.")
    }
    guard let prompt = prompts.first(where: { $0.name == asked }) else {
      let names = prompts.map(\.name).joined(separator: ", ")
      throw MCPFault(.invalidParameters, "There is no prompt `\(asked)`; there are \(names).")
    }
    let text = try prompt.text(given: try parameters.arguments)
    let message: JSONObject = ["role": "user", "content": ["type": "text", "text": .string(text)]]
    return ["description": .string(prompt.description), "messages": [.object(message)]]
  }

  private static func content(_ text: String) -> JSONValue {
    [["type": "text", "text": .string(text)]]
  }
}

extension JSONObject {
  /// The member `arguments` of a call; empty where it is not there.
  fileprivate var arguments: JSONObject {
    get throws(MCPFault) {
      switch self["arguments"] {
      case .object(let given)?: given
      case nil, .null?: [:]
      default: throw MCPFault(.invalidParameters, "\"arguments\" is an object.")
      }
    }
  }
}
