import CodiraAnalyzerKit

/// Pointers inside of text: ``:ref:`label` ``, ``:doc:`guide` `` and `` `text <guide.rst>`_ ``.
enum Roles {
  static func read(_ line: Line, _ outline: DocumentOutline) {
    let text = outline.source.text(line)
    var index = 0
    while index < text.count, let open = text.bytes[index...].firstIndex(of: UInt8(ascii: "`")) {
      guard let close = text.bytes[(open + 1)...].firstIndex(of: UInt8(ascii: "`")) else { return }
      index = close + 1
      if close == open + 1 { continue }
      let inner = text[(open + 1)..<close]
      let span = ByteSpan(start: line.start + UInt32(open + 1), end: line.start + UInt32(close))
      let before = text[0..<open]
      if before.hasSuffix(":ref:") || before.hasSuffix(":numref:") {
        let name = normal(target(inner), outline.output.arena)
        if name.isEmpty { continue }
        let root = outline.output.ids.root("text")
        outline.link(name, target: outline.output.ids.id(root, .term, name), span)
      } else if before.hasSuffix(":doc:") {
        link(target(inner), suffix: suffix(of: outline.source.path), span, outline)
      } else if close + 1 < text.count, text[close + 1] == UInt8(ascii: "_"), inner.hasSuffix(">") {
        link(target(inner), suffix: .empty, span, outline)
      }
    }
  }

  /// Reports a link to the document that `target` and `suffix` name.
  ///
  /// `/guide` starts at the root of a documentation, which is not known here.
  static func link(_ target: Text, suffix: Text, _ span: ByteSpan, _ outline: DocumentOutline) {
    let output = outline.output
    guard !target.hasPrefix("/"), !target.isEmpty,
      let path = DocumentPath.resolve(
        target.hasSuffix(suffix) ? target : output.arena.join(target, .empty, suffix),
        from: outline.source.path,
        arena: output.arena),
      path != outline.source.path, let id = DocumentPath.id(of: path, output)
    else { return }
    let name = path.lastIndex(of: "/").map { path.dropFirst($0 + 1) } ?? path
    outline.link(name, target: id, span)
  }

  /// `guide` of `The guide <guide>`, or the text itself.
  static func target(_ text: Text) -> Text {
    guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else { return text.trimmed }
    return text[(open + 1)..<(text.count - 1)].trimmed
  }

  /// A label as others are compared with it: lower case, blanks as one space.
  static func normal(_ label: Text, _ arena: Arena) -> Text {
    var bytes: [UInt8] = []
    for byte in label.trimmed.bytes {
      if Text.isSpace(byte) {
        if bytes.last != 0x20 { bytes.append(0x20) }
      } else {
        bytes.append(byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte)
      }
    }
    return arena.copy(bytes)
  }

  /// A title without the marks of literals, roles and emphasis.
  static func plain(_ title: Text, _ arena: Arena) -> Text {
    var bytes: [UInt8] = []
    var index = 0
    while index < title.count {
      let byte = title[index]
      if byte == UInt8(ascii: ":"), let end = roleEnd(title, index) {
        index = end
        continue
      }
      index += 1
      if byte == UInt8(ascii: "`") || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "\\") { continue }
      if byte == 0x20, bytes.last == 0x20 { continue }
      bytes.append(byte)
    }
    let plain = arena.copy(bytes).trimmed
    return plain.isEmpty ? title : plain
  }

  /// The back-tick behind ``:role:` ``; nil where no role begins.
  private static func roleEnd(_ title: Text, _ start: Int) -> Int? {
    var index = start + 1
    while index < title.count, index < start + 40, title[index] != UInt8(ascii: "`") {
      if Text.isSpace(title[index]) { return nil }
      index += 1
    }
    guard index < title.count, title[index] == UInt8(ascii: "`"), index > start + 1,
      title[index - 1] == UInt8(ascii: ":")
    else { return nil }
    return index
  }

  /// `.rst` of a path.
  static func suffix(of path: Text) -> Text {
    guard let dot = path.lastIndex(of: "."), dot > (path.lastIndex(of: "/") ?? -1) else { return .empty }
    return path.dropFirst(dot)
  }
}
