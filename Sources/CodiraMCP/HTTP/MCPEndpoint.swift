import CodiraModel

/// The server at one path of an HTTP server: Streamable HTTP, each request standing alone.
///
/// There are no sessions: nothing is remembered between requests, so that any number of clients may ask and go away.
/// There is no stream of messages from the server either, which has nothing to say unasked.
package struct MCPEndpoint: Sendable {
  package static let path = "/mcp"

  private let server: MCPServer
  private let admission: HTTPAdmission

  package init(_ server: MCPServer, _ admission: HTTPAdmission) {
    self.server = server
    self.admission = admission
  }

  /// What to say to a request before its body is read; nil where the body may come.
  package func refusal(of request: HTTPRequest) -> HTTPResponse? {
    if let refusal = admission.refusal(of: request) {
      let challenge = refusal.status == 401 ? [(name: "WWW-Authenticate", value: "Bearer")] : []
      return Self.fault(refusal.status, refusal.reason, challenge)
    }
    guard request.path == Self.path else {
      return Self.fault(404, "There is nothing at \(request.path); the server is at \(Self.path).")
    }
    guard request.method == "POST" else {
      return Self.fault(405, "\(Self.path) takes POST alone.", [(name: "Allow", value: "POST")])
    }
    let type = request.values("content-type").first?.split(separator: ";").first ?? ""
    guard type.lowercased().filter({ $0 != " " }) == "application/json" else {
      return Self.fault(415, "A message is application/json.")
    }
    guard Self.accepts(request.values("accept")) else {
      return Self.fault(406, "Answers are application/json.")
    }
    let size = request.values("content-length").first.map { Int($0) ?? .max } ?? 0
    guard size <= MCPLines.sizeLimit else {
      return Self.fault(413, "A message has at most \(MCPLines.sizeLimit >> 20) MiB.")
    }
    if let word = request.values(Self.versionHeader).first, MCPRevision(rawValue: word) == nil {
      return Self.response(400, MCPFault.unsupported(word).answer())
    }
    return nil
  }

  /// What to say to a whole request.
  package func answer(_ request: HTTPRequest) -> HTTPResponse {
    do throws(MCPFault) {
      let message = try MCPMessage(request.body)
      guard case .request(let asked) = message else { return HTTPResponse(status: 202) }
      let word = request.values(Self.versionHeader).first
      try Self.check(asked, request, word)
      let revision = word.flatMap { MCPRevision(rawValue: $0) } ?? MCPRevision.unnamed
      let answer = server.answer(asked, revision)
      return Self.response(Self.status(of: answer, revision), answer)
    } catch {
      return Self.response(400, error.answer())
    }
  }

  // MARK: Headers

  private static let versionHeader = "mcp-protocol-version"

  private static func accepts(_ values: [String]) -> Bool {
    let types = values.flatMap { $0.split(separator: ",") }
      .map { ($0.split(separator: ";").first ?? "").filter { $0 != " " }.lowercased() }
    return types.isEmpty || types.contains { ["application/json", "application/*", "*/*"].contains($0) }
  }

  /// In the stateless revision the headers repeat what the message says, for what routes by them.
  private static func check(_ asked: MCPRequest, _ request: HTTPRequest, _ word: String?) throws(MCPFault) {
    guard let revision = try asked.revision else {
      if word.flatMap({ MCPRevision(rawValue: $0) }).map({ $0 >= .stateless }) == true {
        throw MCPFault(.invalidParameters, "`params._meta` names no protocol version.", id: asked.id)
      }
      return
    }
    let name = asked.parameters[asked.method == "resources/read" ? "uri" : "name"]
    for (header, expected) in [
      (versionHeader, revision.rawValue), ("mcp-method", asked.method), ("mcp-name", name?.plainText),
    ] {
      let values = request.values(header)
      guard header != "mcp-name" || namedMethods.contains(asked.method) else { continue }
      guard values.count == 1, HeaderText.decoded(values[0]) == expected else {
        throw MCPFault(
          .headerMismatch, "The header \(header) does not say what the message says.", id: asked.id)
      }
    }
  }

  private static let namedMethods: Set<String> = ["tools/call", "prompts/get", "resources/read"]

  // MARK: Responses

  /// 200, but for what the stateless revision has a status of its own for.
  private static func status(of answer: JSONObject, _ revision: MCPRevision) -> Int {
    guard revision >= .stateless, case .object(let error)? = answer["error"] else { return 200 }
    return error["code"] == .int(MCPFault.Code.unknownMethod.rawValue) ? 404 : 400
  }

  private static func response(
    _ status: Int, _ message: JSONObject, _ headers: [(name: String, value: String)] = []
  ) -> HTTPResponse {
    var text = JSONText(capacity: 4096)
    text.value(message)
    return HTTPResponse(
      status: status, headers: [(name: "Content-Type", value: "application/json")] + headers, body: text.bytes
    )
  }

  private static func fault(
    _ status: Int, _ reason: String, _ headers: [(name: String, value: String)] = []
  ) -> HTTPResponse {
    response(status, MCPFault(.invalidRequest, reason).answer(), headers)
  }
}

extension JSONValue {
  fileprivate var plainText: String? {
    if case .string(let text) = self { text } else { nil }
  }
}
