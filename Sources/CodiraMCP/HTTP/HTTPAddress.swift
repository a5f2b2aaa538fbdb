import Glibc

/// Where a server listens: an address in digits and a port.
///
///     HTTPAddress("8377"), HTTPAddress("127.0.0.1:8377"), HTTPAddress("[::1]:8377"), HTTPAddress("localhost")
package struct HTTPAddress: Equatable, Sendable {
  package static let defaultPort: UInt16 = 8377

  package let host: String
  package var port: UInt16

  package init?(_ text: String) {
    var host = Substring(text)
    var port = Substring()
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      host = text[text.index(after: text.startIndex)..<end]
      port = text[text.index(after: end)...]
      if !port.isEmpty, port.removeFirst() != ":" || port.isEmpty { return nil }
    } else if let colon = text.lastIndex(of: ":"), text.firstIndex(of: ":") == colon {
      (host, port) = (text[..<colon], text[text.index(after: colon)...])
      if port.isEmpty { return nil }
    } else if !text.isEmpty, text.allSatisfy(\.isNumber) {
      (host, port) = ("", Substring(text))
    }
    if host.isEmpty || host == "localhost" { host = "127.0.0.1" }
    guard Self.isInDigits(host), let number = port.isEmpty ? Self.defaultPort : UInt16(port) else {
      return nil
    }
    self.host = String(host)
    self.port = number
  }

  package var isLoopback: Bool { Self.isLoopback(Substring(host)) }

  /// As it stands in a URL.
  package var authority: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }

  /// Whether a host of a URL or a `Host` header is this machine itself and no name that another could give it.
  static func isLoopback(_ host: Substring) -> Bool {
    if host.lowercased() == "localhost" || host == "::1" { return true }
    return host.hasPrefix("127.") && isInDigits(host)
  }

  static func isInDigits(_ host: Substring) -> Bool {
    var bytes = in6_addr()
    return inet_pton(AF_INET, String(host), &bytes) == 1 || inet_pton(AF_INET6, String(host), &bytes) == 1
  }
}
