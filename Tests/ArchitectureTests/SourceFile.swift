/// A source file as the rules see it: where it stands, what it imports, its code.
struct SourceFile: Sendable {
  let path: String
  /// Without comments and without what stands in quotes.
  let code: String

  init(path: String, text: String) {
    self.path = path
    self.code = Self.withoutComments(text).replacing(/"""(?:.|\n)*?"""/, with: "\"\"")
      .replacing(/"(?:[^"\\\n]|\\.)+"/, with: "\"\"")
  }

  /// A Swift or C text with its comments blanked.
  static func withoutComments(_ text: String) -> String {
    text.replacing(/\/\*(?:.|\n)*?\*\//, with: "").replacing(/(^|[^:"])\/\/[^\n]*/) { "\($0.1)" }
  }

  var isSwift: Bool { path.hasSuffix(".swift") }

  /// The target whose file this is: `Sources/<target>/…`, `Plugins/<Language>/Sources/…`, `Tests/<target>/…`.
  var target: String {
    let parts = path.split(separator: "/").map(String.init)
    guard parts.count > 2 else { return "" }
    return switch (parts[0], parts[2]) {
    case ("Plugins", "Tests"): "Codira\(parts[1])Tests"
    case ("Plugins", _): "Codira\(parts[1])"
    case ("Tests", _) where parts[1] == "Support": "CodiraTestSupport"
    default: parts[1]
    }
  }

  /// The modules it imports, whatever stands around the word: attributes, access, a kind, a submodule.
  var imports: [String] {
    guard isSwift else { return [] }
    let line =
      /^[ \t]*(?:@\w+(?:\([^)]*\))?[ \t]+)*(?:(?:public|package|internal|private|fileprivate)[ \t]+)?/
    let rest = /import[ \t]+(?:(?:struct|class|enum|protocol|typealias|func|var|let)[ \t]+)?(\w+)/
    return code.split(separator: "\n").compactMap { text in
      guard let start = text.prefixMatch(of: line) else { return nil }
      return text[start.range.upperBound...].prefixMatch(of: rest).map { String($0.1) }
    }
  }
}
