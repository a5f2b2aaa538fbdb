import CodiraAnalyzerKit

/// Code in a language that its directive names.
struct CodeBlock {
  var language: Text
  var indent: UInt32
  /// 0 until its first line.
  var start: UInt32 = 0
}

/// A label whose section has not come yet.
struct PendingLabel {
  var name: Text
  var span: ByteSpan
  var nameSpan: ByteSpan
}

// Explicit markup: what begins with two dots.
extension StructuredTextReader {
  /// Descriptions nested deeper than this are text of the one around them.
  private static let deepest: UInt32 = 32

  mutating func readMarkup(_ line: Line, _ text: Text, _ indent: UInt32) {
    let rest = text.dropFirst(2).trimmed
    if rest.hasPrefix("_") {
      readLabel(line, rest, indent)
      return
    }
    placeLabels(at: line.start)
    guard let directive = Directive(rest) else {
      let isFootnote = rest.hasPrefix("[") || rest.hasPrefix("|") || rest.hasPrefix("__ ")
      if !isFootnote {
        comment = (line.start, indent)
        literal = indent
      }
      return
    }
    switch directive.name {
    case "code-block", "code", "sourcecode":
      code = CodeBlock(language: directive.argument, indent: indent)
      literal = indent
    case "toctree":
      tableOfContents = indent
      literal = indent
    case "parsed-literal", "raw", "highlight", "math", "graphviz", "csv-table", "productionlist", "doctest",
      "testcode", "testoutput", "ipython", "prompt", "jinja":
      literal = indent
    case "include", "literalinclude":
      link(directive.argument, suffix: .empty, ByteSpan(start: line.start, end: line.end))
    default: describe(directive, line, indent)
    }
  }

  private func describe(_ directive: Directive, _ line: Line, _ indent: UInt32) {
    guard indent <= Self.deepest, let name = directive.described else { return }
    let start = line.start + indent
    let nameStart = line.start + UInt32(name.bytes.baseAddress! - source.text(line).bytes.baseAddress!)
    outline.open(
      DocumentPart(
        .indented(indent), title: name,
        signature: output.arena.join(directive.bareName, " ", directive.argument), start: start,
        bodyStart: line.next, nameStart: nameStart, nameEnd: nameStart + UInt32(name.count)))
  }

  /// A line inside of code, a table of contents, or what nobody reads.
  mutating func readLiteral(_ line: Line, _ text: Text, _ indent: UInt32) {
    if let block = code, block.start == 0, !text.trimmed.hasPrefix(":") { code?.start = line.start }
    guard tableOfContents != nil else { return }
    let entry = text.trimmed
    if entry.hasPrefix(":") || entry == "self" || entry.firstIndex(of: "*") != nil { return }
    let start = line.start + indent
    link(
      Roles.target(entry), suffix: suffix, ByteSpan(start: start, end: start + UInt32(entry.count)))
  }

  /// Ends code, comments and literal blocks before a line with that indentation.
  mutating func endBlocks(at end: UInt32, indent: UInt32) {
    guard let literal, indent <= literal else { return }
    if let code, code.start > 0, code.start < end, !code.language.isEmpty {
      outline.code(code.language, ByteSpan(start: code.start, end: end))
    }
    if let comment, comment.start < end { outline.skip(ByteSpan(start: comment.start, end: end)) }
    code = nil
    comment = nil
    tableOfContents = nil
    self.literal = nil
  }

  // MARK: Labels

  private mutating func readLabel(_ line: Line, _ rest: Text, _ indent: UInt32) {
    let isQuoted = rest.hasPrefix("_`")
    let name = rest.dropFirst(isQuoted ? 2 : 1)
    let ending: Text = isQuoted ? "`:" : ":"
    guard name.count > ending.count, name.hasSuffix(ending), !name.hasPrefix("_") else {
      placeLabels(at: line.start)
      return
    }
    let bare = name.dropLast(ending.count)
    outline.skip(ByteSpan(start: line.start, end: line.end))
    let start = line.start + UInt32(bare.bytes.baseAddress! - source.text(line).bytes.baseAddress!)
    labels.append(
      PendingLabel(
        name: bare, span: ByteSpan(start: line.start + indent, end: line.end),
        nameSpan: ByteSpan(start: start, end: start + UInt32(bare.count))))
  }

  /// The labels above belong to what begins at `target`.
  mutating func placeLabels(at target: UInt32) {
    for label in labels {
      let name = DocumentPart.cutName(Roles.normal(label.name, output.arena))
      let id = output.ids.define(output.ids.root("text"), .term, name)
      outline.label(name, id: id, label.span, name: label.nameSpan, for: target)
    }
    labels.removeAll(keepingCapacity: true)
  }

  // MARK: Links

  /// `.rst` of the document itself: pointers to others leave it out.
  private var suffix: Text { Roles.suffix(of: source.path) }

  private func link(_ target: Text, suffix: Text, _ span: ByteSpan) {
    Roles.link(target, suffix: suffix, span, outline)
  }
}
