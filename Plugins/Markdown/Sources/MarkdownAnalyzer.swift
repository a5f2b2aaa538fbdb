import CodiraAnalyzerKit

/// Reads Markdown: sections with their text, front matter, code blocks, links to other documents.
///
/// Without a grammar: sections need the block structure of the outermost level alone, which is a matter of lines.
final class MarkdownAnalyzer: Analyzer {
  static var description: AnalyzerDescription {
    var description = AnalyzerDescription(id: "markdown", version: "1", languages: ["markdown"])
    description.suffixes = [".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx", ".Rmd", ".qmd", ".MD"]
    description.capabilities = [.module, .variable, .documentation]
    return description
  }

  init(configuration: Text, project: Project) {}

  func analyze(_ source: Source, into output: Output) -> AnalysisResult {
    let matter = FrontMatter(source)
    let outline = DocumentOutline(
      source, output, language: "markdown", format: "markdown", bodyStart: source.textStart)
    if let matter { matter.report(to: outline) }
    var reader = BlockReader(outline)
    guard reader.read(from: matter?.end ?? source.textStart) else { return .stopped }
    outline.finish()
    return .done
  }
}
