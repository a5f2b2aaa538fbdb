import CQueryData
import CodiraAnalyzerKit
import CodiraModel

/// An analyzer without code of its own: a grammar, capture queries, and rules that say what the captures mean.
final class QueryAnalyzer: Analyzer {
  /// What is embedded, read once; why it cannot be read, where it cannot.
  // One thread, which makes and reads it.
  nonisolated(unsafe) static let rules = Result { () throws(JSONError) in
    try RuleSet(UnsafeRawBufferPointer(start: codira_embedded_data.rules, count: codira_embedded_data.length))
  }

  static var language: CaptureQuery.Language {
    OpaquePointer(UnsafeMutableRawPointer(mutating: codira_embedded_data.language()!))
  }

  static var description: AnalyzerDescription {
    (try? rules.get())?.description ?? AnalyzerDescription(id: "", version: "", languages: [])
  }

  private let rules: RuleSet
  private let queries: [QueryFile]
  private let parser: SyntaxParser<EmbeddedGrammar>

  init(configuration: Text, project: Project) throws(AnalyzerError) {
    do throws(JSONError) {
      rules = try Self.rules.get()
    } catch {
      throw AnalyzerError("the embedded rules are damaged at byte \(error.offset): \(error.reason)")
    }
    if let problem = rules.problem { throw AnalyzerError(problem) }
    var queries: [QueryFile] = []
    for query in rules.queries { queries.append(try QueryFile(query.file, query.text, rules)) }
    self.queries = queries
    parser = SyntaxParser(EmbeddedGrammar.self)
  }

  func analyze(_ source: Source, into output: Output) -> AnalysisResult {
    guard let tree = parser.parse(source) else { return .stopped }
    output.report(tree)
    var collector = Collector(source: source, rules: rules)
    for query in queries {
      guard collector.collect(query, tree) else { return .stopped }
    }
    let file = FileReader(source: source, output: output, rules: rules, captures: collector.finish())
    file.read()
    return .done
  }
}

/// The grammar that is compiled into the same shared object; its nodes are known to the queries alone.
enum EmbeddedGrammar: Grammar {
  enum Kind: String, CaseIterable { case other = "", error = "ERROR" }
  enum Field: String, CaseIterable { case none = "", name }

  static var language: OpaquePointer { QueryAnalyzer.language }
  static var comments: [String] { (try? QueryAnalyzer.rules.get())?.commentNodes ?? [] }
}
