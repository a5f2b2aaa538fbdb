import CodiraAnalyzerKit

/// Reads Go sources, tests and build-tagged files alike.
final class GoAnalyzer: Analyzer {
  /// 1: first.
  static let version = "1"

  static var description: AnalyzerDescription {
    var description = AnalyzerDescription(id: "go", version: version, languages: ["go"])
    description.suffixes = [".go"]
    description.interests = [.init("go.mod", bytes: true), .init("modules.txt", bytes: true)]
    description.capabilities = [.module, .type, .callable, .import, .constant, .variable, .documentation]
    description.grammarName = "tree-sitter-go"
    description.grammarVersion = "0.23.4"
    description.grammarABI = 14
    return description
  }

  private let parser = SyntaxParser(Go.self)
  private let modules: Modules

  init(configuration: Text, project: Project) throws(AnalyzerError) {
    modules = Modules(project)
  }

  func analyze(_ source: Source, into output: Output) -> AnalysisResult {
    guard let tree = parser.parse(source) else { return .stopped }
    output.report(tree)
    let file = FileReader(source: source, output: output, modules: modules, root: tree.root)
    return file.read(tree.root) ? .done : .stopped
  }
}
