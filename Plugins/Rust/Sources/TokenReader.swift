import CodiraAnalyzerKit

/// Finds paths, calls and method calls in the tokens of a macro call, which the grammar leaves as they are.
///
/// Reads `a::b(…)`, `a.b(…).c`, `name!(…)`; everything else only separates these.
struct TokenReader {
  let file: FileReader
  let text: Text
  /// Where the text begins in the source.
  let offset: UInt32
  var index = 0
  private var depth = 0

  init(file: FileReader, text: Text, offset: UInt32) {
    self.file = file
    self.text = text
    self.offset = offset
  }

  /// Reads to the end; the value of the first expression.
  mutating func readAll() -> Value {
    var first: Value?
    while index < text.count {
      let before = index
      let value = readOne()
      first = first ?? value
      // A zero byte looks like the end, and is not.
      if index == before { index += 1 }
    }
    return first ?? .unknown
  }

  var peek: UInt8 { index < text.count ? text[index] : 0 }

  /// One expression as far as it is a chain of names and calls; nil where something else stands here.
  mutating func readOne() -> Value? {
    skipSpace()
    switch peek {
    case 0: return nil
    case UInt8(ascii: "\""):
      skipString()
      return readSuffixes(Value(chains: file.external("str")), from: index)
    case UInt8(ascii: "'"): skipQuote()
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
      let start = index
      let inner = readGroup()
      return readSuffixes(inner.first ?? .unknown, from: start)
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      while TokenReader.isWord(peek) { index += 1 }
      return nil
    case _
    where TokenReader.isWord(peek)
      || (peek == UInt8(ascii: "$") && index + 1 < text.count && TokenReader.isWord(text[index + 1])):
      return readName()
    case UInt8(ascii: "|"): readClosure()
    default: index += 1
    }
    return nil
  }

  /// What stands between brackets, its expressions' values; behind the closing one.
  private mutating func readGroup() -> [Value] {
    let closing: UInt8 =
      peek == UInt8(ascii: "(")
      ? UInt8(ascii: ")") : peek == UInt8(ascii: "[") ? UInt8(ascii: "]") : UInt8(ascii: "}")
    index += 1
    depth += 1
    defer { depth -= 1 }
    guard depth < 60 else {
      index = text.count
      return []
    }
    var values: [Value] = []
    var isNew = true
    while true {
      skipSpace()
      let byte = peek
      if byte == 0 { return values }
      if byte == closing {
        index += 1
        return values
      }
      if byte == UInt8(ascii: ",") {
        if isNew { values.append(.unknown) }
        isNew = true
        index += 1
        continue
      }
      let before = index
      let value = readOne()
      if isNew, byte != UInt8(ascii: "&"), byte != UInt8(ascii: "*") {
        values.append(value ?? .unknown)
        isNew = false
      }
      if index == before { index += 1 }
    }
  }

  private static let words: Set<Text> = [
    "let", "mut", "ref", "if", "else", "match", "for", "in", "while", "loop", "return", "break", "continue",
    "move",
    "async", "await", "unsafe", "as", "fn", "pub", "struct", "enum", "impl", "trait", "where", "const",
    "static",
    "type", "use", "mod", "extern", "dyn", "true", "false",
  ]

  /// A path with what follows it.
  private mutating func readName() -> Value? {
    let start = index
    var segments: [PathSegment] = []
    while true {
      let from = index
      if peek == UInt8(ascii: "$") { index += 1 }
      while TokenReader.isWord(peek) { index += 1 }
      let name = text[from..<index]
      if name.isEmpty { break }
      if isStringPrefix(name) {
        skipString()
        return Value(chains: file.external("str"))
      }
      segments.append(PathSegment(name: name, start: offset + UInt32(from), end: offset + UInt32(index)))
      guard continuesPath() else { break }
    }
    guard let last = segments.last else { return nil }
    if segments.count == 1, last.name == "let" { readLet() }
    if segments.count == 1, TokenReader.words.contains(last.name) { return nil }
    let beforeSpace = index
    skipSpace()
    if peek == UInt8(ascii: "!"), index + 1 < text.count, [0x28, 0x5B, 0x7B].contains(text[index + 1]) {
      return readMacro(segments)
    }
    if last.name.hasPrefix("$") || segments[0].name.hasPrefix("$") && segments[0].name != "$crate" {
      index = beforeSpace
      return readSuffixes(.unknown, from: start)
    }
    if peek == UInt8(ascii: "(") { return readCall(segments, from: start) }
    index = beforeSpace
    let value = file.resolve(segments, asValue: true)
    file.referToPrefix(segments, base: nil)
    return readSuffixes(file.fieldValue(value) ?? value, from: start)
  }

