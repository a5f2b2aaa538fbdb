import CodiraAnalyzerKit

/// Text inside a block, without its markup.
enum Inline {
  /// Bytes of a title that are looked at; names are shorter.
  private static let lengthLimit = 2_000

  /// A title as a reader would type it: code and emphasis marks, tags, link targets and `{#id}` removed, line ends
  /// and blanks as one space.
  static func plain(_ text: Text, _ arena: Arena) -> Text {
    var bytes: [UInt8] = []
    let text = withoutAttributes(text[0..<min(text.count, lengthLimit)])
    var index = 0
    while index < text.count {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "\\") where index + 1 < text.count && isPunctuation(text[index + 1]):
        index += 1
        bytes.append(text[index])
      case UInt8(ascii: "`"), UInt8(ascii: "*"): break
      case UInt8(ascii: "!") where index + 1 < text.count && text[index + 1] == UInt8(ascii: "["):
        index = imageEnd(text, index)
      case UInt8(ascii: "["): break
      case UInt8(ascii: "]"): index = targetEnd(text, index)
      case UInt8(ascii: "<"): index = tagEnd(text, index, &bytes)
      case let byte where Text.isSpace(byte):
        if let last = bytes.last, last != 0x20 { bytes.append(0x20) }
      default: bytes.append(byte)
      }
      index += 1
    }
    return arena.copy(bytes).trimmed
  }

  /// `python` of ` python title="x"`, `{.python}` and `{r, echo=FALSE}`, in lower case.
  static func language(_ info: Text) -> Text {
    let info = info.trimmed
    var start = 0
    while start < info.count, info[start] == UInt8(ascii: "{") || info[start] == UInt8(ascii: ".") {
      start += 1
    }
    var end = start
    while end < info.count, !Text.isSpace(info[end]), !",{}:".utf8.contains(info[end]) { end += 1 }
    return info[start..<end]
  }

  /// A title without the `{#id .class}` at its end.
  private static func withoutAttributes(_ text: Text) -> Text {
    guard text.hasSuffix("}"), let open = text.lastIndex(of: "{"), open > 0, open + 1 < text.count,
      "#.:-".utf8.contains(text[open + 1]) || text[open..<text.count].firstIndex(of: "=") != nil
    else { return text }
    return text[0..<open]
  }

  /// The last byte of `(target)` or `[target]` behind a closing bracket; the bracket itself where there is none.
  private static func targetEnd(_ text: Text, _ bracket: Int) -> Int {
    guard bracket + 1 < text.count else { return bracket }
    let closing: UInt8
    switch text[bracket + 1] {
    case UInt8(ascii: "("): closing = UInt8(ascii: ")")
    case UInt8(ascii: "["): closing = UInt8(ascii: "]")
    default: return bracket
    }
    return text.bytes[(bracket + 2)...].firstIndex(of: closing) ?? bracket
  }

  /// A picture says nothing in a title.
  private static func imageEnd(_ text: Text, _ start: Int) -> Int {
    guard let bracket = text.bytes[start...].firstIndex(of: UInt8(ascii: "]")) else { return start }
    return targetEnd(text, bracket)
  }

  /// The last byte of a tag; what stands between `<` and `>` otherwise, an address, stays.
  private static func tagEnd(_ text: Text, _ start: Int, _ bytes: inout [UInt8]) -> Int {
    guard start + 1 < text.count, let end = text.bytes[start...].firstIndex(of: UInt8(ascii: ">")) else {
      bytes.append(text[start])
      return start
    }
    let inner = text[(start + 1)..<end]
    let first = inner.bytes.first ?? 0x20
    let isTag =
      (first | 0x20) &- UInt8(ascii: "a") < 26 || first == UInt8(ascii: "/") || first == UInt8(ascii: "!")
    if isTag, inner.firstIndex(of: "@") == nil,
      inner.firstIndex(of: ":") == nil || inner.firstIndex(of: "=") != nil
    {
      return end
    }
    bytes.append(text[start])
    return start
  }

  private static func isPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }
}
