import CodiraModel

/// `analyzer.toml`, read: every key known, every value of its shape.
struct AnalyzerFile {
  private let file: TOMLFile
  private let root: JSONObject

  var path: String { file.path }

  init(path: String, text: String) throws(CommandFailure) {
    file = try TOMLFile(path: path, text: text, code: "bad_rules")
    guard case .object(let root)? = JSONValue(file.table) else {
      throw CommandFailure(.usage, code: "bad_rules", "\(path) holds a date or a time, which no rule takes.")
    }
    self.root = root
    try check(root, prefix: "")
  }

  /// The value of a dotted key; nil where it does not stand there.
  func value(_ key: String) -> JSONValue? {
    var value = JSONValue.object(root)
    for part in key.split(separator: ".") {
      guard case .object(let object) = value, let inner = object[String(part)] else { return nil }
      value = inner
    }
    return value
  }

  func string(_ key: String) -> String? { if case .string(let text)? = value(key) { text } else { nil } }

  func strings(_ key: String) -> [String] {
    guard case .array(let elements)? = value(key) else { return [] }
    return elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
  }

  /// The names of the tables in a table: of `[definition.NAME]` its names.
  func names(_ table: String) -> [String] {
    if case .object(let object)? = value(table) { object.members.map(\.name) } else { [] }
  }

  /// A failure that names file, line and key.
  func failure(_ problem: String, at key: String, code: String, hint: String = "") -> CommandFailure {
    file.failure(problem, at: key, code: code, hint: hint)
  }

  private func check(_ object: JSONObject, prefix: String) throws(CommandFailure) {
    for member in object.members {
      let key = prefix + member.name
      if AnalyzerSchema.isTable(key) {
        guard case .object(let inner) = member.value else {
          throw failure("must be a table", at: key, code: "bad_value")
        }
        try check(inner, prefix: key + ".")
        continue
      }
      guard let shape = AnalyzerSchema.shape(of: key) else {
        let nearest = NearestName.of(member.name, among: AnalyzerSchema.siblings(prefix))
        throw failure(
          "is no rule", at: key, code: "unknown_key",
          hint: nearest.map { "Did you mean `\(prefix)\($0)`?" }
            ?? "Known here: \(AnalyzerSchema.siblings(prefix).joined(separator: ", ")).")
      }
      guard shape.accepts(member.value) else {
        throw failure("must be \(shape.expectation)", at: key, code: "bad_value")
      }
    }
  }
}
