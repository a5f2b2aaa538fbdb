import CodiraCFamily
import CodiraAnalyzerKit

/// The words of a declaration before its name.
struct DeclarationHead {
  var hasType = false
  /// Its type is a record with its fields: `struct x {…}`.
  var hasBody = false
  /// Plain identifiers so far, the name last where it has been met.
  var words: [Int] = []
  /// How many of them stood before the first `*`.
  var beforePointer: Int?
}

extension Shaper {
  mutating func declarations(_ start: Int, _ end: Int, inRecord: Bool) {
    guard depth < Shaper.depthLimit else { return }
    depth += 1
    var index = start
    while index < end {
      let next = max(declaration(index, end, inRecord), index + 1)
      noteStart(index, next, linesAllowed: inRecord ? 0 : 1)
      index = next
    }
    depth -= 1
  }

  /// Remembers where a declaration begins whose first words are blanked, back to a blank line; in a record
  /// only on its own line, for what stands above may be fields.
  private mutating func noteStart(_ start: Int, _ end: Int, linesAllowed: Int) {
    guard tokens[start].kind == .blank else { return }
    var first = start
    while first < end, first < tokens.count, tokens[first].kind == .blank { first += 1 }
    guard first < end, first < tokens.count else { return }
    var whole = first
    while whole > start, lineEnds(tokens[whole - 1].end, tokens[whole].start) <= linesAllowed { whole -= 1 }
    starts[tokens[first].start] = tokens[whole].start
  }

  private func lineEnds(_ start: UInt32, _ end: UInt32) -> Int {
    (start..<end).reduce(0) { $0 + (bytes[Int($1)] == 0x0A ? 1 : 0) }
  }

  /// Shapes one declaration; the index behind it.
  private mutating func declaration(_ start: Int, _ end: Int, _ inRecord: Bool) -> Int {
    var head = DeclarationHead()
    var index = start
    while index < end {
      switch tokens[index].kind {
      case .type:
        head.hasType = true
        index += 1
      case .specifier:
        if startsDeclaration(index) { dropWords(&head) }
        index += 1
      case .tag: index = record(index, end, &head)
      case .attribute: index = blankAttribute(index)
      case .keyword where isOpen(index + 1):
        head.hasType = true
        index = close(index + 1) + 1
      case .identifier:
        if let next = identifier(&index, end, &head, inRecord) { return next }
      case .punctuation:
        if let next = punctuation(&index, end, &head) { return next }
      default: index += 1
      }
    }
    // `HEAD_FIELDS }`: a macro alone at the end of a record.
    if inRecord { for word in head.words { blank(word) } }
    return end
  }

  /// `static`, `extern` and `typedef` come first: words before them are macros.
  private func startsDeclaration(_ index: Int) -> Bool {
    ["static", "extern", "typedef"].contains(text(index))
  }

  private mutating func dropWords(_ head: inout DeclarationHead) {
    for word in head.words { blank(word) }
    head.words.removeAll()
  }

