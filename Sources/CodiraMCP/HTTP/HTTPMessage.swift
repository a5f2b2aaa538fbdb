/// What a client of an HTTP server asks for.
package struct HTTPRequest: Sendable {
  package var method: String
  package var path: String
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]

  package init(method: String, path: String, headers: [(name: String, value: String)], body: [UInt8] = []) {
    self.method = method
    self.path = path
    self.headers = headers
    self.body = body
  }

  /// All values of a header, whose name is in small letters here.
  func values(_ name: String) -> [String] {
    headers.filter { $0.name.lowercased() == name }.map(\.value)
  }
}

/// What the server says to it.
package struct HTTPResponse: Sendable {
  package var status: Int
  package var headers: [(name: String, value: String)] = []
  package var body: [UInt8] = []
}
