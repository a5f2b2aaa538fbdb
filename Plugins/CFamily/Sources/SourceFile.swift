import CodiraAnalyzerKit

/// What every part of the analysis of one C or C++ file needs.
package final class SourceFile {
  /// What the parts read: the bytes that the grammar sees, or the file's own.
  package let source: Source
  package let output: Output
  package let comments: Comments
  package let directives: [Directive]
  /// Its id: each component of the path is a namespace.
  package let module: Text
  package let root: Text
  /// The root of the other language of the family, whose headers it may include.
  package let otherRoot: Text

  package var arena: Arena { output.arena }

  package init(
    _ source: Source, _ output: Output, comments: [ByteSpan], directives: [Directive], language: String,
    other: String
  ) {
    self.source = source
    self.output = output
    self.directives = directives
    self.comments = Comments(source, comments, output.arena)
    root = output.ids.root(language)
    otherRoot = output.ids.root(other)
    var id = root
    for component in source.path.split(at: "/") where !component.isEmpty {
      id = output.ids.id(id, .namespace, component)
    }
    module = id
  }

  /// Source bytes on one line, comments left out, cut behind `limit` bytes.
  package func oneLine(_ start: UInt32, _ end: UInt32, limit: Int = 240) -> Text {
    var line: [UInt8] = []
    append(start, end, to: &line, limit: limit)
    return arena.copy(line)
  }

  package func append(_ start: UInt32, _ end: UInt32, to line: inout [UInt8], limit: Int) {
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
