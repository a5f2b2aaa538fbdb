import CodiraModel

/// The rules of an analyzer with every default filled in, as its plugin reads them.
struct AnalyzerRules {
  let id: String
  private(set) var json: JSONObject

  init(_ file: AnalyzerFile, captures: [CaptureNames.Capture]) throws(CommandFailure) {
    id = try Self.identifier(file)
    let definitions = try Self.definitions(file, captures)
    json = [
      "id": .string(id), "version": .string(file.string("version") ?? "1"),
      "languages": Self.list(file.strings("languages"), or: [id]),
      "suffixes": Self.list(try Self.suffixes(file)), "file_names": Self.list(file.strings("file_names")),
      "interpreters": Self.list(file.strings("interpreters")),
      "largest_file": file.value("largest_file") ?? 0,
      "capabilities": Self.list(Self.capabilities(definitions)),
      "definitions": .object(definitions),
      "scopes": .object(try Self.scopes(file, captures)),
      "references": .object(try Self.references(file, captures)),
    ]
    json["module"] = [
      "from": file.value("module.from") ?? "path", "roots": Self.list(file.strings("module.roots")),
      "index": Self.list(file.strings("module.index")),
      "definitions": file.value("module.definitions") ?? "module",
    ]
    json["names"] = [
      "separators": Self.list(file.strings("names.separators"), or: ["."]),
      "join": file.value("names.join") ?? ".", "self": Self.list(file.strings("names.self")),
      "qualifier": file.value("names.qualifier") ?? "type", "global": file.value("names.global") ?? "",
    ]
    json["comments"] = [
      "nodes": Self.list(file.strings("comments.nodes"), or: ["comment", "line_comment", "block_comment"]),
      "line": Self.longestFirst(file.strings("comments.line")),
      "block": file.value("comments.block") ?? [],
      "documentation": Self.list(file.strings("comments.documentation")),
    ]
    json["visibility"] = [
      "default": file.value("visibility.default") ?? "public", "names": file.value("visibility.names") ?? [],
    ]
    json["tests"] = [
      "paths": Self.list(file.strings("tests.paths").map(PathPattern.expression)),
      "names": Self.list(file.strings("tests.names")),
    ]
    var calls = JSONObject()
    for key in AnalyzerSchema.siblings("calls.") { calls[key] = file.value("calls." + key) }
    json["calls"] = .object(calls)
    json["imports"] = ["separators": Self.list(file.strings("imports.separators"), or: ["/", "."])]
    try CaptureTable.check(
      captures, definitions: definitions, scopes: file.names("scope"), json["references"])
  }

  private static func list(_ texts: [String], or others: [String] = []) -> JSONValue {
    .array((texts.isEmpty ? others : texts).map(JSONValue.string))
  }

  /// So that a marker is not taken for the beginning of a longer one.
  private static func longestFirst(_ markers: [String]) -> JSONValue {
    list(markers.sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) })
  }

  private static func identifier(_ file: AnalyzerFile) throws(CommandFailure) -> String {
    guard let id = file.string("id") else {
      throw CommandFailure(
        .usage, code: "no_id", "\(file.path) gives the analyzer no `id`.", hint: "Begin with `id = \"lua\"`.")
    }
    let isGood =
      !id.isEmpty
      && id.utf8.allSatisfy { byte in
        (97...122).contains(byte) || (48...57).contains(byte) || byte == 45
      }
    guard isGood, id.utf8.first != 45 else {
      throw file.failure("may hold lower-case letters, digits and `-` alone", at: "id", code: "bad_value")
    }
    return id
  }

  private static func suffixes(_ file: AnalyzerFile) throws(CommandFailure) -> [String] {
    let suffixes = file.strings("suffixes")
    if let bad = suffixes.first(where: { !$0.hasPrefix(".") || $0.count < 2 }) {
      throw file.failure("holds `\(bad)`: a suffix begins with a dot", at: "suffixes", code: "bad_value")
    }
    if suffixes.isEmpty, file.strings("file_names").isEmpty, file.strings("interpreters").isEmpty {
      throw CommandFailure(
        .usage, code: "no_files", "\(file.path) names no files: the analyzer would own none.",
        hint: "Say `suffixes = [\".lua\"]`, `file_names` or `interpreters`.")
    }
    return suffixes
  }

  private static func capabilities(_ definitions: JSONObject) -> [String] {
    var found: Set<OntologyKind> = [.module, .documentation]
    for member in definitions.members {
      guard case .object(let rule) = member.value, case .string(let name)? = rule["kind"],
        let kind = SymbolKind(name: name)
      else { continue }
      found.insert(kind.ontology)
    }
    return OntologyKind.allCases.filter(found.contains).map(\.rawValue)
  }
}
