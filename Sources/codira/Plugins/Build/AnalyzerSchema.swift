import CodiraModel

/// Every key that `analyzer.toml` may have, with the shape of its value.
enum AnalyzerSchema {
  enum Shape {
    case text, texts, whole, truth
    case word([String])
    case words([String])
    /// Pairs of texts: where a block comment begins and ends.
    case pairs
    /// Tables of a pattern and a visibility.
    case visibilities

    func accepts(_ value: JSONValue) -> Bool {
      switch (self, value) {
      case (.text, .string), (.whole, .int), (.truth, .bool): true
      case (.word(let words), .string(let word)): words.contains(word)
      case (.texts, .array(let elements)): elements.allSatisfy { Shape.text.accepts($0) }
      case (.words(let words), .array(let elements)):
        elements.allSatisfy { Shape.word(words).accepts($0) }
      case (.pairs, .array(let elements)):
        elements.allSatisfy {
          if case .array(let pair) = $0 { pair.count == 2 && Shape.texts.accepts($0) } else { false }
        }
      case (.visibilities, .array(let elements)): elements.allSatisfy(Self.isVisibilityRule)
      default: false
      }
    }

    private static func isVisibilityRule(_ value: JSONValue) -> Bool {
      guard case .object(let row) = value, row.members.count == 2, let match = row["match"],
        let visibility = row["visibility"]
      else { return false }
      return Shape.text.accepts(match) && Shape.word(AnalyzerSchema.visibilities).accepts(visibility)
    }

    var expectation: String {
      switch self {
      case .text: "a text"
      case .texts: "a list of texts"
      case .whole: "a whole number"
      case .truth: "true or false"
      case .word(let words): "one of \(words.joined(separator: ", "))"
      case .words(let words): "a list of \(words.joined(separator: ", "))"
      case .pairs: "a list of pairs: [[\"/*\", \"*/\"]]"
      case .visibilities: "a list of { match = \"^_\", visibility = \"private\" }"
      }
    }
  }

  static let kinds = SymbolKind.allCases.map(\.name)
  static let descriptors = ["namespace", "type", "term", "callable", "macro"]
  static let visibilities = Visibility.allCases.map(\.name).filter { $0 != "unknown" }
  static let flags = SymbolFlags.named.map(\.name)
  static let roles = Reference.Role.allCases.map(\.name)

  /// By the dotted key; `*` is any name.
  private static let keys: [(key: String, shape: Shape)] = [
    ("id", .text), ("version", .text), ("languages", .texts), ("suffixes", .texts), ("file_names", .texts),
    ("interpreters", .texts), ("largest_file", .whole),
    ("grammar.name", .text), ("grammar.version", .text), ("grammar.path", .text), ("grammar.sample", .text),
    ("grammar.symbol", .text),
    ("queries.files", .texts),
    ("module.from", .word(["path", "package", "none"])), ("module.roots", .texts), ("module.index", .texts),
    ("module.definitions", .word(["module", "global"])),
    ("names.separators", .texts), ("names.join", .text), ("names.self", .texts),
    ("names.qualifier", .word(["type", "term", "namespace"])), ("names.global", .text),
    ("comments.nodes", .texts), ("comments.line", .texts), ("comments.block", .pairs),
    ("comments.documentation", .texts),
    ("visibility.default", .word(visibilities)), ("visibility.names", .visibilities),
    ("tests.paths", .texts), ("tests.names", .texts),
    ("calls.constructors", .texts), ("calls.implicit_receiver", .truth), ("calls.constructor_calls", .truth),
    ("calls.overloads", .truth), ("calls.c3", .truth), ("calls.builtin", .texts),
    ("imports.separators", .texts),
    ("definition.*.kind", .word(kinds)), ("definition.*.member_kind", .word(kinds)),
    ("definition.*.descriptor", .word(descriptors)),
    ("definition.*.overload", .word(["none", "count", "types"])),
    ("definition.*.repeated", .word(["ordinal", "merge"])),
    ("definition.*.scope", .word(["container", "module"])), ("definition.*.role", .text),
    ("definition.*.visibility", .word(visibilities)), ("definition.*.flags", .words(flags)),
    ("scope.*.descriptor", .word(descriptors)),
    ("reference.*.role", .word(roles)), ("reference.*.known", .truth),
  ]

  /// Tables whose members have names of the author's own.
  private static let open = ["definition", "scope", "reference"]

  static func isTable(_ key: String) -> Bool {
    let parts = key.split(separator: ".")
    if let table = parts.first, open.contains(String(table)) { return parts.count <= 2 }
    return parts.count == 1 && keys.contains { $0.key.hasPrefix(key + ".") }
  }

  static func shape(of key: String) -> Shape? {
    let general = general(key)
    return keys.first { $0.key == general }?.shape
  }

  /// The names that may stand where `prefix` ends.
  static func siblings(_ prefix: String) -> [String] {
    let general = general(prefix)
    var names: [String] = []
    for row in keys where row.key.hasPrefix(general) {
      let name = String(row.key.dropFirst(general.count).prefix { $0 != "." })
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  private static func general(_ key: String) -> String {
    var parts = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if parts.count > 2, open.contains(parts[0]) { parts[1] = "*" }
    return parts.joined(separator: ".")
  }
}
