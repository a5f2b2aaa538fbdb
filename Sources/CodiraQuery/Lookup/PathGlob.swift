/// A pattern for repository paths: `*` and `?` inside a component, `**` over components, `[…]` one character.
///
/// A pattern without `/` matches the last component, or any folder's name above it; one with `/` matches from the
/// root. A pattern that matches a folder matches everything in it.
package struct PathGlob: Hashable, Sendable {
  package let text: String
  private let pattern: [UInt8]
  private let isAnchored: Bool

  package init(_ text: String) {
    self.text = text
    var pattern = Array(text.utf8)[...]
    isAnchored = pattern.dropLast().contains(UInt8(ascii: "/"))
    if pattern.starts(with: "./".utf8) { pattern = pattern.dropFirst(2) }
    if pattern.first == UInt8(ascii: "/") { pattern = pattern.dropFirst() }
    if pattern.last == UInt8(ascii: "/") { pattern = pattern.dropLast() }
    self.pattern = Array(pattern)
  }

  package func matches(_ path: String) -> Bool {
    let path = Array(path.utf8)
    if !isAnchored {
      return path.split(separator: UInt8(ascii: "/")).contains { Self.match(pattern[...], $0) }
    }
    // The whole path, or one of the folders it lies in.
    if Self.match(pattern[...], path[...]) { return true }
    return path.indices.contains { index in
      path[index] == UInt8(ascii: "/") && Self.match(pattern[...], path[..<index])
    }
  }

  private static func match(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    var pattern = pattern
    var text = text
    while let mark = pattern.first {
      switch mark {
      case UInt8(ascii: "*"):
        let isDeep = pattern.dropFirst().first == mark
        var rest = pattern.drop { $0 == mark }
        // `**/` may stand for nothing at all.
        if isDeep, rest.first == UInt8(ascii: "/"), match(rest.dropFirst(), text) { return true }
        if rest.isEmpty, isDeep { return true }
        rest = rest[...]
        while true {
          if match(rest, text) { return true }
          guard let byte = text.popFirst(), isDeep || byte != UInt8(ascii: "/") else { return false }
        }
      case UInt8(ascii: "?"):
        guard let byte = text.popFirst(), byte != UInt8(ascii: "/") else { return false }
        while let next = text.first, next & 0xC0 == 0x80 { text = text.dropFirst() }
        pattern = pattern.dropFirst()
      case UInt8(ascii: "["):
        guard let byte = text.popFirst(), let rest = set(pattern, contains: byte) else { return false }
        pattern = rest
      default:
        guard text.popFirst() == mark else { return false }
        pattern = pattern.dropFirst()
      }
    }
    return text.isEmpty
  }

  /// What follows a set that `byte` is in; nil where it is not.
  ///
  /// An unclosed set is a plain bracket.
  private static func set(_ pattern: ArraySlice<UInt8>, contains byte: UInt8) -> ArraySlice<UInt8>? {
    let inner = pattern.dropFirst()
    guard let end = inner.dropFirst().firstIndex(of: UInt8(ascii: "]")) else {
      return byte == UInt8(ascii: "[") ? inner : nil
    }
    var members = inner[..<end]
    let isNegated = members.first == UInt8(ascii: "!") || members.first == UInt8(ascii: "^")
    if isNegated { members = members.dropFirst() }
    var isIn = false
    while let low = members.popFirst() {
      if members.count >= 2, members.first == UInt8(ascii: "-") {
        members = members.dropFirst()
        let high = members.removeFirst()
        isIn = isIn || (low...max(low, high)).contains(byte)
      } else {
        isIn = isIn || low == byte
      }
    }
    return isIn != isNegated && byte != UInt8(ascii: "/") ? pattern[(end + 1)...] : nil
  }
}
