import CodiraModel

/// A message from a client, as JSON-RPC 2.0 has it.
enum MCPMessage: Equatable {
  case request(MCPRequest)
  case notification(method: String, parameters: JSONObject)
  /// An answer to something that this server never asks.
  case response

  /// Reads one message; a fault is what to answer to it.
  init(_ bytes: [UInt8]) throws(MCPFault) {
    let value: JSONValue
    do throws(JSONError) {
      value = try bytes.withUnsafeBufferPointer { bytes throws(JSONError) in
        var reader = JSONReader(UnsafeRawBufferPointer(bytes))
        let value = try reader.value()
        try reader.end()
        return value
      }
    } catch {
      throw MCPFault(.parse, "The message is no JSON: \(error.reason) at byte \(error.offset).")
    }
    guard case .object(let members) = value else {
      throw MCPFault(.invalidRequest, "A message is one JSON object; batches are not taken.")
    }
    let id = members["id"]
    guard members["jsonrpc"] == "2.0" else {
      throw MCPFault(.invalidRequest, "A message has \"jsonrpc\": \"2.0\".", id: Self.answerable(id))
    }
    guard case .string(let method)? = members["method"] else {
      if members["result"] != nil || members["error"] != nil {
        self = .response
        return
      }
      throw MCPFault(.invalidRequest, "A request has a \"method\".", id: Self.answerable(id))
    }
    var parameters: JSONObject = [:]
    switch members["params"] {
    case .object(let given)?: parameters = given
    case nil, .null?: break
    default: throw MCPFault(.invalidParameters, "\"params\" is an object.", id: Self.answerable(id))
    }
    switch id {
    case nil: self = .notification(method: method, parameters: parameters)
    case .string?, .int?: self = .request(MCPRequest(id: id!, method: method, parameters: parameters))
    default: throw MCPFault(.invalidRequest, "An \"id\" is a text or a whole number.")
    }
  }

  private static func answerable(_ id: JSONValue?) -> JSONValue {
    switch id {
    case .string?, .int?: id!
    default: .null
    }
  }
}

/// Something that a client wants answered.
struct MCPRequest: Equatable, Sendable {
  /// A text or a whole number.
  let id: JSONValue
  let method: String
  let parameters: JSONObject

  /// What the request says of itself.
  var meta: JSONObject {
    if case .object(let meta)? = parameters["_meta"] { meta } else { [:] }
  }

  /// With what the client wants to be told how far it is; a text or a whole number.
  var progressToken: JSONValue? {
    switch meta["progressToken"] {
    case .string(let text)?: .string(text)
    case .int(let number)?: .int(number)
    default: nil
    }
  }
}

/// What a request cannot be answered for.
package struct MCPFault: Error, Equatable {
  package enum Code: Int, Sendable {
    case parse = -32700
    case invalidRequest = -32600
    case unknownMethod = -32601
    case invalidParameters = -32602
    /// Up to the stateless revision.
    case unknownResource = -32002
    case headerMismatch = -32020
    case unsupportedRevision = -32022
  }

  package let code: Code
  package let message: String
  let id: JSONValue
  let data: JSONObject?

  package init(_ code: Code, _ message: String) { self.init(code, message, id: .null) }

  init(_ code: Code, _ message: String, id: JSONValue, data: JSONObject? = nil) {
    self.code = code
    self.message = message
    self.id = id
    self.data = data
  }

  /// The message that tells a client.
  func answer(to id: JSONValue? = nil) -> JSONObject {
    var error: JSONObject = ["code": .int(code.rawValue), "message": .string(message)]
    if let data { error["data"] = .object(data) }
    return ["jsonrpc": "2.0", "id": id ?? self.id, "error": .object(error)]
  }
}
