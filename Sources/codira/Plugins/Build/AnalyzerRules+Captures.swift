import CodiraModel

/// The rules that belong to captures: what `[definition.NAME]` says, and what its name says without it.
extension AnalyzerRules {
  /// What each well-known definition is: kind, kind in a type, descriptor.
  static let knownDefinitions: [(name: String, kind: String, member: String, descriptor: String)] = [
    ("module", "module", "module", "namespace"), ("namespace", "namespace", "namespace", "namespace"),
    ("package", "namespace", "namespace", "namespace"), ("class", "class", "class", "type"),
    ("struct", "struct", "struct", "type"), ("interface", "interface", "interface", "type"),
    ("trait", "trait", "trait", "type"), ("enum", "enum", "enum", "type"),
    ("union", "union", "union", "type"),
    ("type", "type_alias", "type_alias", "type"), ("function", "function", "method", "callable"),
    ("method", "method", "method", "callable"), ("constructor", "constructor", "constructor", "callable"),
    ("property", "property", "property", "term"), ("field", "field", "field", "term"),
    ("enumerator", "enumerator", "enumerator", "term"), ("constant", "constant", "constant", "term"),
    ("variable", "variable", "field", "term"), ("macro", "macro", "macro", "macro"),
    ("import", "import", "import", "term"), ("section", "section", "section", "namespace"),
    ("key", "key", "key", "term"),
  ]

  static let knownReferences: [(name: String, role: String)] = [
    ("call", "call"), ("send", "call"), ("class", "type_use"), ("type", "type_use"),
    ("interface", "type_use"),
    ("inherits", "inherits"), ("implements", "implements"), ("implementation", "implements"),
    ("value", "callable_value"), ("import", "imports"),
  ]

  static func definitions(
    _ file: AnalyzerFile, _ captures: [CaptureNames.Capture]
  ) throws(CommandFailure) -> JSONObject {
    let used = used("definition", captures)
    guard !used.isEmpty else {
      throw CommandFailure(
        .usage, code: "no_definitions", "No pattern captures a definition, such as @definition.function.",
        hint: "See docs/plugins/queries.md for the captures.")
    }
    try checkUse("definition", file, used)
    var rules = JSONObject()
    for name in used {
      let known = knownDefinitions.first { $0.name == name }
      let written = file.names("definition").contains(name)
      guard known != nil || written else { continue }
      var rule = JSONObject()
      for key in AnalyzerSchema.siblings("definition.x.") {
        rule[key] = file.value("definition.\(name).\(key)")
      }
      if rule["kind"] == nil { rule["kind"] = .optional(known?.kind) }
      guard case .string(let kind)? = rule["kind"] else {
        throw file.failure("needs a `kind`", at: "definition.\(name)", code: "bad_value")
      }
      let like = knownDefinitions.first { $0.kind == kind } ?? knownDefinitions[3]
      let isOwn = file.value("definition.\(name).kind") != nil
      if rule["member_kind"] == nil { rule["member_kind"] = .string(isOwn ? kind : known?.member ?? kind) }
      if rule["descriptor"] == nil { rule["descriptor"] = .string(known?.descriptor ?? like.descriptor) }
      rules[name] = .object(rule)
    }
    return rules
  }

  static func scopes(
    _ file: AnalyzerFile, _ captures: [CaptureNames.Capture]
  ) throws(CommandFailure) -> JSONObject {
    let used = used("scope", captures)
    try checkUse("scope", file, used)
    var rules = JSONObject()
    for name in used where file.names("scope").contains(name) || name == "type" || name == "namespace" {
      rules[name] = [
        "descriptor": file.value("scope.\(name).descriptor") ?? (name == "namespace" ? "namespace" : "type")
      ]
    }
    return rules
  }

  static func references(
    _ file: AnalyzerFile, _ captures: [CaptureNames.Capture]
  ) throws(CommandFailure) -> JSONObject {
    let used = used("reference", captures)
    try checkUse("reference", file, used)
    var rules = JSONObject()
    for name in used {
      let known = knownReferences.first { $0.name == name }?.role
      guard let role = file.string("reference.\(name).role") ?? known else { continue }
      rules[name] = ["role": .string(role), "known": file.value("reference.\(name).known") ?? false]
    }
    return rules
  }

  /// The names behind `@definition.` and its like, each once, in the order of the queries.
  private static func used(_ head: String, _ captures: [CaptureNames.Capture]) -> [String] {
    var names: [String] = []
    for capture in captures where capture.name.hasPrefix(head + ".") {
      let name = String(capture.name.dropFirst(head.count + 1))
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// A table that no capture asks for is one that was misspelt.
  private static func checkUse(_ table: String, _ file: AnalyzerFile, _ used: [String]) throws(CommandFailure)
  {
    guard let unused = file.names(table).first(where: { !used.contains($0) }) else { return }
    let nearest = NearestName.of(unused, among: used)
    throw file.failure(
      "is a rule for @\(table).\(unused), which no query captures", at: "\(table).\(unused)",
      code: "unused_rule", hint: nearest.map { "Did you mean `[\(table).\($0)]`?" } ?? "")
  }
}
