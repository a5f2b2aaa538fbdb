/// The targets of a `Package.swift` and what each names as its dependencies, read from its text.
///
/// The test runs while the package manager holds its lock, so it cannot be asked. Read are calls that begin with
/// a target's name in quotes; everything quoted in their `dependencies` is one.
struct Manifest: Sendable {
  let dependencies: [String: Set<String>]

  init(text: String) {
    let text = SourceFile.withoutComments(text)
    var found: [String: Set<String>] = [:]
    for call in text.matches(
      of: /(?:module|\.executableTarget|\.target|\.systemLibrary)\(\s*(?:name: )?"(\w+)"/)
    {
      let arguments = Self.balanced(text[call.range.lowerBound...], "(", ")")
      let isShort = call.0.hasPrefix("module")
      found[String(call.1), default: []].formUnion(Self.names(in: arguments, isShort: isShort))
    }
    for row in text.matches(of: /\n  \("(\w+)", (\[[^\]]*\])\),/) {
      let grammars = Self.names(in: row.2, isShort: true)
      found["Codira\(row.1)"] = grammars.union(["CodiraAnalyzerKit", "CCodiraAnalyzer"])
    }
    self.dependencies = found
  }

  /// The names in a call's list of dependencies, the first list of a short call.
  private static func names(in call: Substring, isShort: Bool) -> Set<String> {
    var list = call
    if !isShort {
      guard let label = call.firstRange(of: "dependencies:") else { return [] }
      list = call[label.upperBound...]
    }
    let names = balanced(list, "[", "]").replacing(/package: "[^"]*"/, with: "")
    return Set(names.matches(of: /"([\w.]+)"/).map { String($0.1) })
  }

  /// From the first opening bracket to the closing one that belongs to it.
  private static func balanced(_ text: Substring, _ open: Character, _ close: Character) -> Substring {
    guard let start = text.firstIndex(of: open) else { return "" }
    var depth = 0
    for index in text[start...].indices {
      if text[index] == open { depth += 1 }
      if text[index] == close { depth -= 1 }
      if depth == 0 { return text[start...index] }
    }
    return text
  }
}
