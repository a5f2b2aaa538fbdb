import CodiraAnalyzerKit
import CodiraCFamily

/// What is known of the arguments of a call, which choose among overloads.
extension Reader {
  /// Fills in the arguments of a call, and what it is called on.
  mutating func setArguments(_ reference: inout ReferenceDraft, _ list: Node?, on receiver: Bool?) {
    var found: [Argument] = []
    var isKnown = receiver != nil
    for node in list.map({ Array($0.children.prefix(12)) }) ?? [] where node.kind != .error {
      if node.kind == .packExpansion { return }
      let chains = (node.isParameter ? argument(takenForParameter: node) : argument(node)) ?? []
      if !chains.isEmpty { isKnown = true }
      found.append(Argument(arena.copy(chains)))
    }
    if let receiver { found.append(Argument(arena.chains(receiver ? Passing.onConst : Passing.on))) }
    if isKnown { reference.arguments = arena.copy(found) }
  }

  /// How an expression is passed, and its type.
  func argument(_ node: Node, depth: Int = 0) -> [Chain]? {
    guard depth < 20 else { return nil }
    switch node.kind {
    case .string, .rawString, .concatenatedString: return Passing.pointer(to: letter(node), isConst: true)
    case .character: return Passing.value(letter(node))
    case .number: return Passing.value(number(node))
    case .true, .false, .sizeof: return Passing.value(node.kind == .sizeof ? "unsigned long" : "bool")
    case .null: return [Chain(";null", flags: .external)]
    case .lambda: return [Chain(";lambda ", flags: .external)]
    case .parenthesized: return node.firstChild.flatMap { argument($0, depth: depth + 1) }
    case .conditional:
      return node.child(.consequence).flatMap { argument($0, depth: depth + 1) }
    case .unary: return unary(node, depth)
    case .binary: return binary(node, depth)
    case .call:
      if let known = knownResult(node, depth) { return known.isEmpty ? nil : known }
    default: break
    }
    guard let value = value(node) else { return nil }
    switch node.kind {
    case .castExpression, .compoundLiteral: return passed(value, "?&&")
    case .newExpression: return passed(value, "?*")
    case .call where isConversion(node): return passed(value, "?&&")
    default: return passed(value, nil)
    }
  }

  /// `a` and `f(a)` of `T x(a, f(a));`, which the grammar takes for a declaration of a function.
  private func argument(takenForParameter node: Node) -> [Chain]? {
    guard let type = node.child(.type), !type.isTag, var value = named(NameParts.parts(type, file)) else {
      return nil
    }
    if let declarator = node.child(.declarator) {
      guard declarator.kind == .abstractFunctionDeclarator else { return nil }
      value = value.called(arena)
    }
    return passed(value, nil)
  }

  /// A value as its declaration says, else in a form that nobody knows.
  private func passed(_ value: Value, _ form: Text?) -> [Chain]? {
    var form = form ?? "?"
    var inner = value
    if value.stars > 0 {
      guard value.stars < 3 else { return nil }
      for _ in 0..<value.stars { inner = inner.element(arena) }
      let isConst = value.isConst == true
      form =
        value.stars == 1 ? (isConst ? "const ?*" : "?*") : isConst ? "const ?**" : "?**"
    } else if value.isDeclared, form == "?" {
      form = value.isConst == true ? "const ?&" : "?&"
    }
    var chains = Array(inner.chains.prefix(5))
    if chains.isEmpty, !inner.outer.isEmpty { chains = [Chain(inner.outer, flags: .external)] }
    guard !chains.isEmpty else { return nil }
    return [Passing.form(form)] + chains
  }

  /// `T(x)`, `static_cast<T>(x)`, `std::move(x)`: values that nobody else has.
  private func isConversion(_ call: Node) -> Bool {
    guard let function = call.child(.function) else { return false }
    switch function.kind {
    case .templateFunction: return function.child(.name).map { Casts.names.contains(file.text($0)) } ?? false
    case .qualifiedIdentifier, .identifier:
      let name = NameParts.parts(function, file).last ?? .empty
      return name == "move"
    default: return false
    }
  }

  private func letter(_ node: Node) -> Text {
    let text = file.text(node)
    if text.hasPrefix("L") { return "wchar_t" }
    if text.hasPrefix("u8") { return "char" }
    return text.hasPrefix("u") ? "char16_t" : text.hasPrefix("U") ? "char32_t" : "char"
  }

