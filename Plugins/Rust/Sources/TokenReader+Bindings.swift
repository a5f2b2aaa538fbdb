import CodiraAnalyzerKit

// `let` and the parameters of closures among tokens.
extension TokenReader {
  /// `|name: Type, name|`: binds what has a type; two bars alone are an operator or a closure without
  /// parameters.
  mutating func readClosure() {
    index += 1
    if peek == UInt8(ascii: "|") {
      index += 1
      return
    }
    let start = index
    while true {
      skipSpace()
      let name = readPatternName()
      skipSpace()
      guard !name.isEmpty, peek == UInt8(ascii: ":") || peek == UInt8(ascii: ",") || peek == UInt8(ascii: "|")
      else { break }
      let value = peek == UInt8(ascii: ":") ? readType() : .unknown
      file.scope.values[name] = Binding(kind: .local, value: value)
      skipSpace()
      if peek == UInt8(ascii: "|") {
        index += 1
        return
      }
      guard peek == UInt8(ascii: ",") else { break }
      index += 1
    }
    index = start
  }

  /// `mut name`, `&name`, `name`.
  private mutating func readPatternName() -> Text {
    while peek == UInt8(ascii: "&") { index += 1 }
    var name = readWord()
    while name == "mut" || name == "ref" {
      skipSpace()
      name = readWord()
    }
    return name
  }

  private mutating func readWord() -> Text {
    let start = index
    while TokenReader.isWord(peek) { index += 1 }
    return text[start..<index]
  }

  /// `: a::Type<…>` as far as its path; references are what they point to.
  private mutating func readType() -> Value {
    index += 1
    var segments: [PathSegment] = []
    skipSpace()
    while peek == UInt8(ascii: "&") {
      index += 1
      skipSpace()
    }
    while true {
      let from = index
      let name = readWord()
      if name.isEmpty { break }
      if name == "mut" || name == "dyn" {
        skipSpace()
        continue
      }
      segments.append(PathSegment(name: name, start: offset + UInt32(from), end: offset + UInt32(index)))
      guard continuesPath() else { break }
    }
    if peek == UInt8(ascii: "<") {
      skipAngles()
      return .unknown
    }
    guard let last = segments.last else { return .unknown }
    let value = file.resolve(segments, asValue: false)
    file.refer(.typeUse, last, value)
    return value
  }

  /// `let name: Type = value`.
  mutating func readLet() {
    skipSpace()
    let name = readPatternName()
    skipSpace()
    guard !name.isEmpty, peek == UInt8(ascii: ":") || peek == UInt8(ascii: "=") else { return }
    let declared = peek == UInt8(ascii: ":") ? readType() : .unknown
    skipSpace()
    guard peek == UInt8(ascii: "="), index + 1 < text.count, text[index + 1] != UInt8(ascii: "=") else {
      return
    }
    index += 1
    skipSpace()
    while peek == UInt8(ascii: "&") {
      index += 1
      skipSpace()
    }
    let value = readOne() ?? .unknown
    file.scope.values[name] = Binding(kind: .local, value: declared.isKnown ? declared : value)
  }
}
