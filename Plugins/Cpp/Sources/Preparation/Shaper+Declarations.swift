import CodiraAnalyzerKit
import CodiraCFamily

/// The words before a declared name.
struct DeclarationHead {
  /// A name, qualified and with template arguments as it may be.
  struct Unit {
    var first: Int
    var last: Int
    var isPlain: Bool
  }

  var hasType = false
  var units: [Unit] = []
  /// How many units stand before the first `*` or `&`.
  var beforePointer: Int?
}

extension Shaper {
  /// Declarations of a file, namespace or record; `record` is the name of the class around.
  mutating func declarations(_ start: Int, _ end: Int, record: Text?) {
    guard depth < Shaper.depthLimit else { return }
    depth += 1
    defer { depth -= 1 }
    var index = start
    while index < end {
      let next = declaration(index, end, record)
      index = max(next, index + 1)
    }
  }

  private mutating func declaration(_ index: Int, _ end: Int, _ record: Text?) -> Int {
    switch kind(index) {
    case .keyword: return keyword(index, end, record)
    case .identifier where isByte(index + 1, ":") && !isScope(index + 1) && record != nil:
      // `signals:` and the like: an access specifier of a macro.
      blank(index, through: index + 1)
      return index + 2
    default: return general(index, end, record)
    }
  }

  private mutating func keyword(_ index: Int, _ end: Int, _ record: Text?) -> Int {
    switch text(index) {
    case "template":
      guard isByte(index + 1, "<") else { return general(index + 1, end, record) }
      return angleEnd(index + 1, end) ?? index + 1
    case "namespace": return namespace(index, end)
    case "public", "private", "protected":
      var colon = index + 1
      while colon < end, kind(colon) == .identifier {
        blank(colon)
        colon += 1
      }
      return colon + 1
    case "using", "static_assert", "concept": return skip(index, end)
    default: return general(index, end, record)
    }
  }

  private mutating func namespace(_ index: Int, _ end: Int) -> Int {
    var next = index + 1
    while next < end, !isBrace(next), !isByte(next, ";"), !isByte(next, "=") {
      if kind(next) == .attribute {
        next = blankAttribute(next)
      } else if kind(next) == .identifier, isOpen(next + 1) {
        next = blankUse(next)
      } else {
        // `namespace MACRO name {`.
        if kind(next) == .identifier, kind(next + 1) == .identifier { blank(next) }
        next += 1
      }
    }
    guard next < end, isBrace(next) else { return skip(next, end) }
    declarations(next + 1, close(next), record: nil)
    return close(next) + 1
  }

  /// Behind the next semicolon.
  private func skip(_ start: Int, _ end: Int) -> Int {
    var index = start
    while index < end, !isByte(index, ";") {
      index = tokens[index].partner > 0 ? close(index) + 1 : index + 1
    }
    return index + 1
  }

  /// Behind the `>` that closes a `<`.
  func angleEnd(_ open: Int, _ end: Int) -> Int? {
    var depth = 0
    var index = open
    while index < end {
      switch tokens[index].byte {
      case UInt8(ascii: "<"): depth += 1
      case UInt8(ascii: ">") where !isByte(index - 1, "-"):
        depth -= 1
        if depth == 0 { return index + 1 }
      case UInt8(ascii: ";"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ")"): return nil
      default: break
      }
      index = tokens[index].partner > 0 ? close(index) + 1 : index + 1
    }
    return nil
  }

  // One declaration

  private mutating func general(_ start: Int, _ end: Int, _ record: Text?) -> Int {
    var head = DeclarationHead()
    var index = start
    while index < end {
      switch kind(index) {
      case .blank: index += 1
      case .type:
        head.hasType = true
        index += 1
      case .specifier, .string: index += 1
      case .tag: index = self.record(index, end, &head)
      case .attribute: index = blankAttribute(index)
      case .keyword:
        if text(index) == "operator" { return operatorFunction(index, end, head, record) }
        if ["namespace", "template", "using"].contains(text(index)), !head.hasType, !head.units.isEmpty,
          head.units.allSatisfy(\.isPlain), !isScope(index - 2)
        {
          // `LIB_END` on the line before.
          for unit in head.units { blank(unit.first) }
          return keyword(index, end, record)
        }
        if isOpen(index + 1) {
          head.hasType = head.hasType || text(index) == "decltype"
          index = close(index + 1) + 1
        } else {
          index += 1
        }
      case .identifier:
        if let next = identifier(&index, end, &head, record) { return next }
      case .punctuation:
        if let next = punctuation(&index, end, &head, record) { return next }
      default: index += 1
      }
    }
    if record != nil { for unit in head.units where unit.isPlain && !head.hasType { blank(unit.first) } }
    return end
  }

