import CodiraAnalyzerKit

/// The Javadoc of a file, by what stands below it.
struct DocumentationComments {
  private let source: Source
  private let spans: [ByteSpan]

  init(_ source: Source, _ comments: [ByteSpan]) {
    self.source = source
    spans = comments.filter { comment in
      comment.end > comment.start + 4 && source.text(comment.start, comment.start + 3) == "/**"
    }
  }

  /// The one that ends before `offset`, with white space alone between.
  func above(_ offset: UInt32) -> ByteSpan? {
    var low = 0
    var high = spans.count
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].end <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let span = spans[low - 1]
    return source.text(span.end, offset).trimmed.isEmpty ? span : nil
  }
}

extension FileReader {
  /// Gives a symbol the Javadoc above its declaration.
  func document(_ symbol: inout SymbolDraft, _ node: Node) {
    guard let span = comments.above(node.start) else { return }
    symbol.documentation = cleaned(source.text(span.start, span.end))
    if Self.names(symbol.documentation, "@deprecated") { symbol.flags.insert(.deprecated) }
  }

  /// Without the comment's marks, the stars before its lines, and empty lines on either end.
  private func cleaned(_ comment: Text) -> Text {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(comment.count)
    for (index, line) in comment.dropFirst(3).dropLast(2).split(at: "\n").enumerated() {
      var text = line.trimmed
      if index > 0, text.bytes.first == UInt8(ascii: "*") {
        text = text.dropFirst(1)
        if text.bytes.first == 0x20 { text = text.dropFirst(1) }
      }
      if !bytes.isEmpty { bytes.append(0x0A) }
      bytes.append(contentsOf: text.bytes)
      while let last = bytes.last, last != 0x0A, Text.isSpace(last) { bytes.removeLast() }
    }
    return arena.copy(bytes).trimmed
  }

  private static func names(_ text: Text, _ tag: Text) -> Bool {
    var rest = text
    while let at = rest.firstIndex(of: "@") {
      rest = rest.dropFirst(at)
      if rest.hasPrefix(tag) { return true }
      rest = rest.dropFirst(1)
    }
    return false
  }
}