  private func isStringPrefix(_ name: Text) -> Bool {
    (name == "b" || name == "r" || name == "br" || name == "c")
      && (peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "#"))
  }

  /// Passes over `::` and over type arguments behind it.
  mutating func continuesPath() -> Bool {
    guard index + 2 < text.count, text[index] == UInt8(ascii: ":"), text[index + 1] == UInt8(ascii: ":")
    else { return false }
    let next = text[index + 2]
    if next == UInt8(ascii: "<") {
      index += 2
      skipAngles()
      return continuesPath()
    }
    guard TokenReader.isWord(next) else { return false }
    index += 2
    return true
  }

  private mutating func readCall(_ segments: [PathSegment], from start: Int) -> Value {
    let last = segments[segments.count - 1]
    let callee = file.resolve(segments, asValue: true)
    file.referToPrefix(segments, base: nil)
    let isLocal = segments.count == 1 && file.lookUp(value: last.name)?.kind == .local
    let values = readGroup()
    let target = isLocal ? Value.unknown : callee
    file.refer(
      .call, last, target, receiver: file.receiver(segments),
      argumentCount: segments.count == 1 ? Int32(values.count) : -1)
    let result = isLocal ? file.step(callee, "()") : file.knownResult(callee) ?? callee
    return readSuffixes(result, from: start)
  }

  private mutating func readMacro(_ segments: [PathSegment]) -> Value {
    index += 1
    file.referToMacro(segments)
    return readGroup().first ?? .unknown
  }

  /// `.name`, `.name(…)`, `?`, `[…]` behind a value.
  private mutating func readSuffixes(_ start: Value, from: Int) -> Value {
    var value = start
    while true {
      let before = index
      skipSpace()
      if peek == UInt8(ascii: "?") {
        index += 1
        value = file.step(value, "[]")
      } else if peek == UInt8(ascii: "["), before == index {
        _ = readGroup()
        value = file.step(value, "[]")
      } else if peek == UInt8(ascii: "."), index + 1 < text.count, TokenReader.isWord(text[index + 1]) {
        let receiver = text[from..<index].trimmed
        index += 1
        value = readMember(of: value, receiver)
      } else {
        index = before
        return value
      }
    }
  }

  private mutating func readMember(of value: Value, _ receiver: Text) -> Value {
    let from = index
    while TokenReader.isWord(peek) { index += 1 }
    let name = text[from..<index]
    let segment = PathSegment(name: name, start: offset + UInt32(from), end: offset + UInt32(index))
    if name == "await" { return file.awaited(value) }
    if let digit = name.bytes.first, digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") {
      let step = Text.place(Int(name.description) ?? 7)
      return file.known(field: step, of: value) ?? file.step(value, step)
    }
    if index + 2 < text.count, text[index] == UInt8(ascii: ":"), text[index + 2] == UInt8(ascii: "<") {
      index += 2
      skipAngles()
    }
    guard peek == UInt8(ascii: "(") else {
      return file.known(field: name, of: value) ?? file.member(value, name)
    }
    let callee = file.member(value, name)
    let values = readGroup()
    file.referToMethod(segment, value, callee, receiver, Int32(values.count))
    return file.methodResult(name, value, values, callee)
  }
}
