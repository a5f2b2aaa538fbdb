import CodiraAnalyzerKit

/// What is known of an expression or a type: where it is defined, and what lies inside it.
struct Value: @unchecked Sendable {
  enum Nature: UInt8 {
    /// Nothing is known.
    case unknown
    /// Something that a name stands for, or that such a thing gives.
    case value
    /// Something of a type that was written down: the chains end at that type.
    case declared
    /// A type itself: calling it converts.
    case type
    /// An imported package.
    case package
    /// Local or of a predeclared type: no name outside can be meant.
    case local
  }

  var nature = Nature.unknown
  var chains = Chains.none
  var shape: Shape?

  static let unknown = Value()
  static let local = Value(nature: .local)

  var isKnown: Bool { !chains.isEmpty || shape != nil }
  var isExternal: Bool { chains.first?.isExternal ?? false }
}

/// What lies inside a value whose type has no name.
final class Shape {
  var element: Value?
  var key: Value?
  /// What calling it gives.
  var results: [Value]?
  /// The parts of several results.
  var parts: [Value]?
  var fields: [Text: Value] = [:]
  var embedded: [Value] = []

  init() {}

  init(element: Value, key: Value? = nil) {
    self.element = element
    self.key = key
  }

  init(results: [Value]) { self.results = results }

  init(parts: [Value]) { self.parts = parts }
}

extension FileReader {
  /// `value.name`.
  func member(_ value: Value, _ name: Text) -> Value {
    if let shape = value.shape {
      if let field = shape.fields[name] { return field.isKnown ? field : .local }
      for embedded in shape.embedded where !embedded.chains.isEmpty { return member(embedded, name) }
    }
    return step(value, FileReader.member(name))
  }

  /// A name as a chain's member: the one that looks like a step stands between back-ticks.
  static func member(_ name: Text) -> Text { name == "new" ? "`new`" : name }

  /// What calling `value` gives.
  func result(of value: Value) -> Value {
    if let results = value.shape?.results {
      return results.count == 1 ? results[0] : results.isEmpty ? .local : Value(shape: Shape(parts: results))
    }
    if value.nature == .type { return Value(nature: .declared, chains: value.chains, shape: value.shape) }
    // The first step converts to the type, the second calls what that gave.
    let called = value.nature == .declared ? step(value, "()") : value
    return step(called, "()")
  }

  /// The n-th of several results.
  func part(_ value: Value, _ index: Int) -> Value {
    if let parts = value.shape?.parts { return index < parts.count ? parts[index] : .local }
    guard index < FileReader.places.count else { return .local }
    return step(value, FileReader.places[index])
  }

  /// What indexing, ranging over or receiving from `value` gives.
  func element(of value: Value) -> Value { value.shape?.element ?? step(value, "[]") }

  /// What the first variable of a range gets: a map's key, else an element for those that have no second one.
  func key(of value: Value, isAlone: Bool) -> Value {
    if let shape = value.shape { return shape.key ?? (isAlone ? shape.element : nil) ?? .local }
    let key = step(value, "[k]")
    return isAlone ? either(key, element(of: value)) : key
  }

  private func step(_ value: Value, _ step: Text) -> Value {
    if value.isExternal { return Value(nature: .value, chains: value.chains) }
    var chains = arena.chains(value.chains, then: step)
    if chains.isEmpty, !value.chains.isEmpty {
      chains = arena.chains(arena.copy(value.chains.map { shortened($0) }), then: step)
    }
    guard !chains.isEmpty else { return value.nature == .unknown && !value.isKnown ? .unknown : .local }
    return Value(nature: .value, chains: chains)
  }

  /// A chain without the calls that a name follows: what a callable is asked for, its result is.
  private func shortened(_ chain: Chain) -> Chain {
    var members: [Text] = []
    for (index, member) in chain.members.enumerated() {
      let next = index + 1 < chain.members.count ? chain.members[index + 1] : "#"
      let isStep = next.hasPrefix("#") || next.hasPrefix("[") || next.hasPrefix("(")
      if member != "()" || isStep { members.append(member) }
    }
    return Chain(chain.root, arena.copy(members), flags: chain.flags)
  }

  func either(_ left: Value, _ right: Value) -> Value {
    if left.chains.isEmpty { return left.isKnown || !right.isKnown ? left : right }
    if right.chains.isEmpty { return left }
    return Value(nature: .value, chains: arena.copy(Array(left.chains) + Array(right.chains)))
  }

  static let places: [Text] = ["#0", "#1", "#2", "#3", "#4", "#5", "#6", "#7", "#8", "#9"]

  /// A value as a symbol states it.
  func valueTypes(_ value: Value) -> UnsafeBufferPointer<ValuePart> {
    var parts: [ValuePart] = []
    append(value, behind: [], to: &parts)
    return arena.copy(parts)
  }

  /// The results of a callable.
  func valueTypes(results: [Value]) -> UnsafeBufferPointer<ValuePart> {
    if results.count == 1 { return valueTypes(results[0]) }
    var parts: [ValuePart] = []
    for (place, result) in zip(FileReader.places, results) { append(result, behind: [place], to: &parts) }
    return arena.copy(parts)
  }

  private func append(_ value: Value, behind path: [Text], to parts: inout [ValuePart]) {
    if !value.chains.isEmpty { parts.append(ValuePart(path: arena.copy(path), value.chains)) }
    guard let shape = value.shape, path.count < 6, parts.count < 32 else { return }
    if let key = shape.key { append(key, behind: path + ["[k]"], to: &parts) }
    if let element = shape.element { append(element, behind: path + ["[]"], to: &parts) }
    guard let results = shape.results else { return }
    if results.count == 1 { return append(results[0], behind: path + ["()"], to: &parts) }
    for (place, result) in zip(FileReader.places, results) {
      append(result, behind: path + ["()", place], to: &parts)
    }
  }
}
