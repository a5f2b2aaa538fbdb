import CodiraAnalyzerKit

/// Reads the blocks of a document line by line, as CommonMark divides it, and opens a section at each heading of the
/// outermost level; headings inside quotes and list items divide nothing.
struct BlockReader {
  private struct Fence {
    var byte: UInt8
    var length: Int
    /// Columns before it, where it belongs to a list item: a line with fewer ends it.
    var indent: Int
    var language: Text
    var start: UInt32
  }

  /// What ends a block of HTML.
  private enum Raw {
    case text(Text)
    case blankLine
  }

  private let outline: DocumentOutline
  private let source: Source
  private let output: Output
  private var fence: Fence?
  private var raw: Raw?
  private var comment: UInt32?
  /// Columns that belong to the list item around, 0 outside of lists.
  private var item = 0
  /// Lines of a paragraph that may turn out to be a heading.
  private var paragraph: ByteSpan?
  private var isBehindBlank = true
  /// In a paragraph of whatever kind: what is indented deeper goes on with it.
  private var isInParagraph = false

  init(_ outline: DocumentOutline) {
    self.outline = outline
    source = outline.source
    output = outline.output
  }

  /// False when the host no longer wants the result.
  mutating func read(from start: UInt32) -> Bool {
    var count = 0
    for line in Lines(source, from: start) {
      count += 1
      if count & 4095 == 0, source.shouldStop { return false }
      let text = source.text(line)
      let indent = Indentation(text)
      let isBlank = indent.bytes == text.count
      if !readInside(line, text, indent, isBlank) { readBlock(line, text, indent, isBlank) }
      isBehindBlank = isBlank
    }
    if let fence { close(fence, at: UInt32(source.bytes.count)) }
    if let comment { outline.skip(ByteSpan(start: comment, end: UInt32(source.bytes.count))) }
    return true
  }

  /// Goes on with code or HTML; true where the line belongs to it.
  private mutating func readInside(_ line: Line, _ text: Text, _ indent: Indentation, _ isBlank: Bool) -> Bool
  {
    if let fence {
      let rest = text.dropFirst(indent.bytes)
      if BlockReader.run(of: fence.byte, in: rest) >= fence.length,
        rest.trimmed.bytes.allSatisfy({ $0 == fence.byte })
      {
        close(fence, at: line.start)
        return true
      }
      if isBlank || fence.indent == 0 || indent.columns >= min(item, fence.indent) { return true }
      close(fence, at: line.start)
      return false
    }
    guard let raw else { return false }
    switch raw {
    case .blankLine: if isBlank { self.raw = nil }
    case .text(let end): if HTMLBlock.contains(text, end) { endRaw(at: line.end) }
    }
    return true
  }

  private mutating func endRaw(at end: UInt32) {
    if let comment { outline.skip(ByteSpan(start: comment, end: end)) }
    comment = nil
    raw = nil
  }

  private mutating func readBlock(_ line: Line, _ text: Text, _ indent: Indentation, _ isBlank: Bool) {
    if isBlank {
      paragraph = nil
      isInParagraph = false
      return
    }
    let rest = text.dropFirst(indent.bytes)
    if item > 0, indent.columns < item, isBehindBlank || !isInParagraph { item = 0 }
    let marker = ListMarker.width(rest)
    if let found = fenceStart(rest), indent.columns < item + 4 {
      fence = Fence(
        byte: rest[0], length: found.length, indent: item > 0 ? indent.columns : 0, language: found.language,
        start: line.next)
      endParagraph()
    } else if indent.columns >= item + 4, !isInParagraph {
      return
    } else if marker > 0, indent.columns < item + 4 {
      item = indent.columns + marker
      endParagraph()
      isInParagraph = true
      readLinks(line)
    } else if rest[0] == UInt8(ascii: ">") {
      endParagraph()
      isInParagraph = true
      readLinks(line)
    } else if item > 0, indent.columns >= item {
      paragraph = nil
      isInParagraph = true
      readLinks(line)
    } else if indent.columns < 4 {
      readOutermost(line, rest, indent)
    } else {
      paragraph?.end = line.end
      readLinks(line)
    }
  }

  private mutating func endParagraph() {
    paragraph = nil
    isInParagraph = false
  }

  private mutating func readOutermost(_ line: Line, _ rest: Text, _ indent: Indentation) {
    let start = line.start + UInt32(indent.bytes)
    if let heading = HeadingLine(rest) {
      endParagraph()
      item = 0
      let title = ByteSpan(
        start: start + UInt32(heading.title.lowerBound), end: start + UInt32(heading.title.upperBound))
      open(heading.level, from: line.start, title: title, to: line.next)
    } else if let paragraph, let level = HeadingLine.underline(rest) {
      open(level, from: paragraph.start, title: paragraph, to: line.next)
      endParagraph()
    } else if HeadingLine.isBreak(rest) {
      endParagraph()
    } else if rest[0] == UInt8(ascii: "<"), let block = HTMLBlock(rest, inParagraph: isInParagraph) {
      endParagraph()
      readLinks(line)
      begin(block, line, start)
    } else {
      if paragraph == nil, !isInParagraph { paragraph = ByteSpan(start: start, end: line.end) }
      paragraph?.end = line.end
      isInParagraph = true
      readLinks(line)
    }
  }

  private mutating func begin(_ block: HTMLBlock, _ line: Line, _ start: UInt32) {
    let rest = source.text(start, line.end)
    switch block {
    case .untilBlankLine: raw = .blankLine
    case .until(let end, let from):
      if block.isComment { comment = start }
      raw = .text(end)
      if HTMLBlock.contains(rest.dropFirst(from), end) { endRaw(at: line.end) }
    }
  }

  private func open(_ level: Int, from start: UInt32, title span: ByteSpan, to body: UInt32) {
    let title = Inline.plain(source.text(span.start, span.end), output.arena)
    guard !title.isEmpty else { return }
    outline.open(
      DocumentPart(
        .section(level), title: title, signature: title,
        start: start, bodyStart: body, nameStart: span.start, nameEnd: span.end))
    Links.read(span.start, span.end, outline)
  }

  private func readLinks(_ line: Line) { Links.read(line.start, line.end, outline) }

  private mutating func close(_ fence: Fence, at end: UInt32) {
    if !fence.language.isEmpty { outline.code(fence.language, ByteSpan(start: fence.start, end: end)) }
    self.fence = nil
  }

  private func fenceStart(_ rest: Text) -> (length: Int, language: Text)? {
    let byte = rest[0]
    guard byte == UInt8(ascii: "`") || byte == UInt8(ascii: "~") else { return nil }
    let length = BlockReader.run(of: byte, in: rest)
    guard length >= 3 else { return nil }
    let info = rest.dropFirst(length)
    if byte == UInt8(ascii: "`"), info.firstIndex(of: "`") != nil { return nil }
    return (length, Inline.language(info))
  }

  private static func run(of byte: UInt8, in text: Text) -> Int {
    var length = 0
    while length < text.count, text[length] == byte { length += 1 }
    return length
  }
}

/// The blanks before a line's text: tabs go to the next column that four divides.
struct Indentation {
  var columns = 0
  var bytes = 0

  init(_ line: Text) {
    while bytes < line.count {
      switch line[bytes] {
      case 0x20: columns += 1
      case 0x09: columns += 4 - columns % 4
      default: return
      }
      bytes += 1
    }
  }
}
