import CodiraAnalyzerKit

/// What is known of an expression: where its definition may be found, and what lies inside it.
struct Value: @unchecked Sendable {
  enum Nature: UInt8 {
    /// Nothing is known.
    case unknown
    /// A class, a function, a module, or a name that may be any of them: calling it gives its result.
    case object
    /// Something of a type that was written down, or made by `new`.
    case instance
    /// What a call gave.
    case result
    /// A member of something.
    case member
    /// `this` in a method.
    case receiver
    /// `super`.
    case parent
    /// Of a built-in type, as a literal.
    case external
    /// A local name of unknown meaning: no name outside can be meant.
    case local
    /// A function without a name: the chains are its result's.
    case function
  }

  var nature = Nature.unknown
  var chains = Chains.none
  /// What stands at the end of a non-empty path of steps: elements, keys.
  var parts = UnsafeBufferPointer<ValuePart>(start: nil, count: 0)
  /// Members of an object that is no symbol.
  var shape: Shape?

  static let unknown = Value()
  static let local = Value(nature: .local)

  var isKnown: Bool { !chains.isEmpty || !parts.isEmpty || shape != nil }
}

/// The members of an object literal or object type that has no name.
final class Shape {
  var members: [Text: Value] = [:]
}

extension FileReader {
  /// `value.name`.
  func member(_ value: Value, _ name: Text) -> Value {
    if let known = value.shape?.members[name] { return known }
    guard !value.chains.isEmpty else { return value.nature == .local ? .local : .unknown }
    if value.nature == .external { return value }
    if value.nature == .function { return .unknown }
    return Value(
      nature: .member, chains: arena.chains(value.chains, then: FileReader.plain(name, arena)))
  }

  /// A name that looks like a reserved step stands between back-ticks.
  static func plain(_ name: Text, _ arena: Arena) -> Text {
    switch name {
    case "new", "*", "[]", "[k]": arena.join("`", name, "`")
    default: name.hasPrefix("#") || name.hasPrefix("(") ? arena.join("`", name, "`") : name
    }
  }

  /// What calling `value` gives.
  func result(of value: Value) -> Value {
    switch value.nature {
    case .unknown, .local, .external, .instance: return value.nature == .external ? value : .unknown
    case .function:
      let parts = arena.copy(value.parts.filter { !FileReader.isParameter($0) })
      return Value(nature: .result, chains: value.chains, parts: parts, shape: value.shape)
    case .result: return .unknown
    case .object, .member, .parent, .receiver: return Value(nature: .result, chains: value.chains)
    }
  }

  /// A reserved step from `value`.
  func step(_ value: Value, _ step: Text) -> Value {
    if let part = part(value, step) { return part }
    guard !value.chains.isEmpty, value.nature != .external else {
      return value.nature == .local || value.nature == .external ? .local : .unknown
    }
    return Value(nature: .result, chains: arena.chains(value.chains, then: step))
  }

  /// The parts of `value` behind `step`, where any are known.
  func part(_ value: Value, _ step: Text) -> Value? {
    guard !value.parts.isEmpty else { return nil }
    let (chains, parts) = arena.behind(step, value.parts)
    guard !chains.isEmpty || !parts.isEmpty else { return nil }
    var found = Value(nature: .instance, chains: chains)
    if chains.first?.isExternal == true { found.nature = .external }
    found.parts = parts
    return found
  }

  /// A value whose `step` gives `inner`.
  func wrap(_ inner: Value, in step: Text, of chains: Chains = .none) -> Value {
    var parts: [ValuePart] = []
    append(inner, behind: step, to: &parts)
    return Value(
      nature: chains.isEmpty ? .instance : .external, chains: chains, parts: arena.copy(parts))
  }

  func append(_ inner: Value, behind step: Text, to parts: inout [ValuePart]) {
    if !inner.chains.isEmpty { parts.append(ValuePart(path: arena.copy([step]), inner.chains)) }
    for part in inner.parts where part.path.count < 4 { parts.append(arena.part(part, behind: step)) }
  }

  /// Either of both, the first preferred; at most four chains.
  func either(_ left: Value, _ right: Value) -> Value {
    if !left.isKnown { return right.isKnown ? right : left }
    if !right.isKnown { return left }
    // Of a built-in and something else the something else says more.
    if left.nature == .external, left.parts.isEmpty, right.nature != .external { return right }
    if right.nature == .external, right.parts.isEmpty, left.nature != .external { return left }
    var value = left
    value.chains = join(left.chains, right.chains)
    if left.parts.isEmpty { value.parts = right.parts }
    if left.shape == nil { value.shape = right.shape }
    return value
  }

  func join(_ left: Chains, _ right: Chains) -> Chains { arena.join(left, right) }

  /// A value of a built-in type.
  func builtin(_ name: Text) -> Value {
    Value(nature: .external, chains: arena.chains(Chain(name, flags: .external)))
  }

  /// A list whose elements are `inner`.
  func list(of inner: Value) -> Value { wrap(inner, in: "[]", of: builtin("Array").chains) }

  /// What a symbol of that value says of its type.
  func valueTypes(_ value: Value) -> UnsafeBufferPointer<ValuePart> {
    var parts: [ValuePart] = []
    if !value.chains.isEmpty { parts.append(ValuePart(value.chains)) }
    parts.append(contentsOf: value.parts.prefix(8))
    return arena.copy(parts)
  }
}
