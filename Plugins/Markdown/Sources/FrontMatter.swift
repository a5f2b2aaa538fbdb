import CodiraAnalyzerKit

/// The block of settings that a document may begin with: YAML between lines of `---`, TOML between lines of `+++`.
struct FrontMatter {
  /// Of the first line inside.
  let start: UInt32
  /// Behind the closing line.
  let end: UInt32
  /// Of the line that closes it.
  private let fence: UInt32
  private var keys: [(name: ByteSpan, span: ByteSpan)] = []

  /// nil where the document does not begin with a block that is closed.
  init?(_ source: Source) {
    var lines = Lines(source, from: source.textStart)
    guard let first = lines.next() else { return nil }
    let fence = source.text(first).trimmed
    guard fence == "---" || fence == "+++", !first.isAtEnd else { return nil }
    let isYAML = fence == "---"
    start = first.next
    var isInTable = false
    while let line = lines.next() {
      let text = source.text(line)
      if text.trimmed == fence || (isYAML && text.trimmed == "...") {
        end = line.next
        self.fence = line.start
        return
      }
      if !isYAML, text.hasPrefix("[") { isInTable = true }
      if isInTable { continue }
      if let key = FrontMatter.key(text, divider: isYAML ? ":" : "=") {
        let name = ByteSpan(start: line.start, end: line.start + UInt32(key))
        keys.append((name, ByteSpan(start: line.start, end: line.end)))
      }
    }
    return nil
  }

  /// The length of a key that begins the line, with nothing before it.
  private static func key(_ line: Text, divider: Unicode.Scalar) -> Int? {
    var length = 0
    while length < line.count, isWord(line[length]) { length += 1 }
    guard length > 0, line.dropFirst(length).trimmed.bytes.first == UInt8(ascii: divider) else { return nil }
    return length
  }

  /// What stands behind the divider, without quotes.
  private static func value(_ text: Text) -> Text {
    let value = text.trimmed.dropFirst(1).trimmed
    let isQuoted =
      value.count > 1 && (value[0] == 0x22 || value[0] == 0x27) && value[value.count - 1] == value[0]
    return isQuoted ? value.dropFirst(1).dropLast(1) : value
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// Gives the outline the keys, and what they say of the document; their lines are its text, the fences are not.
  func report(to outline: DocumentOutline) {
    outline.skip(ByteSpan(start: outline.source.textStart, end: start))
    outline.skip(ByteSpan(start: fence, end: end))
    for key in keys {
      let name = outline.source.text(key.name.start, key.name.end)
      var symbol = SymbolDraft(
        .key, id: outline.output.ids.define(outline.id, .term, name), name: name, qualifiedName: name,
        start: key.span.start, end: key.span.end, nameStart: key.name.start, nameEnd: key.name.end)
      symbol.parent = outline.id
      if name == "description" || (name == "title" && outline.summary.isEmpty) {
        outline.summary = FrontMatter.value(outline.source.text(key.name.end, key.span.end))
      }
      symbol.signature = outline.source.text(key.span.start, key.span.end)
      outline.output.symbols.append(symbol)
    }
  }
}
