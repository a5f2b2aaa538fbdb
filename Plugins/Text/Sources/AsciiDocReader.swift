import CodiraAnalyzerKit

/// Reads the titles of an AsciiDoc document, `== Title`, and the languages of its listings.
struct AsciiDocReader {
  private let outline: DocumentOutline
  private let source: Source
  /// The line that ends the block around: a listing, a comment.
  private var delimiter: (text: Text, start: UInt32)?
  private var language = Text.empty

  init(_ outline: DocumentOutline) {
    self.outline = outline
    source = outline.source
  }

  /// False when the host no longer wants the result.
  mutating func read() -> Bool {
    var count = 0
    for line in Lines(source, from: source.textStart) {
      count += 1
      if count & 4095 == 0, source.shouldStop { return false }
      readLine(line, source.text(line))
    }
    return true
  }

  private mutating func readLine(_ line: Line, _ text: Text) {
    let trimmed = text.trimmed
    if let delimiter {
      guard trimmed == delimiter.text else { return }
      end(delimiter, line)
    } else if let adornment = Adornment(text), adornment.length >= 4, "-.+/".utf8.contains(adornment.byte) {
      delimiter = (trimmed, adornment.byte == UInt8(ascii: "/") ? line.start : line.next)
    } else if text.hasPrefix("[source,"), trimmed.hasSuffix("]") {
      let arguments = trimmed.dropFirst(8).dropLast(1)
      language = (arguments.firstIndex(of: ",").map { arguments[0..<$0] } ?? arguments).trimmed
    } else {
      if !trimmed.isEmpty, !text.hasPrefix(".") { language = .empty }
      openTitle(line, text)
    }
  }

  private mutating func end(_ block: (text: Text, start: UInt32), _ line: Line) {
    delimiter = nil
    defer { language = .empty }
    if block.text[0] == UInt8(ascii: "/") {
      outline.skip(ByteSpan(start: block.start, end: line.end))
    } else if block.text[0] == UInt8(ascii: "-"), !language.isEmpty, block.start < line.start {
      outline.code(language, ByteSpan(start: block.start, end: line.start))
    }
  }

  private func openTitle(_ line: Line, _ text: Text) {
    let level = text.bytes.prefix { $0 == UInt8(ascii: "=") }.count
    guard (1...6).contains(level), level < text.count, text[level] == 0x20 else { return }
    let title = text.dropFirst(level).trimmed
    guard !title.isEmpty else { return }
    let start = line.start + UInt32(title.bytes.baseAddress! - text.bytes.baseAddress!)
    outline.open(
      DocumentPart(
        .section(level), title: Roles.plain(title, outline.output.arena), signature: title, start: line.start,
        bodyStart: line.next, nameStart: start, nameEnd: start + UInt32(title.count)))
  }
}
