import CodiraAnalyzerKit

/// What the analyzer says of itself, and how it reads one file.
final class __TYPE__Analyzer: Analyzer {
  static let id = "__NAME__"
  static let suffix: Text = "__SUFFIX__"

  static var description: AnalyzerDescription {
    // Raise the version whenever the same source may give something else.
    var description = AnalyzerDescription(id: id, version: "1", languages: [id])
    description.suffixes = ["__SUFFIX__"]
    description.capabilities = [.module, .type, .callable, .import, .documentation]
    return description
  }

  init(configuration: Text, project: Project) {}

  func analyze(_ source: Source, into output: Output) -> AnalysisResult {
    var reader = Reader(source, output)
    return reader.read() ? .done : .stopped
  }
}
