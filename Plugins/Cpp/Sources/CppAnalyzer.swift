import CodiraAnalyzerKit
import CodiraCFamily

/// Reads C++: definitions and declarations of a file, and what they use.
final class CppAnalyzer: Analyzer {
  static var description: AnalyzerDescription {
    var description = AnalyzerDescription(id: "cpp", version: "1", languages: ["cpp"])
    description.suffixes = [
      ".cc", ".cpp", ".cxx", ".c++", ".C", ".h", ".hpp", ".hh", ".hxx", ".h++", ".H", ".ipp", ".inl", ".tpp",
      ".txx",
      ".ixx", ".cppm", ".tcc", ".cu", ".cuh",
    ]
    description.capabilities = [
      .module, .namespace, .type, .callable, .import, .constant, .variable, .documentation,
    ]
    description.traits = [.overloads, .constructorCalls]
    description.conversions = Conversions.table
    description.grammarName = "tree-sitter-cpp"
    description.grammarVersion = "0.23.4"
    description.grammarABI = 14
    description.configurationSchema = MacroTable.configurationSchema
    return description
  }

  private let parser = SyntaxParser(CppGrammar.self, depthLimit: 600)
  private let macros: MacroTable
  private let memory = PreparationMemory()

  init(configuration: Text, project: Project) throws(AnalyzerError) {
    macros = try MacroTable(configuration: configuration)
  }

  func analyze(_ source: Source, into output: Output) -> AnalysisResult {
    let preparation = Preparation(source, macros: macros, memory: memory)
    guard let tree = parser.parse(source, as: preparation.bytes) else { return .stopped }
    let file = FileContext(source, preparation, output)
    report(tree, preparation, output)
    let names = FileNames(file, tree.root)
    var reader = Reader(file, names)
    reader.read(tree.root)
    Includes.emit(file.shared)
    Owners.assign(output, module: file.module)
    return .done
  }

  private func report(_ tree: SyntaxTree<CppGrammar>, _ preparation: Preparation, _ output: Output) {
    output.comments = preparation.comments
    for error in tree.errors {
      let message = error.isMissing ? "something is missing here" : "this could not be parsed"
      output.diagnose(.warning, code: "syntax", message, preparation.places.source(error.span))
    }
    if let span = preparation.tooDeep ?? tree.tooDeep.map({ preparation.places.source($0) }) {
      output.diagnose(.warning, code: "nesting", "this is nested too deep to be read to its end", span)
    }
  }
}
