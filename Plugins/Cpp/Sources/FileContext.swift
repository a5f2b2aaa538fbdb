import CodiraAnalyzerKit
import CodiraCFamily

/// What every part of the analysis of one file needs.
final class FileContext {
  /// The source, its comments and directives.
  let shared: SourceFile
  /// What the grammar sees: nodes and their names stand in it.
  let seen: Source
  let preparation: Preparation
  let isHeader: Bool

  var output: Output { shared.output }
  var ids: Identifiers { shared.output.ids }
  var arena: Arena { shared.output.arena }
  var comments: Comments { shared.comments }
  var module: Text { shared.module }
  var root: Text { shared.root }

  init(_ source: Source, _ preparation: Preparation, _ output: Output) {
    self.preparation = preparation
    seen = Source(
      path: source.path, bytes: preparation.bytes, bytesForParsing: preparation.bytes, sink: nil)
    isHeader = !FileContext.sourceSuffixes.contains { source.path.hasSuffix($0) }
    shared = SourceFile(
      source, output, comments: preparation.comments, directives: preparation.directives, language: "cpp",
      other: "c")
  }

  private static let sourceSuffixes: [Text] = [
    ".cc", ".cpp", ".cxx", ".c++", ".C", ".ixx", ".cppm", ".cu",
  ]

  func text(_ node: Node) -> Text { seen.text(node) }

  /// What the grammar sees between two places, on one line, cut behind `limit` bytes.
  func oneLine(_ start: UInt32, _ end: UInt32, limit: Int = 240) -> Text {
    var line: [UInt8] = []
    var place = start
    while place < end {
      let byte = seen.bytes[Int(place)]
      place += 1
      if Text.isSpace(byte) {
        if let last = line.last, last != 0x20 { line.append(0x20) }
      } else if line.count >= limit, byte & 0xC0 != 0x80 {
        line.append(contentsOf: [0xE2, 0x80, 0xA6])
        break
      } else {
        line.append(byte)
      }
    }
    while let last = line.last, last == 0x20 || last == UInt8(ascii: ";") { line.removeLast() }
    return arena.copy(line)
  }
}