  private mutating func punctuation(_ index: inout Int, _ end: Int, _ head: inout DeclarationHead) -> Int? {
    switch tokens[index].byte {
    case UInt8(ascii: "*"):
      head.beforePointer = head.beforePointer ?? head.words.count
      index += 1
      return nil
    case UInt8(ascii: "("):
      settle(head, named: false)
      return tail(index, end)
    case UInt8(ascii: ";"):
      settle(head, named: true)
      return index + 1
    case UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: ":"):
      settle(head, named: true)
      return tail(index, end)
    case UInt8(ascii: "{"):
      guard tokens[index].partner > 0 else { return index + 1 }
      let last = close(index)
      if index > 0, tokens[index - 1].kind == .string {
        declarations(index + 1, last, inRecord: false)
      } else {
        block(index + 1, last)
      }
      return last + 1
    default: return index + 1
    }
  }

  /// `struct`, its tag and its body; the index behind them.
  mutating func record(_ start: Int, _ end: Int, _ head: inout DeclarationHead) -> Int {
    head.hasType = true
    var index = start + 1
    while index < end {
      if tokens[index].kind == .attribute {
        index = blankAttribute(index)
      } else if tokens[index].kind == .identifier, isOpen(index + 1),
        byte(close(index + 1) + 1) != UInt8(ascii: ";"),
        MacroNames.likeness(text(index)) > 0
      {
        index = blankUse(index)
      } else {
        break
      }
    }
    if index + 2 < end, tokens[index].kind == .identifier, tokens[index + 1].kind == .identifier,
      byte(index + 2) == UInt8(ascii: "{")
    {
      blank(index)
      index += 1
    }
    if index < end, tokens[index].kind == .identifier { index += 1 }
    while index < end, tokens[index].kind == .attribute { index = blankAttribute(index) }
    guard byte(index) == UInt8(ascii: "{"), tokens[index].partner > 0, index < end else { return index }
    let last = close(index)
    head.hasBody = true
    if text(start) == "enum" {
      enumerators(index + 1, last)
    } else {
      declarations(index + 1, last, inRecord: true)
    }
    return last + 1
  }

  /// Lists of enumerators that macros write.
  private mutating func enumerators(_ start: Int, _ end: Int) {
    var index = start
    while index < end {
      let before = byte(index - 1)
      let isFirst = before == UInt8(ascii: "{") || before == UInt8(ascii: ",") || before == 0
      if tokens[index].kind == .identifier, index + 1 < end, tokens[index + 1].kind == .identifier,
        tokens[index + 1].isFirstOnLine
      {
        insert(",", behind: index)
      }
      if isFirst, tokens[index].kind == .identifier, isOpen(index + 1) {
        index = blankUse(index)
      } else {
        index += 1
      }
    }
  }

  /// A plain word: nil to go on at `index`, else where the declaration ends.
  private mutating func identifier(
    _ index: inout Int, _ end: Int, _ head: inout DeclarationHead, _ inRecord: Bool
  ) -> Int? {
    guard isOpen(index + 1), close(index + 1) < end, !opensPointer(index + 1) else {
      head.words.append(index)
      index += 1
      return nil
    }
    if head.hasType || !head.words.isEmpty, pastesName(index) {
      pastedNames[tokens[index + 2].start] = ByteSpan(start: tokens[index].start, end: tokens[index + 3].end)
      for place in [index, index + 1, index + 3] { blank(place) }
      parameters(index + 4)
      settle(head, named: false)
      return tail(close(index + 4) + 1, end)
    }
    if !head.hasType, head.words.isEmpty, holdsDeclaration(index + 1) {
      for place in [index, index + 1, close(index + 1)] { blank(place) }
      index += 2
      return nil
    }
    let after = close(index + 1) + 1
    let hasType = head.hasType || !head.words.isEmpty
    let likeness = MacroNames.likeness(text(index))
    guard after < end, tokens[after].isWord || byte(after) == UInt8(ascii: "*") else {
      if !hasType, inRecord || after >= end {
        index = blankUse(index)
        if byte(index) == UInt8(ascii: ";") { blank(index) }
        return nil
      }
      // `int x GUARDED_BY(lock);`: the name came before.
      if head.hasType, let name = head.words.last, likeness > 0, MacroNames.likeness(text(name)) == 0 {
        index = blankUse(index)
        return nil
      }
      let isHeadless = index == 0 || tokens[index - 1].kind != .specifier
      if !hasType, isHeadless, byte(after) == UInt8(ascii: "{") { insert(";", behind: after - 1) }
      if !hasType, byte(after) == UInt8(ascii: ";") {
        expression(index + 1, isCall: true)
      } else {
        parameters(index + 1)
      }
      settle(head, named: false)
      return tail(after, end)
    }
    if tokens[after].kind == .attribute || isOldStyle(index + 1, end) {
      settle(head, named: false)
      return tail(after, end, isOldStyle: tokens[after].kind != .attribute)
    }
    if hasType { return attributeOrName(&index, after, end, head, likeness) }
    if looksLikeType(index + 1), text(after) != text(index), startsName(after, end) {
      blank(close(index + 1))
      blank(index + 1)
      blank(index)
      index += 2
      return nil
    }
    index = blankUse(index)
    return nil
  }

  /// `static int ATTRIBUTE(x) f(void)` or `static int f(void) ATTRIBUTE`.
  private mutating func attributeOrName(
    _ index: inout Int, _ after: Int, _ end: Int, _ head: DeclarationHead, _ likeness: Int
  ) -> Int? {
    let nextIsName =
      tokens[after].kind == .identifier && isOpen(after + 1) && MacroNames.likeness(text(after)) < likeness
    if likeness > 0, nextIsName || tokens[after].kind != .identifier {
      index = blankUse(index)
      return nil
    }
    parameters(index + 1)
    settle(head, named: false)
    return tail(after, end)
  }

  /// `T (*f)(…)`, `T (CALL *f)(…)`: the parentheses of a declarator.
  func opensPointer(_ open: Int) -> Bool {
    guard byte(close(open) + 1) == UInt8(ascii: "(") else { return false }
    return byte(open + 1) == UInt8(ascii: "*")
      || (byte(open + 2) == UInt8(ascii: "*") && tokens[open + 1].isWord)
  }

  /// `PREFIXED(name)(…)`: the name that the macro makes stands for the function.
  private func pastesName(_ index: Int) -> Bool {
    close(index + 1) == index + 3 && tokens[index + 2].kind == .identifier && isOpen(index + 4)
      && MacroNames.likeness(text(index)) > 0
  }

  /// `UNUSED(static void f(int x)) {`: a whole declaration of a function as argument.
  private func holdsDeclaration(_ open: Int) -> Bool {
    let last = close(open)
    let after = byte(last + 1)
    guard after == UInt8(ascii: ";") || after == UInt8(ascii: "{"), last > open + 4 else { return false }
    guard byte(last - 1) == UInt8(ascii: ")") else { return false }
    switch tokens[open + 1].kind {
    case .specifier, .type, .tag: return true
    default: return false
    }
  }

  /// Parentheses with nothing but the words of one type.
  private func looksLikeType(_ open: Int) -> Bool {
    guard close(open) > open + 1 else { return false }
    return (open + 1..<close(open)).allSatisfy { tokens[$0].isWord || byte($0) == UInt8(ascii: "*") }
  }

  /// Whether a declared name follows at once: `f(`, `x;`, `*p`, or attributes and then a name.
  private func startsName(_ start: Int, _ end: Int) -> Bool {
    var index = start
    if byte(index) == UInt8(ascii: "*") { return true }
    while index < end, tokens[index].kind == .identifier {
      switch byte(index + 1) {
      case UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: "["), UInt8(ascii: ","), UInt8(ascii: ":"):
        return true
      case UInt8(ascii: "(") where tokens[index + 1].partner > 0:
        let next = byte(close(index + 1) + 1)
        return MacroNames.likeness(text(index)) == 0 || next == UInt8(ascii: ";") || next == UInt8(ascii: "{")
          || next == UInt8(ascii: "(")
      default:
        if MacroNames.likeness(text(index)) == 0 { return false }
        index += 1
      }
    }
    return false
  }

  /// `f(a, b) int a; char b; {`: names alone in the parentheses, declarations before the body.
  private func isOldStyle(_ open: Int, _ end: Int) -> Bool {
    let last = close(open)
    guard last > open + 1 else { return false }
    for index in open + 1..<last where tokens[index].kind != .identifier && byte(index) != UInt8(ascii: ",") {
      return false
    }
    var index = last + 1
    while index < end, index < last + 400 {
      let token = tokens[index]
      if token.byte == UInt8(ascii: "{") { return tokens[index - 1].byte == UInt8(ascii: ";") }
      guard token.isWord || token.kind == .number || token.kind == .punctuation else { return false }
      if token.byte == UInt8(ascii: "=") || token.byte == UInt8(ascii: "}") { return false }
      if token.kind == .specifier, ["static", "extern", "typedef"].contains(text(index)) { return false }
      index = token.partner > 0 ? Int(token.partner) + 1 : index + 1
    }
    return false
  }

  /// Blanks all words before the name but the type; with `named` the last word is the name itself.
  private mutating func settle(_ head: DeclarationHead, named: Bool) {
    var words = head.words
    let isAttribute = head.hasBody && words.count == 1 && MacroNames.likeness(text(words[0])) == 2
    if named, !isAttribute, !words.isEmpty, head.hasType || words.count > 1 { words.removeLast() }
    let count = min(head.beforePointer ?? words.count, words.count)
    for word in words[count...] { blank(word) }
    keepBest(words[..<count], count: head.hasType ? 0 : 1)
  }

  /// From behind a name to the end of its declaration: other declarators, attributes, initializers, a body.
  private mutating func tail(_ start: Int, _ end: Int, isOldStyle: Bool = false) -> Int {
    var index = start
    var isValue = false
    while index < end {
      let token = tokens[index]
      switch token.byte {
      case UInt8(ascii: ";"):
        if !isOldStyle { return index + 1 }
        index += 1
      case UInt8(ascii: "{") where token.partner > 0:
        if !isValue {
          block(index + 1, Int(token.partner))
          return Int(token.partner) + 1
        }
        initializer(index + 1, Int(token.partner))
        index = Int(token.partner) + 1
      case UInt8(ascii: "(") where token.partner > 0:
        if isValue {
          expression(index, isCall: tokens[index - 1].kind == .identifier)
        } else {
          callingConvention(index)
          parameters(index)
        }
        index = Int(token.partner) + 1
      case UInt8(ascii: "[") where token.partner > 0: index = Int(token.partner) + 1
      case UInt8(ascii: "="):
        isValue = true
        index += 1
      case UInt8(ascii: ","):
        isValue = false
        index += 1
      default: index = isValue || isOldStyle ? index + 1 : trailing(index)
      }
    }
    return end
  }

  /// A word behind a declarator's parentheses is an attribute.
  private mutating func trailing(_ index: Int) -> Int {
    if tokens[index].kind == .attribute { return blankAttribute(index) }
    let before = byte(index - 1)
    let isBehind = before == UInt8(ascii: ")") || before == UInt8(ascii: "]") || before == 0
    guard tokens[index].kind == .identifier, isBehind, index > 0, tokens[index - 1].kind != .identifier else {
      return index + 1
    }
    if isOpen(index + 1) { return blankUse(index) }
    blank(index)
    return index + 1
  }

  /// `int (CALL *f)(void)`.
  mutating func callingConvention(_ open: Int) {
    if tokens[open + 1].kind == .identifier, byte(open + 2) == UInt8(ascii: "*"),
      byte(close(open) + 1) == UInt8(ascii: "(")
    {
      blank(open + 1)
    }
    if tokens[open + 1].kind == .attribute { blank(open + 1) }
  }

  /// The words of each parameter: of several before the `*` one is its type, behind it one its name.
  mutating func parameters(_ open: Int) {
    var head = DeclarationHead()
    var index = open + 1
    while index <= close(open) {
      let token = tokens[index]
      if index == close(open) || token.byte == UInt8(ascii: ",") {
        settleParameter(head)
        head = DeclarationHead()
        index += 1
      } else if token.partner > 0 {
        if token.byte == UInt8(ascii: "("), opensPointer(index) {
          callingConvention(index)
          parameters(close(index) + 1)
          index = close(close(index) + 1) + 1
        } else {
          index = Int(token.partner) + 1
        }
      } else {
        switch token.kind {
        case .type, .tag: head.hasType = true
        case .identifier where index > 0 && tokens[index - 1].kind == .tag: break
        case .identifier: head.words.append(index)
        case .attribute:
          index = blankAttribute(index)
          continue
        default:
          if token.byte == UInt8(ascii: "*") { head.beforePointer = head.beforePointer ?? head.words.count }
        }
        index += 1
      }
    }
  }

  private mutating func settleParameter(_ head: DeclarationHead) {
    guard head.words.count > 1 || (head.hasType && head.beforePointer == 1) else { return }
    let needed = head.hasType ? 0 : 1
    let pointer = head.beforePointer ?? max(head.words.count - 1, needed)
    keepBest(head.words[..<pointer], count: needed)
    let rest = head.words[pointer...]
    if let first = rest.first { for word in rest where word != first { blank(word) } }
  }

  /// Blanks all words but the last of those that look least like a macro.
  private mutating func keepBest(_ words: ArraySlice<Int>, count: Int) {
    let likenesses = words.map { MacroNames.likeness(text($0)) }
    let kept = count == 0 ? nil : likenesses.min().flatMap { likenesses.lastIndex(of: $0) }
    for (place, word) in words.enumerated() where place != kept { blank(word) }
  }
}
