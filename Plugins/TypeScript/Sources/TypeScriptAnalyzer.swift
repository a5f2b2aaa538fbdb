import CodiraAnalyzerKit

/// Reads TypeScript, TSX and JavaScript: modules of one import those of the other.
final class TypeScriptAnalyzer: Analyzer {
  /// 1: first.
  static let version = "2"

  static var description: AnalyzerDescription {
    // The first language is that of scripts known by their interpreter alone.
    var description = AnalyzerDescription(
      id: "typescript", version: version, languages: ["javascript", "typescript"])
    description.suffixes = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"]
    description.suffixLanguages = description.suffixes.map {
      isTyped($0) ? "typescript" : "javascript"
    }
    description.interpreters = ["node", "deno", "bun", "tsx", "ts-node"]
    description.interests = [
      .init("tsconfig.json", bytes: true), .init("jsconfig.json", bytes: true),
      .init("tsconfig.base.json", bytes: true), .init("package.json", bytes: true),
    ]
    description.capabilities = OntologyKind.allCases
    description.traits = [.constructorCalls]
    description.grammarName = "tree-sitter-typescript"
    description.grammarVersion = "0.23.2"
    description.grammarABI = 14
    return description
  }

  private let typescript = SyntaxParser(Script.self)
  private let tsx = SyntaxParser(Script.self, language: Script.tsx)
  private let project: ProjectModules
  private let names = KnownNames()
  private var buffer: [UInt8] = []

  init(configuration: Text, project: Project) throws(AnalyzerError) {
    self.project = ProjectModules(project)
  }

  func analyze(_ source: Source, into output: Output) -> AnalysisResult {
    let path = ModulePath(source.path)
    guard let tree = parse(source, path) else { return .stopped }
    output.report(tree)
    let file = FileReader(
      source: source, output: output, path: path, project: project, names: names)
    return file.read(tree.root) ? .done : .stopped
  }

  /// `.ts` alone has casts as `<Type>value`; everything else may hold JSX.
  private func parse(_ source: Source, _ path: ModulePath) -> SyntaxTree<Script>? {
    let parser = path.hasCasts ? typescript : tsx
    guard path.isTyped, NewerSyntax.blank(source.bytes, into: &buffer) else {
      return parser.parse(source)
    }
    return buffer.withUnsafeBytes { parser.parse(source, as: $0) }
  }

  private static func isTyped(_ suffix: String) -> Bool { suffix.contains("t") }
}
