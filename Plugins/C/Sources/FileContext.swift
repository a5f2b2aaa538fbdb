import CodiraAnalyzerKit

/// What every part of the analysis of one file needs.
final class FileContext {
  let source: Source
  let preparation: Preparation
  let output: Output
  let comments: Comments
  /// Its id: each component of the path is a namespace.
  let module: Text
  let root: Text
  let isHeader: Bool

  var arena: Arena { output.arena }

  init(_ source: Source, _ preparation: Preparation, _ output: Output) {
    self.source = source
    self.preparation = preparation
    self.output = output
    root = output.ids.root("c")
    isHeader = source.path.hasSuffix(".h")
    module = FileContext.moduleID(source.path, output)
    comments = Comments(source, preparation.comments, output.arena)
  }

  static func moduleID(_ path: Text, _ output: Output) -> Text {
    var id = output.ids.root("c")
    for component in path.split(at: "/") where !component.isEmpty {
      id = output.ids.id(id, .namespace, component)
    }
    return id
  }

  func typeID(_ name: Text) -> Text { output.ids.id(root, .type, name) }

  /// Source bytes on one line, comments left out, cut behind `limit` bytes.
  func oneLine(_ start: UInt32, _ end: UInt32, limit: Int = 240) -> Text {
    var line: [UInt8] = []
    append(start, end, to: &line, limit: limit)
    return arena.copy(line)
  }

  func append(_ start: UInt32, _ end: UInt32, to line: inout [UInt8], limit: Int) {
    var place = start
    var comment = comments.firstIndex(from: start)
    while place < end {
      if let span = comments.span(comment), span.start <= place {
        place = max(place, span.end)
        comment += 1
        space(&line)
        continue
      }
      let byte = source.bytes[Int(place)]
      place += 1
      if Text.isSpace(byte) || (byte == UInt8(ascii: "\\") && isContinued(place)) {
        space(&line)
      } else if line.count >= limit, byte & 0xC0 != 0x80 {
        line.append(contentsOf: [0xE2, 0x80, 0xA6])
        return
      } else {
        line.append(byte)
      }
    }
    while line.last == 0x20 { line.removeLast() }
  }

  private func isContinued(_ place: UInt32) -> Bool {
    Int(place) < source.bytes.count && (source.bytes[Int(place)] == 0x0A || source.bytes[Int(place)] == 0x0D)
  }

  private func space(_ line: inout [UInt8]) {
    if let last = line.last, last != 0x20 { line.append(0x20) }
  }
}
