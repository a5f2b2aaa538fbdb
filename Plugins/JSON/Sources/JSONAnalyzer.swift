import CodiraAnalyzerKit

/// Reads JSON that people write: manifests, schemas, configuration.
///
/// Data is only known to be there.
final class JSONAnalyzer: Analyzer {
  static let version = "1"

  static var description: AnalyzerDescription {
    var description = AnalyzerDescription(id: "json", version: version, languages: ["json"])
    description.suffixes = [".json", ".jsonc", ".webmanifest", ".code-workspace", ".sublime-project"]
    description.fileNames = [".babelrc", ".eslintrc", ".swcrc", ".jshintrc", ".watchmanconfig"]
    description.capabilities = [.module, .variable, .documentation]
    description.grammarName = "tree-sitter-json"
    description.grammarVersion = "0.24.8"
    description.grammarABI = 14
    return description
  }

  private let parser = SyntaxParser(JSON.self, depthLimit: 200)
  private var bytes: [UInt8] = []

  init(configuration: Text, project: Project) throws(AnalyzerError) {}

  func analyze(_ source: Source, into output: Output) -> AnalysisResult {
    var reader = KeyReader(source: source, output: output)
    // Whatever stands in a lock file, and in much data, is decided before it is parsed.
    if Shape.isData(path: source.path, size: source.bytes.count) {
      reader.defineFile(nil)
      return .done
    }
    // The parser's own stack does not bear any depth.
    if let place = Nesting.tooDeep(source.bytes) {
      let span = ByteSpan(start: place, end: UInt32(source.bytes.count))
      output.diagnose(.warning, code: "nesting", "this is nested too deep to be read", span)
      reader.defineFile(nil)
      return .done
    }
    guard var tree = parser.parse(source) else { return .stopped }
    if !tree.errors.isEmpty, TrailingCommas.blank(source.bytes, into: &bytes) {
      guard let second = bytes.withUnsafeBytes({ parser.parse(source, as: $0) }) else { return .stopped }
      tree = second
    }
    output.report(tree)
    reader.read(tree.root)
    return .done
  }
}
