import CodiraModel

// What the output gets of a document, part by part.
extension DocumentOutline {
  private static let separator: Text = " > "
  /// Bytes of one part's text that its documentation holds.
  private var textLimit: Int { 64 << 10 }

  func report() {
    for index in nodes.indices { report(index) }
    var ordinals: [Int: [Text: Int]] = [:]
    for code in codes { report(code, &ordinals) }
    let starts = Dictionary(nodes.indices.dropFirst().map { (nodes[$0].part.start, $0) }) { first, _ in first
    }
    for label in labels { report(label, of: starts[label.target] ?? label.part) }
    for link in links {
      var reference = ReferenceDraft(
        .imports, owner: nodes[link.part].id, name: link.name, start: link.span.start, end: link.span.end)
      reference.noName = true
      reference.candidates = output.arena.copy([Chain(link.target)])
      output.references.append(reference)
    }
  }

  private func report(_ index: Int) {
    var node = nodes[index]
    let isDocument = index == 0
    if !isDocument {
      let parent = nodes[node.parent]
      node.id = output.ids.define(parent.id, .type, node.part.title)
      node.qualifiedName =
        node.parent == 0
        ? node.part.title : output.arena.join(parent.qualifiedName, Self.separator, node.part.title)
    }
    nodes[index] = node
    let text = ownText(node)
    var symbol = SymbolDraft(
      isDocument ? .module : .section, id: node.id, name: node.part.title, qualifiedName: node.qualifiedName,
      start: node.part.start, end: isDocument ? node.end : trimmedEnd(node),
      nameStart: node.part.nameStart, nameEnd: node.part.nameEnd)
    symbol.signature = node.part.signature
    if !isDocument { symbol.parent = nodes[node.parent].id }
    symbol.hasPayload = !text.isEmpty
    if isDocument, !summary.isEmpty {
      symbol.documentation = summary
    } else if let summary = summary(of: node) {
      symbol.documentation = summary.text
      // Where the paragraph is all there is, it is the payload too.
      if summary.span.end < lastText(of: node) { symbol.documentationSpan = summary.span }
    }
    output.symbols.append(symbol)
    if text.isEmpty { return }
    var piece = DocumentationDraft(
      id: node.id, owner: node.id, format: format, text: text, start: symbol.start, end: symbol.end)
    piece.headings = headings(to: index)
    output.documentation.append(piece)
  }

  /// Titles from the outermost part to this one; none for the document's own text.
  private func headings(to index: Int) -> UnsafeBufferPointer<Text> {
    var titles: [Text] = []
    var index = index
    while index > 0 {
      titles.append(nodes[index].part.title)
      index = nodes[index].parent
    }
    return output.arena.copy(Array(titles.reversed()))
  }

  private func ownText(_ node: Node) -> Text {
    var text = Text.empty
    for piece in node.pieces where piece.start < piece.end {
      let part = limited(trimmedLines(source.text(piece.start, piece.end)), textLimit - text.count)
      if part.isEmpty { continue }
      text = text.isEmpty ? part : output.arena.join(text, "\n\n", part)
    }
    return text
  }

  /// The end of the last piece that holds text.
  private func lastText(of node: Node) -> UInt32 {
    for piece in node.pieces.reversed() where piece.start < piece.end {
      let text = source.text(piece.start, piece.end)
      let inner = text.trimmed
      if !inner.isEmpty {
        return piece.start + UInt32(inner.bytes.baseAddress! - text.bytes.baseAddress!) + UInt32(inner.count)
      }
    }
    return 0
  }

  /// As many whole lines as the limit takes.
  private func limited(_ text: Text, _ limit: Int) -> Text {
    if text.count <= limit { return text }
    return text[0..<max(0, limit)].lastIndex(of: "\n").map { text[0..<$0] } ?? .empty
  }

  /// Without blank lines on either side; the first line keeps its indentation.
  private func trimmedLines(_ text: Text) -> Text {
    let inner = text.trimmed
    if inner.isEmpty { return inner }
    var start = inner.bytes.baseAddress! - text.bytes.baseAddress!
    let end = start + inner.count
    while start > 0, text[start - 1] == 0x20 || text[start - 1] == 0x09 { start -= 1 }
    return text[start..<end]
  }

  private func trimmedEnd(_ node: Node) -> UInt32 {
    var end = node.end
    while end > node.part.nameEnd, end > node.part.start, Text.isSpace(source.bytes[Int(end) - 1]) {
      end -= 1
    }
    return end
  }

  private func report(_ code: Code, _ ordinals: inout [Int: [Text: Int]]) {
    let node = nodes[code.part]
    let earlier = ordinals[code.part, default: [:]][code.language, default: 0]
    ordinals[code.part, default: [:]][code.language] = earlier + 1
    let id = output.ids.id(
      node.id, .term, code.language, mark: earlier == 0 ? nil : .ordinal(earlier))
    var piece = DocumentationDraft(
      id: id, owner: node.id, format: code.language, text: source.text(code.span.start, code.span.end),
      start: code.span.start, end: code.span.end)
    piece.headings = headings(to: code.part)
    output.documentation.append(piece)
  }

  private func report(_ label: Label, of part: Int) {
    var symbol = SymbolDraft(
      .key, id: label.id, name: label.name, qualifiedName: label.name, start: label.span.start,
      end: label.span.end, nameStart: label.nameSpan.start, nameEnd: label.nameSpan.end)
    symbol.signature = source.text(label.span.start, label.span.end)
    symbol.parent = nodes[part].id
    output.symbols.append(symbol)
  }
}
