import CodiraAnalyzerKit
import CodiraCFamily

/// What follows the head of a declaration: a record's body, the tail of a function or value, parameters.
extension Shaper {
  /// `class`, its name, bases and body; the index behind them.
  mutating func record(_ start: Int, _ end: Int, _ head: inout DeclarationHead) -> Int {
    head.hasType = true
    var index = start + 1
    if kind(index) == .tag { index += 1 }
    var words: [Int] = []
    while index < end {
      if kind(index) == .blank {
        index += 1
      } else if kind(index) == .attribute {
        index = blankAttribute(index)
      } else if kind(index) == .identifier, isOpen(index + 1),
        likeness(index) > 0 || kind(close(index + 1) + 1) == .identifier
      {
        index = blankUse(index)
      } else if kind(index) == .identifier {
        words.append(index)
        index += 1
      } else {
        break
      }
    }
    if words.count > 1, text(words.last!) == "final" { words.removeLast() }
    var name = words.last.map { text($0) }
    while index < end, isByte(index, "<") || isScope(index) {
      if isScope(index) {
        index += 2
        if kind(index) == .identifier { name = text(index) }
        index += 1
      } else {
        guard let close = angleEnd(index, end) else { break }
        index = close
      }
    }
    if text(index) == "final" { index += 1 }
    let isDefined = isBrace(index) || (isByte(index, ":") && !isScope(index))
    let isForward = isByte(index, ";") && words.count == 2 && likeness(words[0]) > likeness(words[1])
    guard isDefined || isForward else {
      // `struct x y`: the last word is the value's name, unless a macro stands between.
      for word in words.dropFirst().dropLast() { blank(word) }
      if words.count > 1 {
        return words[1]
      }
      return index
    }
    for word in words.dropLast() { blank(word) }
    while index < end, !isBrace(index), !isByte(index, ";") { index += 1 }
    guard index < end, isBrace(index) else { return index }
    if text(start) == "enum" { return close(index) + 1 }
    declarations(index + 1, close(index), record: name ?? "")
    return close(index) + 1
  }

  /// From behind a name to the end of its declaration: attributes, initializers, a body.
  mutating func tail(_ start: Int, _ end: Int, isValue: Bool = false) -> Int {
    var index = start
    var isValue = isValue
    var inInitializers = false
    while index < end {
      let token = tokens[index]
      switch token.byte {
      case UInt8(ascii: ";"): return index + 1
      case UInt8(ascii: "}"): return index
      case UInt8(ascii: "{") where token.partner > 0:
        // Of `a{1}, b{2} {…}` only the last is the body.
        let isMember = inInitializers && (kind(index - 1) == .identifier || isByte(index - 1, ">"))
        if !isValue, !isMember {
          block(index + 1, close(index))
          return close(index) + 1
        }
        if isValue { values(index + 1, close(index)) }
        index = close(index) + 1
      case UInt8(ascii: "("), UInt8(ascii: "["):
        guard token.partner > 0 else {
          index += 1
          continue
        }
        if isByte(index, "("), isValue || inInitializers { values(index + 1, close(index)) }
        index = close(index) + 1
      case UInt8(ascii: "="):
        isValue = true
        index += 1
      case UInt8(ascii: ","):
        isValue = isValue && !inInitializers ? false : isValue
        index += 1
      case UInt8(ascii: ":") where !isScope(index):
        inInitializers = true
        index += 1
      case UInt8(ascii: "-") where isByte(index + 1, ">"):
        index = trailingType(index + 2, end)
      default: index = isValue || inInitializers ? index + 1 : trailing(index)
      }
    }
    return end
  }

  private func trailingType(_ start: Int, _ end: Int) -> Int {
    var index = start
    while index < end, !isByte(index, "{"), !isByte(index, ";") {
      index = tokens[index].partner > 0 ? close(index) + 1 : index + 1
    }
    return index
  }

  /// A word behind a declarator's parentheses is an attribute, unless the language knows it.
  private mutating func trailing(_ index: Int) -> Int {
    if tokens[index].kind == .attribute { return blankAttribute(index) }
    guard tokens[index].kind == .identifier, !isTail(index) else { return index + 1 }
    if isScope(index + 1) || isScope(index - 2) { return index + 1 }
    let before = byte(index - 1)
    let isBehind =
      before == UInt8(ascii: ")") || before == UInt8(ascii: "]") || before == 0 && index > 0
    guard isBehind || (index > 0 && isTail(index - 1)) else { return index + 1 }
    if isOpen(index + 1) { return blankUse(index) }
    blank(index)
    return index + 1
  }

  /// Attributes among parameters.
  mutating func parameters(_ open: Int) {
    guard isOpen(open) else { return }
    var index = open + 1
    while index < close(open) {
      if kind(index) == .attribute {
        index = blankAttribute(index)
      } else if kind(index) == .identifier, likeness(index) == 2, tokens[index + 1].isWord {
        blank(index)
        index += 1
      } else {
        index += 1
      }
    }
  }
}