  private func number(_ node: Node) -> Text {
    let text = file.text(node)
    let isHex = text.hasPrefix("0x") || text.hasPrefix("0X")
    var letters: [UInt8] = []
    for byte in text.bytes.reversed() {
      let letter = byte | 0x20
      if letter == UInt8(ascii: "u") || letter == UInt8(ascii: "l") || (letter == UInt8(ascii: "f") && !isHex)
      {
        letters.append(letter)
      } else {
        break
      }
    }
    let isFloating =
      !isHex && text.bytes.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }
    if isFloating { return letters.first == UInt8(ascii: "f") ? "float" : "double" }
    let longs = letters.count { $0 == UInt8(ascii: "l") }
    if letters.contains(UInt8(ascii: "u")) {
      return longs == 0 ? "unsigned int" : longs == 1 ? "unsigned long" : "unsigned long long"
    }
    return longs == 0 ? "int" : longs == 1 ? "long" : "long long"
  }

  private func unary(_ node: Node, _ depth: Int) -> [Chain]? {
    guard let inner = node.child(.argument) else { return nil }
    if file.seen.bytes[Int(node.start)] == UInt8(ascii: "!") { return Passing.value("bool") }
    return argument(inner, depth: depth + 1).flatMap { Passing.arithmetic($0) }
  }

  private func binary(_ node: Node, _ depth: Int) -> [Chain]? {
    guard let left = node.child(.left), let right = node.child(.right) else { return nil }
    switch file.seen.text(left.end, right.start).trimmed {
    case "==", "!=", "<", ">", "<=", ">=", "&&", "||", "and", "or": return Passing.value("bool")
    case "+", "-", "*", "/", "%", "&", "|", "^":
      let first = argument(left, depth: depth + 1)
      if let first, first.count == 2, first[1].root.hasSuffix("string") { return Passing.value("string") }
      let second = argument(right, depth: depth + 1)
      switch (first.flatMap { Passing.arithmetic($0) }, second.flatMap { Passing.arithmetic($0) }) {
      case (let first?, let second?): return Passing.wider(first, second)
      case (let known?, nil): return mixed(known, second)
      case (nil, let known?): return mixed(known, first)
      default: return nil
      }
    default: return nil
    }
  }

  /// A name for an arithmetic type, or a class with operators, beside an arithmetic value.
  private func mixed(_ known: [Chain], _ other: [Chain]?) -> [Chain]? {
    if known[1].root == "double" { return known }
    guard let other, Passing.isValue(other) else { return nil }
    return [Passing.form("?&&")] + other.dropFirst()
  }

  /// Results of the standard library's members that everybody passes on; empty: nothing is known.
  private func knownResult(_ node: Node, _ depth: Int) -> [Chain]? {
    guard let function = node.child(.function), function.kind == .fieldExpression,
      let field = function.child(.field), let holder = holder(function)
    else { return nil }
    let isStandard = holder.isNameless || holder.chains.contains(where: \.isExternal)
    guard isStandard else { return nil }
    switch file.text(field) {
    case "c_str": return Passing.pointer(to: "char", isConst: true)
    case "size", "length", "count", "capacity": return Passing.value("unsigned long")
    case "empty": return Passing.value("bool")
    case "str", "substr": return Passing.value("string")
    case "data" where holder.chains.contains(where: { $0.root.hasSuffix("string") }):
      return Passing.pointer(to: "char", isConst: true)
    default: return holder.isNameless ? nil : []
    }
  }
}

/// Arguments as they cross to the host.
enum Passing {
  static let on = Chain(";of:", flags: .external)
  static let onConst = Chain(";of:const", flags: .external)

  static func value(_ type: Text) -> [Chain] { [form("?&&"), Chain(type, flags: .external)] }

  static func pointer(to type: Text, isConst: Bool) -> [Chain] {
    [form(isConst ? "const ?*" : "?*"), Chain(type, flags: .external)]
  }

  static func form(_ form: Text) -> Chain {
    let root: Text =
      switch form {
      case "?&": ";as:?&"
      case "const ?&": ";as:const ?&"
      case "?&&": ";as:?&&"
      case "?*": ";as:?*"
      case "const ?*": ";as:const ?*"
      case "?**": ";as:?**"
      case "const ?**": ";as:const ?**"
      default: ";as:?"
      }
    return Chain(root, flags: .external)
  }

  static func isValue(_ chains: [Chain]) -> Bool {
    chains.count > 1 && ![";as:?*", ";as:const ?*", ";as:?**", ";as:const ?**"].contains(chains[0].root)
  }

  /// What an operator makes of an arithmetic value.
  static func arithmetic(_ chains: [Chain]) -> [Chain]? {
    guard let last = chains.last, last.isExternal, chains.count > 1, order.contains(last.root),
      chains[0].root != ";as:?*", chains[0].root != ";as:const ?*"
    else { return nil }
    return value(last.root)
  }

  static func wider(_ left: [Chain], _ right: [Chain]) -> [Chain] {
    let places = [left, right].map { order.firstIndex(of: $0[1].root) ?? 0 }
    return value(order[max(places[0], places[1], order.firstIndex(of: "int")!)])
  }

  private static let order: [Text] = [
    "bool", "char", "signed char", "unsigned char", "short", "unsigned short", "int", "unsigned int", "long",
    "unsigned long", "long long", "unsigned long long", "float", "double", "long double",
  ]
}
