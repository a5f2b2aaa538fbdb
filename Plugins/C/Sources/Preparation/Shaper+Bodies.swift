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
      case .identifier:
        if isStart { endMacroStatement(index, end) }
        isStart = false
        index += 1
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
      expression(index, isCall: index > 0 && tokens[index - 1].kind == .identifier)
      isStart = false
      return Int(token.partner) + 1
    case UInt8(ascii: ";"), UInt8(ascii: "}"), UInt8(ascii: ":"), UInt8(ascii: "{"): isStart = true
    default: isStart = false
    }
    return index + 1
  }

  /// `BEGIN_THREADS` alone on its line, `for_each(x) {`, `VISIT(x)` before a new line: statements that the
  /// grammar would join with what follows.
  private mutating func endMacroStatement(_ index: Int, _ end: Int) {
    let isCall = isOpen(index + 1)
    let last = isCall ? close(index + 1) : index
    let next = last + 1
    guard next < end else {
      if next == end, byte(end) == UInt8(ascii: "}") { insert(";", behind: last) }
      return
    }
    let token = tokens[next]
    guard isCall || token.isFirstOnLine else { return }
    if token.isWord || (token.byte == UInt8(ascii: "{")) { insert(";", behind: last) }
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
    guard last + 1 < end, before == UInt8(ascii: "{") || before == UInt8(ascii: ",") || tokens[index].isFirstOnLine
    else { return last + 1 }
    let next = tokens[last + 1]
    let startsElement =
      next.kind == .identifier || next.byte == UInt8(ascii: "{") || next.byte == UInt8(ascii: ".")
      || (isCall && (next.kind == .string || next.kind == .number))
    if next.isFirstOnLine, startsElement { insert(",", behind: last) }
    return last + 1
  }

  /// What stands in parentheses. Macros take types and statements as arguments, which no expression holds.
  mutating func expression(_ open: Int, isCall: Bool) {
    guard depth < Shaper.depthLimit else { return }
    depth += 1
    defer { depth -= 1 }
    let end = close(open)
    var index = open + 1
    while index < end {
      let token = tokens[index]
      if token.partner > 0 {
        if token.byte == UInt8(ascii: "{") {
          block(index + 1, Int(token.partner))
        } else {
          expression(index, isCall: token.byte == UInt8(ascii: "(") && tokens[index - 1].kind == .identifier)
        }
        index = Int(token.partner) + 1
      } else {
        if isCall { argument(index, end) }
        index += 1
      }
    }
  }

  private mutating func argument(_ index: Int, _ end: Int) {
    let token = tokens[index]
    let before = tokens[index - 1]
    let isFirst = before.byte == UInt8(ascii: "(") || before.byte == UInt8(ascii: ",")
    let isLast = index + 1 == end || byte(index + 1) == UInt8(ascii: ",") || byte(index + 1) == UInt8(ascii: "*")
    switch token.kind {
    case .punctuation where token.byte == UInt8(ascii: "*"):
      let isBehindType = before.isWord || before.kind == .blank || before.byte == UInt8(ascii: "*")
      if isLast, isBehindType { blank(index) }
    case .type where before.kind == .type || before.kind == .blank: blank(index)
    case .specifier where isFirst: blank(index)
    case .tag where isFirst: blank(index)
    case .jump where isFirst: blank(index)
    default: break
    }
  }
}
