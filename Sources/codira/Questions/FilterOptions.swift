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

  @Option(help: ArgumentHelp("Whether tests count: `yes`, `no` or `only`.", valueName: "answer"))
  var test: String?

  func filter() throws -> SymbolFilter {
    var kinds: Set<SymbolKind> = []
    for name in kind { kinds.formUnion(try Self.kinds(named: name)) }
    var filter = SymbolFilter(path: path.map { PathGlob($0) }, language: language, kinds: kinds)
    if let test {
      guard let tests = TestFilter(rawValue: test) else {
        throw CommandFailure(
          .usage, code: "bad_value", "`\(test)` does not say whether tests count.",
          hint: "Say yes, no or only.")
      }
      filter.tests = tests
    }
    return filter
  }

  /// The filters that are set, for the envelope's `query`.
  var query: JSONObject {
    var query: JSONObject = [:]
    if let path { query["path"] = .string(path) }
    if let language { query["language"] = .string(language) }
    if let test { query["test"] = .string(test) }
    if !kind.isEmpty { query["kind"] = .array(kind.map { .string($0) }) }
    return query
  }

  private static func kinds(named name: String) throws -> Set<SymbolKind> {
    if let kinds = SymbolKind.named(name) { return kinds }
    let words = SymbolKind.allCases.map(\.name) + ["type", "callable", "documentation"]
    let nearest = NearestName.of(name.lowercased(), among: words)
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
