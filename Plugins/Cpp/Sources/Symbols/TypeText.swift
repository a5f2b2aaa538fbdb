import CodiraAnalyzerKit
import CodiraCFamily

/// Written types as ids hold them: each qualified name by its last component, `const` in front, no `struct`, no
/// spaces but between words.
enum TypeText {
  /// The types of a function's parameters and what stands behind them: `int,const char*,const`.
  static func overload(_ declarator: Declarator, _ file: FileContext) -> Text {
    guard let function = declarator.function else { return .empty }
    var text: [UInt8] = []
    func add(_ part: [UInt8]) {
      if !text.isEmpty { text.append(UInt8(ascii: ",")) }
      text.append(contentsOf: part)
    }
    if let parameters = function.child(.parameters) {
      for parameter in parameters.children {
        if parameter.isParameter {
          let type = type(of: parameter, file)
          if type.elementsEqual("void".utf8) { continue }
          add(type)
        } else if parameter.kind == .ellipsis {
          add(Array("...".utf8))
        }
      }
    }
    for child in function.children {
      switch child.kind {
      case .typeQualifier where file.text(child) == "const" || file.text(child) == "volatile":
        add(Array(file.text(child).bytes))
      case .refQualifier: add(Array(file.text(child).bytes))
      default: break
      }
    }
    return file.arena.copy(text)
  }

  private static func type(of parameter: Node, _ file: FileContext) -> [UInt8] {
    let declarator = parameter.child(.declarator)
    let name = declarator.flatMap { Declarator($0).name }
    var end = parameter.end
    if parameter.kind == .optionalParameter {
      end = declarator?.end ?? parameter.child(.type)?.end ?? end
    }
    var words = words(parameter.start, name?.start ?? end, file)
    var rest = name.map { Self.words($0.end, end, file) } ?? []
    // An array is passed as a pointer.
    if rest.first == "[" {
      if let close = rest.firstIndex(of: "]") { rest.removeSubrange(0...close) }
      words.append("*")
    }
    words += rest
    return normalized(words, isParameter: true)
  }

  /// A type without a name in it.
  static func plain(_ start: UInt32, _ end: UInt32, _ file: FileContext) -> Text {
    file.arena.copy(normalized(words(start, end, file), isParameter: false))
  }

  /// Words and punctuation, `::` and `&&` and `...` whole.
  private static func words(_ start: UInt32, _ end: UInt32, _ file: FileContext) -> [Text] {
    var words: [Text] = []
    var place = start
    let bytes = file.seen.bytes
    while place < end {
      let byte = bytes[Int(place)]
      if Text.isSpace(byte) {
        place += 1
        continue
      }
      let first = place
      place += 1
      if Lexer.isWordByte(byte) {
        while place < end, Lexer.isWordByte(bytes[Int(place)]) { place += 1 }
      } else if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "&") || byte == UInt8(ascii: ".") {
        while place < end, bytes[Int(place)] == byte { place += 1 }
      }
      words.append(file.seen.text(first, place))
    }
    return words
  }

  private static let dropped: Set<Text> = [
    "struct", "class", "enum", "union", "typename", "register", "constexpr", "mutable", "template", "inline",
    "static", "extern",
  ]

  private static func normalized(_ words: [Text], isParameter: Bool) -> [UInt8] {
    var kept: [Text] = []
    for word in words {
      if word == "::" {
        dropComponent(&kept)
      } else if !dropped.contains(word) {
        kept.append(word)
      }
    }
    placeConst(&kept, isParameter: isParameter)
    var text: [UInt8] = []
    for word in kept {
      if let last = text.last, Lexer.isWordByte(last), Lexer.isWordByte(word[0]) { text.append(0x20) }
      text.append(contentsOf: word.bytes)
    }
    return text
  }

  /// Takes `A` or `A<int>` away, which stood before `::`.
  private static func dropComponent(_ words: inout [Text]) {
    if words.last == ">" {
      var depth = 0
      while let last = words.popLast() {
        if last == ">" { depth += 1 }
        if last == "<" { depth -= 1 }
        if depth == 0 { break }
      }
    }
    if let last = words.last, Lexer.isWordByte(last[0]), last != "const" { words.removeLast() }
  }

  /// `T const&` is `const T&`; what is passed by value is not `const`.
  private static func placeConst(_ words: inout [Text], isParameter: Bool) {
    var depth = 0
    var firstMark: Int?
    for (index, word) in words.enumerated() {
      if word == "<" || word == "(" { depth += 1 }
      if word == ">" || word == ")" { depth -= 1 }
      if depth == 0, word == "*" || word == "&" || word == "&&" || word == "[" {
        firstMark = index
        break
      }
    }
    let head = firstMark ?? words.count
    if let index = words[..<head].lastIndex(of: "const"), index > 0,
      !words[..<index].contains("<") || depth == 0
    {
      let isNested = words[..<index].filter { $0 == "<" }.count != words[..<index].filter { $0 == ">" }.count
      if !isNested {
        words.remove(at: index)
        if words.first != "const" { words.insert("const", at: 0) }
      }
    }
    guard isParameter else { return }
    if words.last == "const" { words.removeLast() }
    if firstMark == nil, words.first == "const" { words.removeFirst() }
  }
}
