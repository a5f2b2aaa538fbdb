import CodiraAnalyzerKit

/// A documentation comment: its text, and what its tags say of types.
struct Comment {
  var text: Text
  var isDeprecated = false
  /// Types as written, between the braces.
  var returns: Text?
  var type: Text?
  var parameters: [(name: Text, type: Text)] = []
  /// Types of members of parameters: `{Type} parameter.member`.
  var members: [(parameter: Text, name: Text, type: Text)] = []
  var templates: [Text] = []
  var typedefs: [Typedef] = []

  func parameter(_ name: Text) -> Text? { parameters.first { $0.name == name }?.type }
}

extension FileReader {
  /// The `/** … */` that stands before a node, decorators alone between them.
  func documentation(before node: Node) -> Comment? {
    let comments = output.comments
    var (low, high) = (0, comments.count)
    while low < high {
      let middle = (low + high) / 2
      if comments[middle].end <= node.start { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let span = comments[low - 1]
    let between = source.text(span.end, node.start).trimmed
    guard
      between.isEmpty || between.hasPrefix("@") || between == "export"
        || between == "export default"
    else {
      return nil
    }
    let text = source.text(span.start, span.end)
    guard text.hasPrefix("/**"), text.count > 5 else { return nil }
    let comment = comment(text.dropFirst(3).dropLast(2))
    // What defines a type of its own is no word on what stands below.
    return comment.typedefs.isEmpty ? comment : nil
  }

  func comment(_ text: Text) -> Comment {
    var bytes: [UInt8] = []
    var comment = Comment(text: .empty)
    for line in text.split(at: "\n") {
      var line = line.trimmed
      if line.hasPrefix("*") {
        line = line.dropFirst(1)
        if line.hasPrefix(" ") { line = line.dropFirst(1) }
      }
      if !bytes.isEmpty { bytes.append(0x0A) }
      bytes.append(contentsOf: line.bytes)
      let tag = line.trimmed
      if tag.hasPrefix("@") { readTag(isOpen(tag) ? tail(of: text, from: tag) : tag, &comment) }
    }
    comment.text = arena.copy(bytes).trimmed
    return comment
  }

  /// Whether a type begins in the line and ends in one below.
  private func isOpen(_ line: Text) -> Bool {
    line.bytes.reduce(0) { depth, byte in
      byte == UInt8(ascii: "{") ? depth + 1 : byte == UInt8(ascii: "}") ? depth - 1 : depth
    } > 0
  }

  private func tail(of text: Text, from line: Text) -> Text {
    guard let place = line.bytes.baseAddress, let start = text.bytes.baseAddress else { return line }
    let rest = text.dropFirst(place - start)
    return rest.count > 2_000 ? rest[0..<2_000] : rest
  }

  private func readTag(_ line: Text, _ comment: inout Comment) {
    let end = line.bytes.firstIndex { Text.isSpace($0) || $0 == UInt8(ascii: "{") } ?? line.count
    let rest = line.dropFirst(end).trimmed
    switch line[0..<end] {
    case "@deprecated": comment.isDeprecated = true
    case "@returns", "@return": comment.returns = FileReader.braced(rest)?.type ?? comment.returns
    case "@type": comment.type = FileReader.braced(rest)?.type
    case "@template":
      for name in rest.split(at: ",") {
        if let word = FileReader.word(name.trimmed) { comment.templates.append(word) }
      }
    case "@param", "@arg", "@argument":
      guard let (type, behind) = FileReader.braced(rest) else { return }
      var name = behind.trimmed
      if name.hasPrefix("[") { name = name.dropFirst(1) }
      guard let word = FileReader.word(name) else { return }
      let rest = name.dropFirst(word.count)
      if !rest.hasPrefix(".") {
        comment.parameters.append((word, type))
      } else if let member = FileReader.word(rest.dropFirst(1)) {
        comment.members.append((word, member, type))
      }
    case "@typedef":
      let (type, behind) = FileReader.braced(rest) ?? ("Object", rest)
      guard let name = FileReader.word(behind.trimmed) else { return }
      comment.typedefs.append(Typedef(name: name, type: type, comment: ByteSpan(start: 0, end: 0)))
    case "@property", "@prop":
      guard !comment.typedefs.isEmpty, let (type, behind) = FileReader.braced(rest) else { return }
      var name = behind.trimmed
      if name.hasPrefix("[") { name = name.dropFirst(1) }
      guard let word = FileReader.word(name), !name.dropFirst(word.count).hasPrefix(".") else {
        return
      }
      comment.typedefs[comment.typedefs.count - 1].properties.append((word, type))
    default: break
    }
  }

  /// `Type` of `{Type} rest`, braces balanced.
  private static func braced(_ text: Text) -> (type: Text, rest: Text)? {
    guard text.hasPrefix("{") else { return nil }
    var depth = 0
    for (index, byte) in text.bytes.enumerated() {
      if byte == UInt8(ascii: "{") { depth += 1 }
      if byte == UInt8(ascii: "}") {
        depth -= 1
        if depth == 0 { return (text[1..<index].trimmed, text.dropFirst(index + 1)) }
      }
    }
    return nil
  }

  private static func word(_ text: Text) -> Text? {
    let end =
      text.bytes.firstIndex { byte in
        !(byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") || byte >= 0x80
          || (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A))
      } ?? text.count
    return end == 0 ? nil : text[0..<end]
  }

  /// What `@type` says of a variable or field; nothing in files that have types of their own.
  func documentedType(of whole: Node) -> Value {
    guard !path.isTyped else { return .unknown }
    let around = whole.parent?.kind == .exportStatement ? whole.parent! : whole
    guard let text = documentation(before: around)?.type else { return .unknown }
    return documentedType(text)
  }

  func documentedType(_ text: Text) -> Value {
    guard !path.isTyped else { return .unknown }
    var reader = DocumentedType(file: self, text: text)
    return reader.readUnion()
  }
}

/// Reads a type as documentation comments write it: `?Foo`, `Array<Foo>`, `import('./x').Foo|null`.
private struct DocumentedType {
  let file: FileReader
  let text: Text
  var index = 0
  var depth = 0

  init(file: FileReader, text: Text) {
    self.file = file
    self.text = text
  }

  private var peek: UInt8 { index < text.count ? text[index] : 0 }

  private mutating func skipSpace() {
    // A star begins a further line of the comment, or stands for any type.
    while index < text.count, Text.isSpace(text[index]) || text[index] == UInt8(ascii: "*") {
      index += 1
    }
  }

  mutating func readUnion() -> Value {
    depth += 1
    defer { depth -= 1 }
    guard depth < 40 else {
      index = text.count
      return .unknown
    }
    var value = readOne()
    while true {
      skipSpace()
      guard peek == UInt8(ascii: "|") || peek == UInt8(ascii: "&") else { return value }
      index += 1
      value = file.either(value, readOne())
    }
  }

  private mutating func readOne() -> Value {
    skipSpace()
    while [UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: "."), UInt8(ascii: "=")].contains(
      peek)
    {
      index += 1
    }
    skipSpace()
    var value: Value
    if peek == UInt8(ascii: "(") {
      index += 1
      value = readUnion()
      skipTo(UInt8(ascii: ")"))
    } else if peek == UInt8(ascii: "{") || peek == UInt8(ascii: "[") || peek == UInt8(ascii: "\"")
      || peek == UInt8(ascii: "'")
    {
      index = text.count
      return .unknown
    } else {
      value = readName()
    }
    while index + 1 < text.count, peek == UInt8(ascii: "["), text[index + 1] == UInt8(ascii: "]") {
      index += 2
      value = file.list(of: value)
    }
    return value
  }

  private mutating func skipTo(_ byte: UInt8) {
    while index < text.count, peek != byte { index += 1 }
    index += 1
  }

  private mutating func readName() -> Value {
    let start = index
    while index < text.count, DocumentedType.isName(peek) { index += 1 }
    var path = text[start..<index]
    if path.isEmpty {
      index += 1
      return .unknown
    }
    var base: Value?
    if path == "import", peek == UInt8(ascii: "(") {
      let quote = index + 2
      skipTo(UInt8(ascii: ")"))
      guard quote < index - 2 else { return .unknown }
      base = Value(nature: .object, chains: file.target(text[quote..<(index - 2)]).chains)
      let rest = index
      while index < text.count, DocumentedType.isName(peek) { index += 1 }
      path = text[rest..<index].dropFirst(1)
    }
    while path.hasSuffix(".") { path = path.dropLast(1) }
    let arguments = readArguments()
    return resolve(path, base, arguments)
  }

  private mutating func readArguments() -> [Value] {
    skipSpace()
    guard peek == UInt8(ascii: "<") else { return [] }
    var values: [Value] = []
    repeat {
      index += 1
      values.append(readUnion())
      skipSpace()
    } while peek == UInt8(ascii: ",")
    skipTo(UInt8(ascii: ">"))
    return values
  }

  private func resolve(_ path: Text, _ base: Value?, _ arguments: [Value]) -> Value {
    switch path {
    case "string", "number", "boolean", "void", "symbol", "bigint", "String", "Number", "Boolean":
      return file.builtin(path)
    case "any", "object", "null", "undefined", "unknown", "Object", "Function", "function", "never",
      "this":
      if path == "Object", arguments.count == 2 { return file.wrap(arguments[1], in: "[]") }
      return .unknown
    default: break
    }
    var value = base
    for part in path.split(at: ".") where !part.isEmpty {
      if let known = value {
        value = file.member(known, part)
      } else {
        let binding = file.lookUpType(part) ?? file.lookUp(part)
        if binding?.kind == .external, let made = file.generic(part, arguments), !arguments.isEmpty {
          return made
        }
        value = binding?.value ?? file.unbound(part)
      }
    }
    guard let value else { return .unknown }
    if value.nature == .external || value.nature == .local { return value }
    return Value(nature: .instance, chains: value.chains, parts: value.parts, shape: value.shape)
  }

  private static func isName(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") || byte == UInt8(ascii: ".")
      || byte >= 0x80
      || (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
  }
}
