import Testing

/// A rule about the whole checkout, with an example of a file that breaks it.
struct Rule: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let example: Codebase

  /// One line for each place that breaks the rule.
  let violations: @Sendable (Codebase) -> [String]

  init(
    _ sentence: String, brokenBy path: String, _ text: String,
    violations: @escaping @Sendable (Codebase) -> [String]
  ) {
    self.testDescription = sentence
    self.example = Codebase(texts: [path: text])
    self.violations = violations
  }
}

/// Everything the rules look at.
struct Codebase: Sendable {
  /// All texts of the checkout by path.
  let texts: [String: String]

  /// The Swift and C files of the product: no tests, no benchmarks.
  let sources: [SourceFile]

  var manifest: Manifest { Manifest(text: texts["Package.swift"] ?? "") }

  init(texts: [String: String]) {
    self.texts = texts
    self.sources = texts.keys.sorted().compactMap { path in
      let isCode = [".swift", ".c", ".h"].contains { path.hasSuffix($0) }
      let isProduct = path.hasPrefix("Sources/") || path.hasPrefix("Plugins/") && path.contains("/Sources/")
      // What `plugins new` writes is other people's code.
      let isTemplate = path.hasPrefix("Plugins/Templates/")
      return isCode && isProduct && !isTemplate ? SourceFile(path: path, text: texts[path] ?? "") : nil
    }
  }
}
