import CodiraModel

/// A revision of the protocol, the newest last.
///
/// A client agrees on one by `initialize`, or names the stateless one in the `_meta` of each request.
package enum MCPRevision: String, CaseIterable, Comparable, Sendable {
  case first = "2024-11-05"
  /// Streamable HTTP.
  case streamable = "2025-03-26"
  /// Structured content; the revision as a header of HTTP.
  case structured = "2025-06-18"
  /// The last that begins with a handshake.
  case handshake = "2025-11-25"
  /// Each request stands alone.
  case stateless = "2026-07-28"

  /// What a request over HTTP without the header is taken for.
  static let unnamed = MCPRevision.streamable

  /// Those spoken, the newest first.
  static let words = allCases.reversed().map(\.rawValue)

  package static func < (left: MCPRevision, right: MCPRevision) -> Bool { left.rawValue < right.rawValue }

  /// The revision that `initialize` agrees on: the client's where it is spoken, else the newest of its kind.
  init(agreedOn parameters: JSONObject) {
    let asked: MCPRevision? =
      if case .string(let text)? = parameters["protocolVersion"] { MCPRevision(rawValue: text) } else { nil }
    self = asked.map { min($0, .handshake) } ?? .handshake
  }
}

extension MCPRequest {
  /// The revision that the request itself names; nil where it leaves that to the session.
  var revision: MCPRevision? {
    get throws(MCPFault) {
      guard case .string(let text)? = meta["io.modelcontextprotocol/protocolVersion"] else { return nil }
      guard let revision = MCPRevision(rawValue: text), revision >= .stateless else {
        throw MCPFault.unsupported(text, id: id)
      }
      return revision
    }
  }
}

extension MCPFault {
  static func unsupported(_ revision: String, id: JSONValue = .null) -> MCPFault {
    MCPFault(
      .unsupportedRevision, "The protocol version `\(revision)` is not spoken.", id: id,
      data: [
        "supported": .array(MCPRevision.words.map { .string($0) }), "requested": .string(revision),
      ])
  }
}
