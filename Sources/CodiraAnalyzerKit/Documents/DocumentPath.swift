import CodiraModel

extension Identifiers {
  /// The id of a document: one namespace for each component of its path.
  public func document(_ language: String, path: Text) -> Text {
    var id = root(language)
    for component in path.split(at: "/") { id = self.id(id, .namespace, component) }
    return id
  }
}

/// Where a document's relative links lead.
public enum DocumentPath {
  /// The analyzer whose documents a path's suffix names, by suffix.
  private static let languages: [(suffix: Text, language: String)] = [
    (".md", "markdown"), (".markdown", "markdown"), (".mdown", "markdown"), (".mkd", "markdown"),
    (".mdx", "markdown"), (".rst", "text"), (".txt", "text"), (".adoc", "text"),
  ]

  /// The path from the repository's root that `link` means in the document at `path`, or nil where it leads out of
  /// the repository, to another part of the same document, or nowhere.
  ///
  /// A fragment and a query are cut off; `/a` starts at the root.
  public static func resolve(_ link: Text, from path: Text, arena: Arena) -> Text? {
    var link = link
    if let end = link.bytes.firstIndex(where: { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "?") }) {
      link = link[0..<end]
    }
    if link.isEmpty || link.hasPrefix("//") || hasScheme(link) { return nil }
    var parts = link.hasPrefix("/") ? [] : path.split(at: "/").dropLast()
    for part in link.split(at: "/") where !part.isEmpty && part != "." {
      if part == ".." {
        if parts.popLast() == nil { return nil }
      } else {
        parts.append(unescaped(part, arena))
      }
    }
    guard let first = parts.first else { return nil }
    return parts.dropFirst().reduce(first) { arena.join($0, "/", $1) }
  }

  /// The id of the document at `path`, where its suffix says that an analyzer of documents takes it.
  public static func id(of path: Text, _ output: Output) -> Text? {
    for entry in languages where path.hasSuffix(entry.suffix) {
      return output.ids.document(entry.language, path: path)
    }
    return nil
  }

  private static func hasScheme(_ link: Text) -> Bool {
    for byte in link.bytes {
      if byte == UInt8(ascii: ":") { return true }
      if byte == UInt8(ascii: "/") { return false }
    }
    return false
  }

  /// `%20` and its like as the bytes they stand for.
  private static func unescaped(_ part: Text, _ arena: Arena) -> Text {
    guard part.firstIndex(of: "%") != nil else { return part }
    var bytes: [UInt8] = []
    var index = 0
    while index < part.count {
      if part[index] == UInt8(ascii: "%"), index + 2 < part.count,
        let high = digit(part[index + 1]), let low = digit(part[index + 2])
      {
        bytes.append(high << 4 | low)
        index += 3
      } else {
        bytes.append(part[index])
        index += 1
      }
    }
    return arena.copy(bytes)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
