import CodiraModel

/// Which rule decided about a path: the file that holds it, its line, its text.
package struct IgnoreRule: Hashable, Sendable, CustomStringConvertible {
  /// `.codiraignore`, `src/.gitignore`, or `default` for the rules that are built in.
  package var source: String
  package var line: Int
  package var text: String

  package init(source: String, line: Int, text: String) {
    self.source = source
    self.line = line
    self.text = text
  }

  package var description: String { line > 0 ? "\(source):\(line): \(text)" : "\(source): \(text)" }
}

/// An ordered list of patterns from one place; the last that matches decides.
struct IgnoreRules: Sendable {
  private var rules: [(pattern: IgnorePattern, rule: IgnoreRule)] = []

  init() {}

  init(source: String, text: [UInt8]) { append(source: source, text: text) }

  mutating func append(source: String, text: [UInt8], numbered: Bool = true) {
    for (index, line) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated()
    {
      guard let pattern = IgnorePattern(line: line) else { continue }
      rules.append((pattern, IgnoreRule(source: source, line: numbered ? index + 1 : 0, text: pattern.text)))
    }
  }

  var isEmpty: Bool { rules.isEmpty }
  var hasNegations: Bool { rules.contains { $0.pattern.isNegated } }

  /// The rule that decides about one folder or file by its own path, its parents left aside.
  func last(matching path: ArraySlice<UInt8>, isFolder: Bool) -> (isIgnored: Bool, rule: IgnoreRule)? {
    for (pattern, rule) in rules.reversed() where pattern.matches(path, isFolder: isFolder) {
      return (!pattern.isNegated, rule)
    }
    return nil
  }

  /// The decision about a file; where no rule knows it, the nearest folder's that one knows.
  func decision(_ path: [UInt8]) -> (isIgnored: Bool, rule: IgnoreRule)? {
    last(matching: path[...], isFolder: false) ?? folderDecision(above: path[...])
  }

  /// The decision about the folder that holds `path`, or the nearest above it.
  func folderDecision(above path: ArraySlice<UInt8>) -> (isIgnored: Bool, rule: IgnoreRule)? {
    var end = path.endIndex
    while let slash = path[..<end].lastIndex(of: UInt8(ascii: "/")) {
      if let found = last(matching: path[..<slash], isFolder: true) { return found }
      end = slash
    }
    return nil
  }

  /// Secrets, which have no business in an index: environment files, private keys, key stores.
  ///
  /// A `!` line in `.codiraignore` brings one back.
  static let secrets = """
    .env*
    .netrc
    .pgpass
    .htpasswd
    id_rsa
    id_dsa
    id_ecdsa
    id_ed25519
    *.pem
    *.key
    *.p12
    *.pfx
    *.jks
    *.keystore
    *.kdbx
    *.ppk
    """
}
