import CodiraAnalyzerKit

/// What an expression's value is: a chain, and steps still to be undone before its members are reached.
struct Value {
  private var chain: Chain
  private var path: ArraySlice<Text>

  init(_ chain: Chain, path: [Text] = []) {
    self.chain = chain
    self.path = path[...]
  }

  init?(_ fact: TypeFact?) {
    guard let fact, !fact.isExternal else { return nil }
    self.init(Chain(fact.root), path: fact.path)
  }

  /// `*x`, `x->`.
  func dereferenced(_ arena: Arena) -> Value? { undoing(TypeFact.element) ?? longer("*", arena) }

  /// `x[i]`.
  func element(_ arena: Arena) -> Value? { undoing(TypeFact.element) ?? longer(TypeFact.element, arena) }

  /// `x(…)`.
  func called(_ arena: Arena) -> Value? { undoing(TypeFact.call) ?? longer(TypeFact.call, arena) }

  /// `&x`.
  func address() -> Value {
    var value = self
    value.path = [TypeFact.element] + path
    return value
  }

  func member(_ name: Text, _ arena: Arena) -> Value? { path.isEmpty ? longer(name, arena) : nil }

  /// The chain of a member, for a reference to it.
  func chain(to name: Text, _ arena: Arena) -> Chain? { path.isEmpty ? arena.chain(chain, then: name) : nil }

  private func undoing(_ step: Text) -> Value? {
    guard path.first == step else { return nil }
    var value = self
    value.path = path.dropFirst()
    return value
  }

  private func longer(_ step: Text, _ arena: Arena) -> Value? {
    guard path.isEmpty, let chain = arena.chain(chain, then: step) else { return nil }
    return Value(chain)
  }
}
