import ArgumentParser
import CodiraModel
import CodiraQuery

/// Options that narrow a question to some files or kinds of symbol.
struct FilterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only files whose path matches: `src/**/*.py`, a folder, a file's name.", valueName: "glob"))
  var path: String?

  @Option(help: "Only files of this language.")
  var language: String?

  @Option(
    help: ArgumentHelp(
      "Only symbols of this kind (function, class, …) or group (type, callable, …); may be repeated."))
  var kind: [String] = []

  func filter() throws -> SymbolFilter {
    var kinds: Set<SymbolKind> = []
    for name in kind { kinds.formUnion(try Self.kinds(named: name)) }
    return SymbolFilter(path: path.map { PathGlob($0) }, language: language, kinds: kinds)
  }

  /// The filters that are set, for the envelope's `query`.
  var query: JSONObject {
    var query: JSONObject = [:]
    if let path { query["path"] = .string(path) }
    if let language { query["language"] = .string(language) }
    if !kind.isEmpty { query["kind"] = .array(kind.map { .string($0) }) }
    return query
  }

  private static func kinds(named name: String) throws -> Set<SymbolKind> {
    let word = name.lowercased().map { $0 == "-" || $0 == " " ? "_" : String($0) }.joined()
    if let kind = SymbolKind(name: word) { return [kind] }
    if let group = OntologyKind(rawValue: word) {
      return Set(SymbolKind.allCases.filter { $0.ontology == group })
    }
    let words = SymbolKind.allCases.map(\.name) + ["type", "callable", "documentation"]
    let nearest = NearestName.of(word, among: words)
    throw CommandFailure(
      .usage, code: "bad_value", "`\(name)` is no kind of symbol.",
      hint: nearest.map { "Did you mean `\($0)`?" } ?? "Kinds are " + words.joined(separator: ", ") + ".")
  }
}

/// How many results to show.
struct LimitOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Show at most this many results.", valueName: "n"))
  var limit: Int?

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more") }
  }
}
