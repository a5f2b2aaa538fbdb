import CodiraModel

/// The captures that mean something; docs/plugins/queries.md is the table for people.
enum CaptureTable {
  static let plain = [
    "name", "parent", "body", "doc", "receiver", "arguments", "parameters", "parameter", "parameter.optional",
    "parameter.rest", "parameter.type", "source", "source.relative", "module", "export", "exclude", "local",
  ]

  /// Refuses the first capture that nothing stands for; one that begins with `_` is the query's own.
  static func check(
    _ captures: [CaptureNames.Capture], definitions: JSONObject, scopes: [String], _ references: JSONValue?
  ) throws(CommandFailure) {
    var known = plain
    known += AnalyzerRules.knownDefinitions.map { "definition." + $0.name }
    known += definitions.members.map { "definition." + $0.name }
    known += (scopes + ["type", "namespace"]).map { "scope." + $0 }
    known += AnalyzerRules.knownReferences.map { "reference." + $0.name }
    if case .object(let rules)? = references { known += rules.members.map { "reference." + $0.name } }
    known += AnalyzerSchema.visibilities.flatMap { ["visibility." + $0, "section." + $0] }
    known += AnalyzerSchema.flags.map { "flag." + $0 }
    guard let wrong = captures.first(where: { !$0.name.hasPrefix("_") && !known.contains($0.name) }) else {
      return
    }
    let nearest = NearestName.of(wrong.name, among: known)
    throw CommandFailure(
      .usage, code: "unknown_capture", "\(wrong.place): nothing stands for the capture @\(wrong.name).",
      hint: nearest.map { "Did you mean @\($0)?" }
        ?? "Give it a rule in analyzer.toml (`[definition.NAME] kind = \"…\"`), or a name that begins with `_`."
    )
  }
}

/// Path patterns as regular expressions.
enum PathPattern {
  /// `*` and `?` stay within a name, `**` does not; what ends with `/` is a folder and all in it.
  static func expression(_ glob: String) -> String {
    var expression = "(^|/)"
    var rest = glob[...]
    while let character = rest.first {
      rest = rest.dropFirst()
      switch character {
      case "*" where rest.first == "*":
        rest = rest.dropFirst()
        if rest.first == "/" { rest = rest.dropFirst() }
        expression += ".*"
      case "*": expression += "[^/]*"
      case "?": expression += "[^/]"
      case ".", "(", ")", "[", "]", "{", "}", "+", "|", "^", "$", "\\": expression += "\\\(character)"
      default: expression.append(character)
      }
    }
    return glob.hasSuffix("/") ? expression : expression + "$"
  }
}
