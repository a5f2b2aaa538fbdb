import CodiraAnalyzerKit

/// Reads titles, explicit markup and roles of a text line by line, as reStructuredText has them; a plain text is one
/// that has fewer of them.
struct StructuredTextReader {
  struct Previous {
    var line: Line
    var text: Text
    var adornment: Adornment?
  }

  /// A title's way of being set off; the order in which styles come first is that of the levels.
  private struct Style: Equatable {
    var byte: UInt8
    var isOverlined: Bool
  }

  let outline: DocumentOutline
  let source: Source
  let output: Output
  private var styles: [Style] = []
  private var previous: Previous?
  private var beforePrevious: Previous?
  /// Lines indented deeper than this are nobody's markup: a literal block, a comment, code.
  var literal: UInt32?
  var isBehindLiteralMark = false
  var code: CodeBlock?
  var comment: (start: UInt32, indent: UInt32)?
  var tableOfContents: UInt32?
  var labels: [PendingLabel] = []
  /// Where the last line with text ended.
  var textEnd: UInt32 = 0

  init(_ outline: DocumentOutline) {
    self.outline = outline
    source = outline.source
    output = outline.output
  }

  /// False when the host no longer wants the result.
  mutating func read() -> Bool {
    var count = 0
    for line in Lines(source, from: source.textStart) {
      count += 1
      if count & 4095 == 0, source.shouldStop { return false }
      let text = source.text(line)
      let indent = UInt32(text.bytes.prefix { $0 == 0x20 || $0 == 0x09 }.count)
      if text.trimmed.isEmpty {
        shift(nil)
        continue
      }
      readLine(line, text, indent)
      textEnd = line.next
    }
    endBlocks(at: UInt32(source.bytes.count), indent: 0)
    placeLabels(at: UInt32(source.bytes.count))
    return true
  }

  private mutating func shift(_ next: Previous?) {
    beforePrevious = previous
    previous = next
  }

  private mutating func readLine(_ line: Line, _ text: Text, _ indent: UInt32) {
    if let literal, indent > literal {
      readLiteral(line, text, indent)
      shift(Previous(line: line, text: text))
      return
    }
    endBlocks(at: textEnd, indent: indent)
    outline.close(upTo: .indented(indent), at: line.start)
    let adornment = indent == 0 ? Adornment(text) : nil
    let rest = text.dropFirst(Int(indent))
    if let adornment, openTitle(line, adornment) {
      shift(nil)
      return
    }
    if rest.hasPrefix(".. ") || rest.trimmed == ".." {
      readMarkup(line, rest, indent)
    } else {
      placeLabels(at: line.start)
      if rest.trimmed.hasSuffix("::"), adornment == nil { literal = indent }
      Roles.read(line, outline)
    }
    shift(Previous(line: line, text: text, adornment: adornment))
  }

  private static func isListItem(_ text: Text) -> Bool {
    text.hasPrefix("- ") || text.hasPrefix("* ") || text.hasPrefix("+ ")
  }

  /// Opens the section whose title stands above the adornment; false where none does.
  private mutating func openTitle(_ line: Line, _ adornment: Adornment) -> Bool {
    guard let title = previous, title.adornment == nil, adornment.fits(title.text.trimmed) else {
      return false
    }
    var start = title.line.start
    let isIndented = Text.isSpace(title.text[0])
    let isOverlined = beforePrevious?.adornment?.byte == adornment.byte
    if isOverlined {
      start = beforePrevious?.line.start ?? start
    } else if beforePrevious != nil || isIndented || title.text.hasPrefix("..") || Self.isListItem(title.text)
    {
      return false
    }
    let name = title.text.trimmed
    let style = Style(byte: adornment.byte, isOverlined: isOverlined)
    if !styles.contains(style) { styles.append(style) }
    let nameStart = title.line.start + UInt32(title.text.bytes.prefix { Text.isSpace($0) }.count)
    outline.open(
      DocumentPart(
        .section(styles.firstIndex(of: style)! + 1), title: Roles.plain(name, output.arena), signature: name,
        start: start, bodyStart: line.next, nameStart: nameStart, nameEnd: nameStart + UInt32(name.count)))
    return true
  }
}
