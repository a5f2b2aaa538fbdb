/// Who may ask a server at all.
///
/// A page in a browser may reach an address of this machine by a name of its own (DNS rebinding): a request names the
/// server by an address in digits, by `localhost` or by a name that was allowed, and so does the page it comes from.
package struct HTTPAdmission: Sendable {
  private let address: HTTPAddress
  /// Names, in small letters, that the server goes by beside its address.
  private let names: Set<String>
  private let token: [UInt8]?

  package init(address: HTTPAddress, names: [String] = [], token: String? = nil) {
    self.address = address
    self.names = Set(names.map { $0.lowercased() })
    self.token = token.map { Array($0.utf8) }
  }

  /// The status and the reason to turn a request away with; nil where it may come in.
  func refusal(of request: HTTPRequest) -> (status: Int, reason: String)? {
    let hosts = request.values("host")
    guard hosts.count == 1, isOurs(hosts[0]) else {
      return (403, "This server does not go by the Host \(hosts.first ?? "").")
    }
    for origin in request.values("origin") {
      guard let place = origin.firstRange(of: "://"), isOurs(String(origin[place.upperBound...])) else {
        return (403, "Requests of pages from \(origin) are not taken.")
      }
    }
    if let token, !request.values("authorization").contains(where: { Self.bears($0, token) }) {
      return (401, "The header Authorization: Bearer TOKEN is needed.")
    }
    return nil
  }

  /// Whether `host` or `host:port` is one of ours.
  private func isOurs(_ authority: String) -> Bool {
    var host = Substring(authority)
    if host.hasPrefix("[") {
      guard let end = host.firstIndex(of: "]") else { return false }
      host = host[host.index(after: host.startIndex)..<end]
    } else if let colon = host.firstIndex(of: ":") {
      host = host[..<colon]
    }
    if HTTPAddress.isLoopback(host) || names.contains(host.lowercased()) { return true }
    return !address.isLoopback && HTTPAddress.isInDigits(host)
  }

  /// Compares in a time that says nothing of the token but its length.
  private static func bears(_ header: String, _ token: [UInt8]) -> Bool {
    let words = header.split(separator: " ", maxSplits: 1)
    guard words.count == 2, words[0].lowercased() == "bearer" else { return false }
    let given = Array(words[1].utf8)
    var difference = given.count ^ token.count
    for index in token.indices {
      difference |= Int(token[index] ^ (given.isEmpty ? 0 : given[index % given.count]))
    }
    return difference == 0
  }
}
