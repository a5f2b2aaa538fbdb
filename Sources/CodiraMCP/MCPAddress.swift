/// The address of a resource in parts: `codira://file/src/a%20b.py?from=20`.
package struct MCPAddress: Equatable, Sendable {
  /// `file`.
  package let kind: String
  /// What follows the kind, its escapes undone: the bytes of `src/a b.py`.
  package let path: [UInt8]
  /// `from=20`; empty where there is none.
  package let query: String

  /// nil where `uri` is of another scheme, or an escape in it is none.
  package init?(_ uri: String, scheme: String) {
    guard uri.hasPrefix(scheme + "://") else { return nil }
    let rest = uri.dropFirst(scheme.count + 3)
    let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let place = parts[0].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    kind = String(place[0])
    query = parts.count > 1 ? String(parts[1]) : ""
    guard let path = Self.unescaped(place.count > 1 ? place[1] : "") else { return nil }
    self.path = path
  }

  /// The address of a path, escaped where a path of a URI may not have the byte.
  package static func text(scheme: String, kind: String, path: some Sequence<UInt8>, query: String = "")
    -> String
  {
    var text = "\(scheme)://\(kind)/"
    for byte in path {
      if plain.contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return query.isEmpty ? text : text + "?" + query
  }

  private static let plain = Set(
    "/-._~ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

  private static func unescaped(_ text: Substring) -> [UInt8]? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, digits.first != UInt8(ascii: "+"), digits.first != UInt8(ascii: "-"),
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return bytes
  }
}
