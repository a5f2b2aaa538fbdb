import CodiraAnalyzerKit

extension FileReader {
  private static let limit = 400

  /// `name(parameters): Result` in one line, with the words before it.
  func signature(of name: Text, function node: Node) -> Text {
    var start = node.start
    if let first = node.children.first(where: { $0.kind != .decorator }) { start = first.start }
    var end = node.child(.body)?.start ?? node.end
    if node.kind == .arrowFunction,
      let parameters = node.child(.parameters) ?? node.child(.parameter)
    {
      start = parameters.start
      end = node.child(.returnType)?.end ?? parameters.end
    }
    let text = collapsed(source.text(start, end), limit: FileReader.limit)
    if node.child(.name) != nil { return text }
    if let parameters = node.child(.parameters) {
      let rest = source.text(parameters.start, node.child(.returnType)?.end ?? parameters.end)
      return arena.join(name, "", collapsed(rest, limit: FileReader.limit))
    }
    return arena.join(name, "", arena.join("(", text, ")"))
  }

  /// `class Name<T> extends Base`, up to the body.
  func signature(ofType node: Node) -> Text {
    let start = node.children.first { $0.kind != .decorator }?.start ?? node.start
    let head = source.text(
      min(start, node.child(.name)?.start ?? start), node.child(.body)?.start ?? node.end)
    let word: Text = node.kind == .interfaceDeclaration ? "interface" : "class"
    let text = collapsed(head, limit: FileReader.limit)
    return text.hasPrefix(word) || text.hasPrefix("abstract") ? text : arena.join(word, " ", text)
  }

  /// `name: Type = value`, the value cut where it is long.
  func signature(ofVariable place: Node, type: Node?, value: Node?) -> Text {
    var text = collapsed(source.text(place), limit: 120)
    if let type { text = arena.join(text, "", collapsed(source.text(type), limit: 200)) }
    guard let value else { return text }
    return arena.join(text, " = ", collapsed(source.text(value), limit: 80))
  }

  /// One line: runs of white space become one space; cut behind `limit` bytes.
  func collapsed(_ text: Text, limit: Int) -> Text {
    var bytes: [UInt8] = []
    for byte in text.trimmed.bytes {
      if bytes.count >= limit {
        while let last = bytes.last, last & 0xC0 == 0x80 { bytes.removeLast() }
        if let last = bytes.last, last >= 0xC0 { bytes.removeLast() }
        bytes.append(contentsOf: "…".utf8)
        break
      }
      if !Text.isSpace(byte) {
        bytes.append(byte)
      } else if bytes.last != 0x20 {
        bytes.append(0x20)
      }
    }
    return arena.copy(bytes)
  }
}
