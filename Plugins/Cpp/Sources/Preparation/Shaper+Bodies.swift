import CodiraAnalyzerKit
import CodiraCFamily

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
        values(index + 2, close(index + 1))
        index = close(index + 1) + 1
        isStart = true
      case .opener:
        isStart = true
        index += 1
      case .attribute: index = blankAttribute(index)
      case .tag where isStart:
        // A local class: the rest as in any other.
        let next = localRecord(index, end)
        isStart = next > index + 1
        index = next
      case .identifier: index = word(index, end, &isStart)
      case .punctuation: index = punctuation(index, &isStart)
      default:
        isStart = false
        index += 1
      }
    }
  }

  /// What stands in parentheses or an initializer: bodies of lambdas.
  mutating func values(_ start: Int, _ end: Int) {
    guard depth < Shaper.depthLimit else { return }
    depth += 1
    defer { depth -= 1 }
    var index = start
    while index < end {
      guard tokens[index].partner > 0 else {
        index += 1
        continue
      }
      if isBrace(index), opensBody(index) {
        block(index + 1, close(index))
      } else {
        values(index + 1, close(index))
      }
      index = close(index) + 1
    }
  }

  /// A brace behind `)`, `]` or a word that ends a lambda's head, not an initializer list.
  private func opensBody(_ index: Int) -> Bool {
    isByte(index - 1, ")") || isByte(index - 1, "]") || text(index - 1) == "mutable"
      || text(index - 1) == "noexcept"
  }

  private mutating func localRecord(_ index: Int, _ end: Int) -> Int {
    var brace = index + 1
    while brace < end, !isByte(brace, "{"), !isByte(brace, ";"), !isByte(brace, "="), !isByte(brace, "(") {
      brace += 1
    }
    guard brace < end, isBrace(brace), kind(index) == .tag, text(index) != "enum" else { return index + 1 }
    var name: Text?
    for place in index + 1..<brace where kind(place) == .identifier {
      name = text(place)
      break
    }
    declarations(brace + 1, close(brace), record: name ?? "")
    return close(brace) + 1
  }

  private mutating func punctuation(_ index: Int, _ isStart: inout Bool) -> Int {
    let token = tokens[index]
    switch token.byte {
    case UInt8(ascii: "{") where token.partner > 0:
      let isValue =
        !isStart && !isByte(index - 1, ")") && !isByte(index - 1, "]") && kind(index - 1) != .keyword
        && text(index - 1) != "mutable" && kind(index - 1) != .type
      if isValue {
        values(index + 1, Int(token.partner))
        isStart = false
      } else {
        block(index + 1, Int(token.partner))
        isStart = true
      }
      return Int(token.partner) + 1
    case UInt8(ascii: "(") where token.partner > 0, UInt8(ascii: "[") where token.partner > 0:
      values(index + 1, Int(token.partner))
      isStart = false
      return Int(token.partner) + 1
    case UInt8(ascii: ";"), UInt8(ascii: "}"), UInt8(ascii: "{"): isStart = true
    case UInt8(ascii: ":"): isStart = !isScope(index) && !isScope(index - 1)
    default: isStart = false
    }
    return index + 1
  }

  /// `BEGIN_THREADS` alone on its line, `for_each(x) {`, `CHECK(x)` before a new line: statements that the
  /// grammar would join with what follows.
  private mutating func word(_ index: Int, _ end: Int, _ isStart: inout Bool) -> Int {
    let wasStart = isStart
    isStart = false
    guard wasStart else { return index + 1 }
    let isCall = isOpen(index + 1)
    if !isCall, text(index) == "emit", kind(index + 1) == .identifier {
      blank(index)
      isStart = true
      return index + 1
    }
    let last = isCall ? close(index + 1) : index
    let next = last + 1
    if isCall, shapeMacroStatement(index) {
      block(index + 2, last)
      isStart = true
      return next
    }
    if isCall { values(index + 2, last) }
    if next < end {
      let token = tokens[next]
      let isBlock = isCall && isBrace(next)
      let isAlone = token.isFirstOnLine && token.isWord && (isCall || likeness(index) > 0)
      guard isBlock || isAlone, isCall || tokens[index].isFirstOnLine else {
        return isCall ? next : index + 1
      }
    } else if !isByte(end, "}") || !isCall && likeness(index) == 0 {
      return next
    }
    insert(";", behind: last)
    isStart = true
    return next
  }
}
