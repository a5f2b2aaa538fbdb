import CodiraAnalyzerKit

/// What is known of an expression: where its type may be found, and what lies inside it.
struct Value: @unchecked Sendable {
  /// The value or its type, as chains in order of preference.
  var chains = Chains.none
  /// Type arguments and elements, by the step that leads to them.
  var parts = UnsafeBufferPointer<ValuePart>(start: nil, count: 0)
  /// It names a type and is none of its values.
  var isType = false
  /// It was read from an array or a container: what it holds has its type spelled out in `parts`.
  var isDeclared = false

  static let unknown = Value()

  var isKnown: Bool { !chains.isEmpty || !parts.isEmpty }

  var isPrimitive: Bool {
    guard let first = chains.first, first.isExternal else { return false }
    return first.root.lastIndex(of: "]") == nil && first.root != ";null" && !first.root.hasPrefix(";lambda")
  }
}

extension FileReader {
  /// A value of a type that is written in the language itself: `int`, `;null`.
  func builtin(_ name: Text) -> Value { Value(chains: arena.chains(Chain(name, flags: .external))) }

  /// `value.name`, a field, a nested type or what a method of that name gives.
  func member(_ value: Value, _ name: Text) -> Value {
    Value(chains: arena.chains(value.chains, then: name))
  }

  /// A reserved step from `value`; with type arguments written down, what they say.
  func step(_ value: Value, _ step: Text) -> Value {
    let (chains, parts) = arena.behind(step, value.parts)
    let found = Value(chains: chains, parts: parts)
    if found.isKnown || !value.parts.isEmpty { return found }
    guard let first = value.chains.first, !first.isExternal else { return .unknown }
    return Value(chains: arena.chains(value.chains, then: step))
  }

  /// The parts of a value behind one more step.
  func append(_ inner: Value, behind step: Text, to parts: inout [ValuePart]) {
    if !inner.chains.isEmpty { parts.append(ValuePart(path: arena.copy([step]), inner.chains)) }
    for part in inner.parts where part.path.count < 4 { parts.append(arena.part(part, behind: step)) }
  }

  /// An array of `element`, named by the type's text as `Foo[]`.
  func array(of element: Value, _ name: Text) -> Value {
    var parts: [ValuePart] = []
    append(element, behind: "[]", to: &parts)
    return Value(
      chains: arena.chains(Chain(arena.join(name, "[]", .empty), flags: .external)), parts: arena.copy(parts))
  }

  /// A container whose `step` gives `inner`.
  func wrap(_ inner: Value, in step: Text, of chains: Chains = .none) -> Value {
    var parts: [ValuePart] = []
    append(inner, behind: step, to: &parts)
    return Value(chains: chains, parts: arena.copy(parts))
  }

  /// Both lists in order; at most eight chains.
  func join(_ left: Chains, _ right: Chains) -> Chains { arena.join(left, right, limit: 8) }

  /// Either of both, the first preferred.
  func either(_ left: Value, _ right: Value) -> Value {
    if !left.isKnown || left.chains.first?.root == ";null" { return right.isKnown ? right : left }
    return left
  }

  /// What a symbol's row says of the value's type.
  func valueTypes(_ value: Value) -> UnsafeBufferPointer<ValuePart> {
    guard value.isKnown else { return UnsafeBufferPointer(start: nil, count: 0) }
    let own = value.chains.isEmpty ? [] : [ValuePart(value.chains)]
    return arena.copy(own + Array(value.parts))
  }
}
