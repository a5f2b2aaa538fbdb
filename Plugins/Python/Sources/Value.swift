import CodiraAnalyzerKit

/// What is known of an expression: where its definition may be found, and what lies inside it.
struct Value: @unchecked Sendable {
  enum Nature: UInt8 {
    /// Nothing is known.
    case unknown
    /// A class, a function, a module, or a name that may be any of them: calling it gives its result.
    case object
    /// Something of a type that was written down: calling it calls `__call__`.
    case instance
    /// The result of a call: an object of the class that was called, or what the function gave.
    case result
    /// An attribute of something: a method, a field, a nested class.
    case member
    /// The first parameter of a method.
    case receiver
    /// The first parameter of a class method, or `type(self)`.
    case receiverType
    /// `super()`.
    case parent
    /// Of a built-in type, as a literal.
    case external
    /// A parameter or variable that is local and of unknown type: no name outside can be meant.
    case local
  }

  var nature = Nature.unknown
  var chains = Chains.none
  /// What stands at the end of a non-empty path of steps: elements, keys, results.
  var parts = UnsafeBufferPointer<ValuePart>(start: nil, count: 0)

  static let unknown = Value()
  static let local = Value(nature: .local)

  var isKnown: Bool { !chains.isEmpty || !parts.isEmpty }

  /// An object that a name stands for; calling it is following it.
  var isCallableByItself: Bool {
    switch nature {
    case .object, .member, .receiverType, .parent, .external: true
    case .unknown, .instance, .result, .receiver, .local: false
    }
  }
}

extension FileReader {
  /// `value.name`.
  func member(_ value: Value, _ name: Text) -> Value {
    guard !value.chains.isEmpty else { return value.nature == .local ? .local : .unknown }
    if name == "__class__" { return Value(nature: .receiverType, chains: value.chains) }
    return Value(nature: .member, chains: arena.chains(value.chains, then: name))
  }

  /// What calling `value` gives.
  func result(of value: Value) -> Value {
    if let part = part(value, "()") { return part }
    switch value.nature {
    case .unknown, .local: return value
    case .receiverType: return Value(nature: .receiver, chains: value.chains)
    case .object, .member, .parent: return Value(nature: .result, chains: value.chains)
    case .external: return Value(nature: .external, chains: value.chains)
    case .instance, .result, .receiver:
      return Value(nature: .result, chains: arena.chains(value.chains, then: "__call__"))
    }
  }

  /// What calling `value` calls.
  func callee(of value: Value) -> Chains {
    switch value.nature {
    case .instance:
      join(arena.chains(value.chains, then: "__call__"), value.chains)
    case .result, .receiver: arena.chains(value.chains, then: "__call__")
    default: value.chains
    }
  }

  /// What iterating over `value` gives: its keys where it is a mapping, else its elements.
  func element(of value: Value) -> Value { part(value, "[k]") ?? step(value, "[]") }

  /// A reserved step from `value`.
  func step(_ value: Value, _ step: Text) -> Value {
    if let part = part(value, step) { return part }
    guard !value.chains.isEmpty, value.nature != .external else {
      return value.nature == .local || value.nature == .external ? .local : .unknown
    }
    return Value(nature: .result, chains: arena.chains(value.chains, then: step))
  }

  /// The parts of `value` behind `step`, where any are known.
  private func part(_ value: Value, _ step: Text) -> Value? {
    guard !value.parts.isEmpty else { return nil }
    let (chains, parts) = arena.behind(step, value.parts)
    return chains.isEmpty && parts.isEmpty ? nil : Value(nature: .instance, chains: chains, parts: parts)
  }

  /// A value whose `step` gives `inner`.
  func wrap(_ inner: Value, in step: Text, of chains: Chains = .none) -> Value {
    var parts: [ValuePart] = []
    append(inner, behind: step, to: &parts)
    return Value(nature: chains.isEmpty ? .instance : .external, chains: chains, parts: arena.copy(parts))
  }

  func append(_ inner: Value, behind step: Text, to parts: inout [ValuePart]) {
    if !inner.chains.isEmpty, inner.nature != .external || inner.parts.isEmpty {
      parts.append(ValuePart(path: arena.copy([step]), inner.chains))
    }
    for part in inner.parts { parts.append(arena.part(part, behind: step)) }
  }

  /// Either of both, the first preferred; at most four chains.
  func either(_ left: Value, _ right: Value) -> Value {
    if !left.isKnown { return right.isKnown ? right : left }
    if !right.isKnown { return left }
    // What leaves the repository ends a list of alternatives.
    let leaves = left.nature == .external && right.nature != .external
    var value = leaves ? right : left
    value.chains = leaves ? join(right.chains, left.chains) : join(left.chains, right.chains)
    value.parts = left.parts.isEmpty ? right.parts : left.parts
    return value
  }

  func join(_ left: Chains, _ right: Chains) -> Chains { arena.join(left, right) }

  /// A value of a built-in type.
  func builtin(_ name: Text) -> Value {
    Value(nature: .external, chains: arena.chains(Chain(name, flags: .external)))
  }
}
