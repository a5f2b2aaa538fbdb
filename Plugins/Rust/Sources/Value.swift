import CodiraAnalyzerKit

/// What is known of an expression or a type: where its members may be found, and what lies inside it.
///
/// References, boxes and shared pointers are what they point to. An option, a result, a list, an iterator and
/// a
/// lock hold what they hold behind the step `[]`, a map its keys behind `[k]`, a result its error behind
/// `[k]`.
struct Value: @unchecked Sendable {
  var chains = Chains.none
  var parts = UnsafeBufferPointer<ValuePart>(start: nil, count: 0)

  static let unknown = Value()

  var isKnown: Bool { !chains.isEmpty || !parts.isEmpty }
  var isExternal: Bool { chains.first?.isExternal ?? false }
}

extension FileReader {
  /// `value::name` or `value.name`.
  func member(_ value: Value, _ name: Text) -> Value {
    value.chains.isEmpty ? .unknown : Value(chains: arena.chains(value.chains, then: name))
  }

  /// A reserved step from `value`; nothing is known of what lies inside something outside the repository.
  func step(_ value: Value, _ step: Text) -> Value {
    if let part = part(value, step) { return part }
    guard !value.chains.isEmpty, value.parts.isEmpty, !value.isExternal else { return .unknown }
    return Value(chains: arena.chains(value.chains, then: step))
  }

  func part(_ value: Value, _ step: Text) -> Value? {
    guard !value.parts.isEmpty else { return nil }
    let (chains, parts) = arena.behind(step, value.parts)
    return chains.isEmpty && parts.isEmpty ? nil : Value(chains: chains, parts: parts)
  }

  /// A value of the external type `name` whose steps give what stands behind them.
  func holder(_ name: Text, _ inner: [(step: Text, value: Value)]) -> Value {
    var value = Value(chains: external(name))
    value.parts = parts(inner)
    return value
  }

  func parts(_ inner: [(step: Text, value: Value)]) -> UnsafeBufferPointer<ValuePart> {
    var parts: [ValuePart] = []
    for (step, value) in inner {
      if !value.chains.isEmpty { parts.append(ValuePart(path: arena.copy([step]), value.chains)) }
      for part in value.parts where part.path.count < 4 {
        parts.append(arena.part(part, behind: step))
      }
    }
    return arena.copy(parts)
  }

  func external(_ name: Text) -> Chains { arena.chains(Chain(name, flags: .external)) }

  /// The first that is known, with what the second adds.
  func either(_ left: Value, _ right: Value) -> Value {
    if !left.isKnown { return right }
    if left.isExternal, left.parts.isEmpty, right.isKnown, !right.isExternal { return right }
    return left
  }

  func join(_ left: Chains, _ right: Chains) -> Chains { arena.join(left, right) }

  func valueTypes(_ value: Value, _ more: [ValuePart] = []) -> UnsafeBufferPointer<ValuePart> {
    guard value.isKnown || !more.isEmpty else { return UnsafeBufferPointer(start: nil, count: 0) }
    var entries: [ValuePart] = []
    if !value.chains.isEmpty { entries.append(ValuePart(value.chains)) }
    return arena.copy(entries + Array(value.parts) + more)
  }
}
