import CodiraAnalyzerKit

/// Reads Python: `.py` sources and `.pyi` stubs.
final class PythonAnalyzer: Analyzer {
  /// 1: first; 2: `#:` comments document what they stand at; 3: aliases, fixtures, brackets left open; 4: attributes
  /// made from outside, classes that calls make, type parameters, calls without a name.
  static let version = "4"

  static var description: AnalyzerDescription {
    var description = AnalyzerDescription(id: "python", version: version, languages: ["python"])
    description.suffixes = [".py", ".pyi", ".pyw"]
    description.interpreters = ["python", "python3", "python2"]
    description.interests = [.init("__init__.py"), .init("__init__.pyi"), .init("conftest.py")]
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
    guard let tree = parse(source, output) else { return .stopped }
    output.report(tree)
    let module = packages.module(path: source.path, arena: output.arena)
    let file = FileReader(source: source, output: output, module: module, packages: packages, names: names)
    return file.read(tree.root) ? .done : .stopped
  }

  /// The tree; of a file with errors that of a copy without the brackets that were left open, unless the source as it
  /// is gives more definitions.
  private func parse(_ source: Source, _ output: Output) -> SyntaxTree<Python>? {
    guard let tree = parser.parse(source) else { return nil }
    if tree.errors.isEmpty { return tree }
    let lines = OpenLines(source.bytes)
    guard !lines.blanks.isEmpty else { return tree }
    for place in lines.blanks.prefix(10) {
      let span = ByteSpan(start: UInt32(place), end: UInt32(place) + 1)
      output.diagnose(.warning, code: "syntax", "this bracket is never closed", span)
    }
    let found = Self.definitionCount(tree)
    guard let repaired = lines.repaired.withUnsafeBytes({ parser.parse(source, as: $0) }) else { return nil }
    return Self.definitionCount(repaired) >= found ? repaired : parser.parse(source)
  }

  private static func definitionCount(_ tree: SyntaxTree<Python>) -> Int {
    tree.root.descendants.reduce(0) { count, node in
      count + (node.kind == .functionDefinition || node.kind == .classDefinition ? 1 : 0)
    }
  }
}
