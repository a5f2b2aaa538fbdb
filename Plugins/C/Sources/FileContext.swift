import CodiraAnalyzerKit
import CodiraCFamily

/// What every part of the analysis of one file needs.
final class FileContext {
  let shared: SourceFile
  let preparation: Preparation
  let isHeader: Bool

  var source: Source { shared.source }
  var output: Output { shared.output }
  var comments: Comments { shared.comments }
  var arena: Arena { shared.output.arena }
  var module: Text { shared.module }
  var root: Text { shared.root }

  init(_ source: Source, _ preparation: Preparation, _ output: Output) {
    self.preparation = preparation
    isHeader = source.path.hasSuffix(".h")
    shared = SourceFile(
      source, output, comments: preparation.comments, directives: preparation.directives, language: "c",
      other: "cpp")
  }

  func typeID(_ name: Text) -> Text { output.ids.id(root, .type, name) }

  func oneLine(_ start: UInt32, _ end: UInt32, limit: Int = 240) -> Text {
    shared.oneLine(start, end, limit: limit)
  }

  func append(_ start: UInt32, _ end: UInt32, to line: inout [UInt8], limit: Int) {
    shared.append(start, end, to: &line, limit: limit)
  }
}
