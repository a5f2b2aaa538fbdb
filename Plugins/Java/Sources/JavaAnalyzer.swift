import CodiraAnalyzerKit

/// Reads Java: `.java` sources, `package-info.java` and `module-info.java`.
final class JavaAnalyzer: Analyzer {
  /// 1: first.
  static let version = "1"

  static var description: AnalyzerDescription {
    var description = AnalyzerDescription(id: "java", version: version, languages: ["java"])
    description.suffixes = [".java"]
    description.capabilities = [
      .module, .namespace, .type, .callable, .import, .constant, .variable, .documentation,
    ]
    description.traits = [.overloads, .constructorCalls]
    description.conversions = Conversions.table
    description.grammarName = "tree-sitter-java"
    description.grammarVersion = "0.23.5"
    description.grammarABI = 14
    return description
  }

  private let parser = SyntaxParser(Java.self)
  private let library = KnownLibrary()

  init(configuration: Text, project: Project) throws(AnalyzerError) {}

  func analyze(_ source: Source, into output: Output) -> AnalysisResult {
    guard let tree = parser.parse(source) else { return .stopped }
    output.report(tree)
    return FileReader(source: source, output: output, library: library).read(tree.root) ? .done : .stopped
  }
}
