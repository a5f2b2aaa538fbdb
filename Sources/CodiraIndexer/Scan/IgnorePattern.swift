/// One line of an ignore file, in git's language: `*`, `**`, `?`, `[a-z]`, a leading `!`, slashes that
/// anchor.
///
/// Paths are byte strings relative to the folder of the ignore file, without a leading slash.
struct IgnorePattern: Hashable, Sendable {
  /// The line as written.
  let text: String
  /// Brings back what an earlier line took away.
  let isNegated: Bool
  /// Ends in a slash: folders alone.
  let foldersOnly: Bool
  /// Holds a slash before its end: matched against the whole path, not the last component.
  private let isAnchored: Bool
  private let pattern: [UInt8]
  private let shape: Shape

  /// Most patterns need no search.
  private enum Shape: Hashable, Sendable {
    case literal
    /// `*.key`: what follows the star.
    case ending
    /// `.env*`: what comes before it.
    case beginning
    case general
  }

  /// nil for an empty line or a comment.
  init?(line: some Sequence<UInt8>) {
    var bytes = Array(line)
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    while bytes.last == UInt8(ascii: " "), bytes.dropLast().last != UInt8(ascii: "\\") { bytes.removeLast() }
    guard let first = bytes.first, first != UInt8(ascii: "#") else { return nil }
    text = String(decoding: bytes, as: UTF8.self)
    isNegated = first == UInt8(ascii: "!")
    if isNegated { bytes.removeFirst() }
    foldersOnly = bytes.last == UInt8(ascii: "/")
    if foldersOnly { bytes.removeLast() }
    isAnchored = bytes.contains(UInt8(ascii: "/"))
    if bytes.first == UInt8(ascii: "/") { bytes.removeFirst() }
    guard !bytes.isEmpty else { return nil }
    pattern = bytes
    let specials = bytes.indices.filter { "*?[\\".utf8.contains(bytes[$0]) }
    switch specials {
    case []: shape = .literal
    case [0] where bytes[0] == UInt8(ascii: "*"): shape = .ending
    case [bytes.count - 1] where bytes.last == UInt8(ascii: "*"): shape = .beginning
    default: shape = .general
    }
  }

  func matches(_ path: ArraySlice<UInt8>, isFolder: Bool) -> Bool {
    if foldersOnly, !isFolder { return false }
    if isAnchored { return Self.match(pattern[...], path) }
    let name = path.lastIndex(of: UInt8(ascii: "/")).map { path[($0 + 1)...] } ?? path
    return matches(name: name)
  }

  private func matches(name: ArraySlice<UInt8>) -> Bool {
    switch shape {
    case .literal: name == pattern[...]
    case .ending: name.count >= pattern.count - 1 && name.suffix(pattern.count - 1) == pattern.dropFirst()
    case .beginning: name.count >= pattern.count - 1 && name.prefix(pattern.count - 1) == pattern.dropLast()
    case .general: Self.match(pattern[...], name)
    }
  }

  private static func match(_ pattern: ArraySlice<UInt8>, _ path: ArraySlice<UInt8>) -> Bool {
    var pattern = pattern
    var path = path
    while let symbol = pattern.first {
      switch symbol {
      case UInt8(ascii: "*"): return matchStars(pattern, path)
      case UInt8(ascii: "?"):
        guard let byte = path.popFirst(), byte != UInt8(ascii: "/") else { return false }
        pattern.removeFirst()
      case UInt8(ascii: "["):
        guard let byte = path.first, byte != UInt8(ascii: "/") else { return false }
        guard let (isIn, rest) = matchSet(pattern, byte) else { fallthrough }
        guard isIn else { return false }
        path.removeFirst()
        pattern = rest
      default:
        if symbol == UInt8(ascii: "\\"), pattern.count > 1 { pattern.removeFirst() }
        guard path.popFirst() == pattern.popFirst() else { return false }
      }
    }
    return path.isEmpty
  }

  private static func matchStars(_ pattern: ArraySlice<UInt8>, _ path: ArraySlice<UInt8>) -> Bool {
    let slash = UInt8(ascii: "/")
    let rest = pattern.drop { $0 == UInt8(ascii: "*") }
    let isDouble = rest.startIndex - pattern.startIndex >= 2
    if isDouble, rest.first == slash {
      // "**/": no folder or any number of them.
      if match(rest.dropFirst(), path) { return true }
      for index in path.indices where path[index] == slash {
        if match(rest.dropFirst(), path[(index + 1)...]) { return true }
      }
      return false
    }
    if rest.isEmpty { return isDouble || !path.contains(slash) }
    var start = path.startIndex
    while true {
      if match(rest, path[start...]) { return true }
      guard start < path.endIndex, isDouble || path[start] != slash else { return false }
      start += 1
    }
  }

  /// Whether the set at the start of `pattern` has `byte`, and what follows it; nil where it is never closed.
  private static func matchSet(
    _ pattern: ArraySlice<UInt8>, _ byte: UInt8
  ) -> (isIn: Bool, rest: ArraySlice<UInt8>)? {
    var rest = pattern.dropFirst()
    let isInverted = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^")
    if isInverted { rest.removeFirst() }
    var isIn = false
    var isFirst = true
    while let low = rest.popFirst() {
      if low == UInt8(ascii: "]"), !isFirst { return (isIn != isInverted, rest) }
      isFirst = false
      var high = low
      if rest.first == UInt8(ascii: "-"), let end = rest.dropFirst().first, end != UInt8(ascii: "]") {
        high = end
        rest.removeFirst(2)
      }
      if low <= byte, byte <= high { isIn = true }
    }
    return nil
  }
}
