import CodiraAnalyzerKit

/// Reads documents without a markup of their own, reStructuredText and AsciiDoc: sections with their text.
final class TextAnalyzer: Analyzer {
  static var description: AnalyzerDescription {
    var description = AnalyzerDescription(
      id: "text", version: "1", languages: ["text", "restructuredtext", "asciidoc"])
    description.suffixes = [".rst", ".rest", ".txt", ".text", ".adoc", ".asciidoc"]
    description.suffixLanguages = [
      "restructuredtext", "restructuredtext", "text", "text", "asciidoc", "asciidoc",
    ]
    description.fileNames = [
      "ANNOUNCE", "AUTHORS", "BUGS", "CHANGELOG", "CHANGES", "CONTRIBUTING", "CONTRIBUTORS", "COPYING",
      "COPYING.LESSER", "COPYING.LIB", "COPYRIGHT", "CREDITS", "ChangeLog", "FAQ", "HISTORY", "INSTALL",
      "LICENCE",
      "LICENSE", "LICENSE-APACHE", "LICENSE-MIT", "MAINTAINERS", "NEWS", "NOTICE", "PATENTS", "README",
      "RELEASE-NOTES", "RELEASING", "THANKS",
    ]
    description.capabilities = [.module, .variable, .documentation]
    return description
  }

  init(configuration: Text, project: Project) {}

  func analyze(_ source: Source, into output: Output) -> AnalysisResult {
    if let reason = DataRule.reason(source) {
      output.diagnose(.note, code: "data", reason, ByteSpan(start: 0, end: 0))
      return .done
    }
    let isAsciiDoc = source.path.hasSuffix(".adoc") || source.path.hasSuffix(".asciidoc")
    let isStructured = source.path.hasSuffix(".rst") || source.path.hasSuffix(".rest")
    let outline = DocumentOutline(
      source, output, language: "text", format: isStructured ? "restructuredtext" : "plain",
      bodyStart: source.textStart)
    if isAsciiDoc {
      var reader = AsciiDocReader(outline)
      guard reader.read() else { return .stopped }
    } else {
      var reader = StructuredTextReader(outline)
      guard reader.read() else { return .stopped }
    }
    outline.finish()
    return .done
  }
}
