import CodiraModel

/// A Model Context Protocol server: takes one message at a time and gives what to answer.
///
/// It knows the protocol and nothing of what its tools do. A tool's payload is sent once: as structured content to
/// clients of a revision that has it, as text to older ones and where the server is told so.
package final class MCPServer {
  /// Revisions that are spoken, the newest first.
  package static let revisions = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"]
  /// The first with structured content.
  private static let structuredRevision = "2025-06-18"

  private let name: String
  private let version: String
  private let instructions: String
  private let tools: [MCPTool]
  private let textOnly: Bool
  private var revision = MCPServer.revisions[0]

  package init(name: String, version: String, instructions: String, tools: [MCPTool], textOnly: Bool) {
    self.name = name
    self.version = version
    self.instructions = instructions
    self.tools = tools
    self.textOnly = textOnly
  }

  /// The answer to one line from a client; nil where none is due.
  package func answer(_ line: [UInt8]) -> JSONObject? {
    do throws(MCPFault) {
      switch try MCPMessage(line) {
      case .notification, .response: return nil
      case .request(let id, let method, let parameters):
        do throws(MCPFault) {
          let result = try result(of: method, parameters)
          return ["jsonrpc": "2.0", "id": id, "result": .object(result)]
        } catch {
          return Self.message(error, id: id)
        }
      }
    } catch {
      return Self.message(error, id: error.id)
    }
  }

  package static func message(_ fault: MCPFault, id: JSONValue = .null) -> JSONObject {
    let error: JSONObject = ["code": .int(fault.code.rawValue), "message": .string(fault.message)]
    return ["jsonrpc": "2.0", "id": id, "error": .object(error)]
  }

  private func result(of method: String, _ parameters: JSONObject) throws(MCPFault) -> JSONObject {
    switch method {
    case "initialize": return initialize(parameters)
    case "ping": return [:]
    case "tools/list":
      if let cursor = parameters["cursor"] {
        throw MCPFault(.invalidParameters, "No list of tools goes on at the cursor \(cursor.text).")
      }
      return ["tools": .array(tools.map { .object($0.definition(withOutput: isStructured)) })]
    case "tools/call": return try call(parameters)
    default: throw MCPFault(.unknownMethod, "There is no method `\(method)`.")
    }
  }

  private var isStructured: Bool { !textOnly && revision >= Self.structuredRevision }

  private func initialize(_ parameters: JSONObject) -> JSONObject {
    if case .string(let asked)? = parameters["protocolVersion"] {
      revision = Self.revisions.contains(asked) ? asked : Self.revisions[0]
    }
    return [
      "protocolVersion": .string(revision), "capabilities": ["tools": [:]],
      "serverInfo": ["name": .string(name), "version": .string(version)],
      "instructions": .string(instructions),
    ]
  }

  private func call(_ parameters: JSONObject) throws(MCPFault) -> JSONObject {
    guard case .string(let asked)? = parameters["name"] else {
      throw MCPFault(.invalidParameters, "tools/call needs the \"name\" of a tool.")
    }
    guard let tool = tools.first(where: { $0.name == asked }) else {
      let names = tools.map(\.name).joined(separator: ", ")
      throw MCPFault(.invalidParameters, "There is no tool `\(asked)`; there are \(names).")
    }
    let arguments: JSONObject
    switch parameters["arguments"] {
    case .object(let given)?: arguments = given
    case nil, .null?: arguments = [:]
    default: throw MCPFault(.invalidParameters, "\"arguments\" is an object.")
    }
    if let fault = tool.fault(in: arguments) {
      return ["content": Self.content(fault), "isError": true]
    }
    let answer = tool.call(arguments)
    var result: JSONObject = ["content": Self.content(isStructured ? answer.summary : answer.text)]
    if isStructured { result["structuredContent"] = .object(answer.payload) }
    if answer.isError { result["isError"] = true }
    return result
  }

  private static func content(_ text: String) -> JSONValue {
    [["type": "text", "text": .string(text)]]
  }
}
