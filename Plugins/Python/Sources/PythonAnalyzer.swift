import CodiraAnalyzerKit

/// Reads Python: `.py` sources and `.pyi` stubs.
final class PythonAnalyzer: Analyzer {
  /// 1: first. 2: `#:` comments document what they stand at.
  static let version = "2"

  static var description: AnalyzerDescription {
    var description = AnalyzerDescription(id: "python", version: version, languages: ["python"])
    description.suffixes = [".py", ".pyi", ".pyw"]
    description.interpreters = ["python", "python3", "python2"]
    description.interests = [.init("__init__.py"), .init("__init__.pyi")]
    description.capabilities = [.module, .type, .callable, .import, .constant, .variable, .documentation]
    description.traits = [.c3, .constructorCalls]
    description.grammarName = "tree-sitter-python"
    description.grammarVersion = "0.23.6"
    description.grammarABI = 14
    return description
  }

  private let parser = SyntaxParser(Python.self)
  private let packages: PackageRoots
  private let names = KnownNames()

  init(configuration: Text, project: Project) throws(AnalyzerError) {
    packages = PackageRoots(project)
  }

  func analyze(_ source: Source, into output: Output) -> AnalysisResult {
    guard let tree = parser.parse(source) else { return .stopped }
    output.report(tree)
    let module = packages.module(path: source.path, arena: output.arena)
    let file = FileReader(source: source, output: output, module: module, packages: packages, names: names)
    return file.read(tree.root) ? .done : .stopped
  }
}
