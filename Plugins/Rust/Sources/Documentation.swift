import CodiraAnalyzerKit

/// The text of documentation comments, and where they stand.
struct Documentation {
  var text: Text
  var span: ByteSpan
}

extension FileReader {
  /// `///` and `/** */` between two places.
  func outerDocumentation(from start: UInt32, to end: UInt32) -> Documentation? {
    documentation(from: start, to: end, line: "///", block: "/**")
  }

  /// `//!` and `/*! */` between two places, behind `#![doc = "…"]`.
  func innerDocumentation(from start: UInt32, to end: UInt32, _ body: Node) -> Documentation? {
    if let found = documentation(from: start, to: end, line: "//!", block: "/*!") { return found }
    for child in body.children {
      guard child.kind == .innerAttributeItem else { return nil }
      if let text = documentation(attribute: child) {
        return Documentation(text: text, span: ByteSpan(start: child.start, end: child.end))
      }
    }
    return nil
  }

  /// The text of `#[doc = "…"]`.
  func documentation(attribute node: Node) -> Text? {
    guard let attribute = node.child(of: .attribute), let name = attribute.firstChild,
      source.text(name) == "doc",
      let value = attribute.child(.value), value.kind == .stringLiteral, value.end - value.start > 2
    else { return nil }
    return source.text(value.start + 1, value.end - 1).trimmed
  }

  private func documentation(from start: UInt32, to end: UInt32, line: Text, block: Text) -> Documentation? {
    var bytes: [UInt8] = []
    var span: ByteSpan?
    for index in comments(from: start, to: end) {
      let comment = output.comments[index]
      let text = source.text(comment.start, comment.end)
      let isLine = text.hasPrefix(line) && !text.hasPrefix("////")
      guard isLine || (text.hasPrefix(block) && text.count > 4 && !text.hasPrefix("/***")) else { continue }
      if span != nil { bytes.append(0x0A) }
      span = ByteSpan(start: span?.start ?? comment.start, end: comment.end)
      if isLine { append(line: text.dropFirst(3), to: &bytes) } else { append(block: text, to: &bytes) }
    }
    guard let span else { return nil }
    return Documentation(text: arena.copy(bytes).trimmed, span: span)
  }

  private func append(line text: Text, to bytes: inout [UInt8]) {
    var text = text
    while let last = text.bytes.last, Text.isSpace(last) { text = text.dropLast(1) }
    if text.hasPrefix(" ") { text = text.dropFirst(1) }
    bytes.append(contentsOf: text.bytes)
  }

  private func append(block text: Text, to bytes: inout [UInt8]) {
    for (index, line) in text.dropFirst(3).dropLast(2).split(at: "\n").enumerated() {
      var line = line
      let trimmed = line.trimmed
      if index > 0, trimmed.hasPrefix("*") { line = trimmed.dropFirst(1) }
      if index > 0 { bytes.append(0x0A) }
      append(line: line, to: &bytes)
    }
  }

  /// The comments between two places, by index.
  private func comments(from start: UInt32, to end: UInt32) -> Range<Int> {
    var low = 0
    var high = output.comments.count
    while low < high {
      let middle = (low + high) / 2
      if output.comments[middle].start < start { low = middle + 1 } else { high = middle }
    }
    var last = low
    while last < output.comments.count, output.comments[last].start < end { last += 1 }
    return low..<last
  }
}
