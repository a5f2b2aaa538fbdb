import CodiraAnalyzerKit

/// A block of HTML, whose lines are no Markdown, and what ends it.
enum HTMLBlock {
  case untilBlankLine
  /// A text, looked for from that byte of the first line on.
  case until(Text, from: Int)

  /// From a line without its indentation, if it begins such a block.
  init?(_ line: Text, inParagraph: Bool) {
    if line.hasPrefix("<!--") {
      self = .until("-->", from: 4)
    } else if line.hasPrefix("<?") {
      self = .until("?>", from: 2)
    } else if line.hasPrefix("<![CDATA[") {
      self = .until("]]>", from: 9)
    } else {
      guard let name = HTMLBlock.tagName(line) else { return nil }
      if let end = HTMLBlock.rawEnds.first(where: { $0.name == name }), line[1] != UInt8(ascii: "/") {
        self = .until(end.end, from: 0)
      } else if HTMLBlock.blockNames.contains(name) || (!inParagraph && HTMLBlock.isTagAlone(line)) {
        self = .untilBlankLine
      } else {
        return nil
      }
    }
  }

  var isComment: Bool {
    if case .until("-->", _) = self { return true }
    return false
  }

  static func contains(_ text: Text, _ part: Text) -> Bool {
    guard text.count >= part.count else { return false }
    for start in 0...(text.count - part.count)
    where text[start] == part[0] && text[start..<(start + part.count)] == part {
      return true
    }
    return false
  }

  private static func tagName(_ line: Text) -> String? {
    var start = 1
    if start < line.count, line[start] == UInt8(ascii: "/") { start += 1 }
    var end = start
    while end < line.count, end < start + 12,
      (line[end] | 0x20) &- UInt8(ascii: "a") < 26
        || (end > start && line[end] &- UInt8(ascii: "0") < 10)
    {
      end += 1
    }
    guard end > start else { return nil }
    if end < line.count, !Text.isSpace(line[end]), line[end] != UInt8(ascii: ">"),
      line[end] != UInt8(ascii: "/")
    {
      return nil
    }
    return line[start..<end].description.lowercased()
  }

  private static func isTagAlone(_ line: Text) -> Bool {
    let line = line.trimmed
    return line.firstIndex(of: ">") == line.count - 1 && line.lastIndex(of: "<") == 0
  }

  private static let rawEnds: [(name: String, end: Text)] = [
    ("pre", "</pre>"), ("script", "</script>"), ("style", "</style>"), ("textarea", "</textarea>"),
  ]

  private static let blockNames: Set<String> = [
    "address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center", "col",
    "colgroup",
    "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "iframe",
    "legend", "li",
    "link", "main", "menu", "menuitem", "nav", "noframes", "ol", "optgroup", "option", "p", "param", "search",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "track", "ul",
  ]
}