  private mutating func punctuation(
    _ index: inout Int, _ end: Int, _ head: inout DeclarationHead, _ record: Text?
  ) -> Int? {
    switch tokens[index].byte {
    case UInt8(ascii: "*"), UInt8(ascii: "&"):
      head.beforePointer = head.beforePointer ?? head.units.count
      index += 1
      return nil
    case UInt8(ascii: "("):
      settle(head, isNamed: false)
      return tail(index, end)
    case UInt8(ascii: ";"):
      settle(head, isNamed: true)
      return index + 1
    case UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: "["):
      settle(head, isNamed: true)
      return tail(index, end)
    case UInt8(ascii: ":"):
      if isScope(index) {
        index += 2
        return nil
      }
      settle(head, isNamed: true)
      return tail(index, end)
    case UInt8(ascii: "{"):
      guard isBrace(index) else { return index + 1 }
      if index > 0, kind(index - 1) == .string {
        declarations(index + 1, close(index), record: nil)
        return close(index) + 1
      }
      settle(head, isNamed: true)
      return tail(index, end, isValue: true)
    default:
      index += 1
      return nil
    }
  }

  /// A name: nil to go on at `index`, else where the declaration ends.
  private mutating func identifier(
    _ index: inout Int, _ end: Int, _ head: inout DeclarationHead, _ record: Text?
  ) -> Int? {
    let unit = unit(index, end)
    guard isOpen(unit.last + 1), !opensPointer(unit.last + 1, head) else {
      head.units.append(unit)
      index = unit.last + 1
      return nil
    }
    let after = close(unit.last + 1) + 1
    let isFirst = !head.hasType && head.units.isEmpty
    let isConstructor = !unit.isPlain || text(unit.first) == record || isByte(unit.first - 1, "~")
    if unit.isPlain, !isConstructor {
      let likeness = likeness(unit.first)
      let goesOn =
        after < end
        && (tokens[after].isWord || isByte(after, "~") || isByte(after, "*") || isByte(after, "&"))
      if isFirst {
        if isByte(after, ";"), likeness > 0 || record != nil {
          index = blankUse(index)
          return nil
        }
        if isBrace(after) {
          if likeness == 0 { return body(unit.last + 1, after, end, head, record) }
          // `TEST(a, "b") {`: a function called as it is written.
          blank(unit.last + 2, through: after - 2)
          block(after + 1, close(after))
          return close(after) + 1
        }
        if goesOn || after >= end || isByte(after, "}") {
          if likeness > 0 || tokens[index].isFirstOnLine {
            index = blankUse(index)
            return nil
          }
        }
      } else if likeness > 0 {
        let named = head.units.last.map { $0.isPlain && self.likeness($0.first) == 0 } ?? false
        let endsHere = isByte(after, ";") || isByte(after, "=") || isByte(after, "{") || isByte(after, ",")
        let isAttribute = goesOn && !isTail(after)
        // `int x GUARDED_BY(lock);`: the name came before.
        if isAttribute || (endsHere && named && (head.hasType || head.units.count > 1)) {
          index = blankUse(index)
          return nil
        }
      }
    }
    return body(unit.last + 1, after, end, head, record)
  }

  /// What may stand behind a function's parentheses.
  func isTail(_ index: Int) -> Bool {
    ["const", "noexcept", "override", "final", "volatile", "throw", "requires", "try"].contains(text(index))
  }

  private mutating func body(
    _ open: Int, _ after: Int, _ end: Int, _ head: DeclarationHead, _ record: Text?
  ) -> Int {
    if let record, text(open - 1) == record {
      // A constructor has no type: every word before it is a macro.
      for unit in head.units where unit.isPlain { blank(unit.first) }
    } else {
      settle(head, isNamed: false)
    }
    parameters(open)
    return tail(after, end)
  }

  /// `A`, `A::B`, `A<int>::B`.
  private func unit(_ start: Int, _ end: Int) -> DeclarationHead.Unit {
    var unit = DeclarationHead.Unit(first: start, last: start, isPlain: true)
    while true {
      if isByte(unit.last + 1, "<"), kind(unit.last) == .identifier, let close = angleEnd(unit.last + 1, end)
      {
        unit.last = close - 1
        unit.isPlain = false
      }
      guard isScope(unit.last + 1) else { return unit }
      var next = unit.last + 3
      if isByte(next, "~") || text(next) == "template" { next += 1 }
      guard kind(next) == .identifier else {
        // `A::operator…`, `T A::*p`.
        if text(next) == "operator" { unit.isPlain = false }
        return unit
      }
      unit.last = next
      unit.isPlain = false
    }
  }

  /// `T (*f)(…)`, `T (C::*f)(…)`: the parentheses of a declarator, not of parameters.
  private func opensPointer(_ open: Int, _ head: DeclarationHead) -> Bool {
    guard isByte(close(open) + 1, "(") else { return false }
    var index = open + 1
    while index < close(open), index < open + 6 {
      if isByte(index, "*") || isByte(index, "&") { return true }
      index += 1
    }
    return false
  }

  private mutating func operatorFunction(
    _ index: Int, _ end: Int, _ head: DeclarationHead, _ record: Text?
  ) -> Int {
    settle(head, isNamed: false)
    if isScope(index - 2), tokens[index + 1].isWord, let unit = head.units.last {
      blankSpecifiers(before: unit.first)
    }
    var open = index + 1
    if isOpen(open), close(open) == open + 1 { open += 2 }
    while open < end, !isOpen(open), !isByte(open, ";"), !isByte(open, "{") { open += 1 }
    guard isOpen(open) else { return open + 1 }
    parameters(open)
    return tail(close(open) + 1, end)
  }

  /// `inline A::operator bool()`: the grammar would take `A::operator` for a type.
  private mutating func blankSpecifiers(before index: Int) {
    var place = index - 1
    while place >= 0, kind(place) == .specifier || kind(place) == .blank {
      if kind(place) == .specifier { blank(place) }
      place -= 1
    }
  }

  /// Blanks all words before the name but the type; with `isNamed` the last word is the name itself.
  private mutating func settle(_ head: DeclarationHead, isNamed: Bool) {
    var units = head.units
    if isNamed, head.beforePointer == nil || head.beforePointer! < units.count {
      guard !units.isEmpty, head.hasType || units.count > 1 else { return }
      // `int x ATTRIBUTE;`: the name is the word before.
      if let last = units.last, last.isPlain, likeness(last.first) > 0, units.count > (head.hasType ? 1 : 2),
        let before = units.dropLast().last, !before.isPlain || likeness(before.first) == 0,
        head.beforePointer.map({ $0 < units.count - 1 }) ?? true
      {
        blank(last.first)
        units.removeLast()
      }
      units.removeLast()
    }
    let count = min(head.beforePointer ?? units.count, units.count)
    for unit in units[count...] where unit.isPlain { blank(unit.first) }
    keepBest(Array(units[..<count]), count: head.hasType ? 0 : 1)
  }

  /// Blanks all words but the last of those that look least like a macro.
  private mutating func keepBest(_ units: [DeclarationHead.Unit], count: Int) {
    let likenesses = units.map { $0.isPlain ? likeness($0.first) : -1 }
    let kept = count == 0 ? nil : likenesses.min().flatMap { likenesses.lastIndex(of: $0) }
    for (place, unit) in units.enumerated() where place != kept && unit.isPlain && likenesses[place] > 0 {
      blank(unit.first)
    }
  }
}
