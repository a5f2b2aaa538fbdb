import CodiraAnalyzerKit

extension Shaper {
  /// The statements between two braces.
  mutating func block(_ start: Int, _ end: Int) {
    guard depth < Shaper.depthLimit else { return }
    depth += 1
    defer { depth -= 1 }
    var index = start
    var isStart = true
    while index < end {
      let token = tokens[index]
      switch token.kind {
      case .control where isOpen(index + 1):
        expression(index + 1, isCall: false)
        index = close(index + 1) + 1
        isStart = true
      case .opener:
        isStart = true
        index += 1
      case .tag:
        var head = DeclarationHead()
        index = record(index, end, &head)
        isStart = false
      case .attribute: index = blankAttribute(index)
      case .identifier: index = word(index, end, &isStart)
      case .punctuation: index = punctuation(index, &isStart)
      default:
        isStart = false
        index += 1
      }
    }
  }

  private mutating func punctuation(_ index: Int, _ isStart: inout Bool) -> Int {
    let token = tokens[index]
    switch token.byte {
    case UInt8(ascii: "{") where token.partner > 0:
      let before = byte(index - 1)
      if before == UInt8(ascii: "=") || before == UInt8(ascii: ",") {
        initializer(index + 1, Int(token.partner))
        isStart = false
      } else {
        block(index + 1, Int(token.partner))
        isStart = true
      }
      return Int(token.partner) + 1
    case UInt8(ascii: "(") where token.partner > 0:
      if index > 0, tokens[index - 1].isWord, opensPointer(index) { callingConvention(index) }
      expression(index, isCall: index > 0 && tokens[index - 1].kind == .identifier)
      isStart = false
      return Int(token.partner) + 1
    case UInt8(ascii: ";"), UInt8(ascii: "}"), UInt8(ascii: ":"), UInt8(ascii: "{"): isStart = true
    default: isStart = false
    }
    return index + 1
  }

  private mutating func word(_ index: Int, _ end: Int, _ isStart: inout Bool) -> Int {
    if let next = joinedString(index) { return next }
    let wasStart = isStart
    isStart = false
    guard wasStart else { return index + 1 }
    if let next = label(index) {
      isStart = true
      return next
    }
    guard endMacroStatement(index, end) else { return index + 1 }
    isStart = true
    guard isOpen(index + 1) else { return index + 1 }
    expression(index + 1, isCall: true)
    return close(index + 1) + 1
  }

  /// `TARGET(name):` is the label `name`.
  private mutating func label(_ index: Int) -> Int? {
    guard isOpen(index + 1), close(index + 1) == index + 3, byte(index + 4) == UInt8(ascii: ":"),
      tokens[index + 2].kind == .identifier
    else { return nil }
    for place in [index, index + 1, index + 3] { blank(place) }
    return index + 5
  }

  /// `BEGIN_THREADS` alone on its line, `for_each(x) {`, `VISIT(x)` before a new line: statements that the
  /// grammar would join with what follows; whether it was one.
  private mutating func endMacroStatement(_ index: Int, _ end: Int) -> Bool {
    let isCall = isOpen(index + 1)
    let last = isCall ? close(index + 1) : index
    let next = last + 1
    if next < end {
      let token = tokens[next]
      guard isCall || token.isFirstOnLine, token.isWord || token.byte == UInt8(ascii: "{") else {
        return false
      }
    } else if byte(end) != UInt8(ascii: "}") {
      return false
    }
    insert(";", behind: last)
    return true
  }

  /// `"a" FORMAT(x) "b"`: the grammar joins strings with words, not with calls.
  private mutating func joinedString(_ index: Int) -> Int? {
    guard isOpen(index + 1), index > 0 else { return nil }
    let after = close(index + 1) + 1
    let isJoined =
      tokens[index - 1].kind == .string || (after < tokens.count && tokens[after].kind == .string)
    return isJoined ? blankUse(index) : nil
  }

  /// The elements of an initializer: a macro on a line of its own may bring its comma along.
  mutating func initializer(_ start: Int, _ end: Int) {
    guard depth < Shaper.depthLimit else { return }
    depth += 1
    defer { depth -= 1 }
    var index = start
    while index < end {
      let token = tokens[index]
      if token.byte == UInt8(ascii: "{"), token.partner > 0 {
        initializer(index + 1, Int(token.partner))
        index = Int(token.partner) + 1
      } else if token.kind == .identifier {
        index = element(index, end)
      } else if token.byte == UInt8(ascii: "("), token.partner > 0 {
        expression(index, isCall: false)
        index = Int(token.partner) + 1
      } else {
        index += 1
      }
    }
  }

  private mutating func element(_ index: Int, _ end: Int) -> Int {
    let isCall = isOpen(index + 1)
    let last = isCall ? close(index + 1) : index
    if isCall { expression(index + 1, isCall: true) }
    let before = byte(index - 1)
    guard last + 1 < end,
      before == UInt8(ascii: "{") || before == UInt8(ascii: ",") || tokens[index].isFirstOnLine
    else { return last + 1 }
    let next = tokens[last + 1]
    let startsElement =
      next.kind == .identifier || next.kind == .number || next.byte == UInt8(ascii: "{")
      || next.byte == UInt8(ascii: ".") || (isCall && next.kind == .string)
    let isJoined = isCall && next.kind == .identifier
    if startsElement, next.isFirstOnLine || isJoined { insert(",", behind: last) }
    return last + 1
  }

  /// What stands in parentheses: macros take types and statements as arguments, which no expression holds.
  mutating func expression(_ open: Int, isCall: Bool) {
    guard depth < Shaper.depthLimit else { return }
    depth += 1
    defer { depth -= 1 }
    let end = close(open)
    var index = open + 1
    if isCall, open > 0, text(open - 1) == "offsetof" { shortenMember(open, end) }
    if isCall { argument(index, end) }
    while index < end {
      let token = tokens[index]
      if token.partner > 0 {
        if token.byte == UInt8(ascii: "{") {
          block(index + 1, Int(token.partner))
        } else {
          expression(index, isCall: token.byte == UInt8(ascii: "(") && tokens[index - 1].kind == .identifier)
        }
        index = Int(token.partner) + 1
      } else if token.kind == .identifier, let next = joinedString(index) {
        index = next
      } else {
        if isCall, token.byte == UInt8(ascii: ",") { argument(index + 1, end) }
        index += 1
      }
    }
  }

  /// Shapes an argument that is a type or a jump: of a type one word is left.
  private mutating func argument(_ start: Int, _ end: Int) {
    guard start < end else { return }
    if tokens[start].kind == .jump { blank(start) }
    var index = start
    var isType = false
    var kept: Int?
    while index < end, byte(index) != UInt8(ascii: ",") {
      let token = tokens[index]
      switch token.kind {
      case .type: kept = kept ?? index
      case .identifier: kept = kept ?? index
      case .specifier, .tag: break
      case .punctuation where token.byte == UInt8(ascii: "*") && index > start: break
      default: return
      }
      isType = token.kind == .type || token.kind == .specifier || token.kind == .tag || isType
      index += 1
    }
    guard isType || byte(index - 1) == UInt8(ascii: "*"), index > start, kept != nil else { return }
    for place in start..<index where place != kept { blank(place) }
  }

  /// `offsetof(T, a.b)`: the grammar knows one field.
  private mutating func shortenMember(_ open: Int, _ end: Int) {
    guard let comma = (open + 1..<end).first(where: { byte($0) == UInt8(ascii: ",") }), comma + 2 < end else {
      return
    }
    for place in comma + 2..<end { blank(place) }
  }
}
