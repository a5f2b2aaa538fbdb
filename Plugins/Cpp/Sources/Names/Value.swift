import CodiraAnalyzerKit

/// What is known of a value or a type: at the end of each path of steps, chains to it in order of preference.
///
/// `Foo*` is one part `[]`; `map<K, V>` are the parts `[k]` and `[]`; without a part of no steps the value itself
/// has no name here.
struct Value {
  struct Part {
    var path: [Text]
    var chains: [Chain]
  }

  /// Alternatives that one value keeps.
  static let limit = 8

  var parts: [Part]
  /// A standard template whose parts these are: `vector`.
  var outer = Text.empty
  /// Pointers written around it.
  var stars = 0
  /// Whether it, or what its pointers lead to, is `const`; nil where nobody knows.
  var isConst: Bool?
  /// Its declaration says how it is passed on.
  var isDeclared = false

  init(_ chains: [Chain], path: [Text] = []) { parts = [Part(path: path, chains: chains)] }

  init(parts: [Part]) { self.parts = parts }

  /// The chains of the value itself.
  var chains: [Chain] { parts.first { $0.path.isEmpty }?.chains ?? [] }

  /// A pointer or a container of the standard library: its own members are nowhere here.
  var isNameless: Bool { !parts.isEmpty && chains.isEmpty }

  /// The value wrapped in steps: a pointer to it, a function that gives it.
  func behind(_ path: [Text]) -> Value {
    if path.isEmpty { return self }
    var result = self
    for index in result.parts.indices { result.parts[index].path = path + result.parts[index].path }
    return result
  }

  /// `*x`, `x->`.
  func dereferenced(_ arena: Arena) -> Value {
    if isNameless, let inner = undoing(Step.element) { return inner }
    return longer(Step.dereference, arena)
  }

  /// One pointer less; what a container or smart pointer holds is as `const` as its argument says.
  private func inner(_ parts: [Part]) -> Value {
    var result = Value(parts: parts)
    if stars > 0 {
      result.stars = stars - 1
      (result.isConst, result.outer, result.isDeclared) = (isConst, outer, isDeclared)
    } else if !Value.sharing.contains(outer) {
      result.isConst = isConst
    }
    return result
  }

  private static let sharing: Set<Text> = ["unique_ptr", "shared_ptr", "weak_ptr", "span", "Span", ""]

  /// `x[i]`, what a loop over it gives.
  func element(_ arena: Arena) -> Value { undoing(Step.element) ?? longer(Step.element, arena) }

  /// `x(…)`.
  func called(_ arena: Arena) -> Value { undoing(Step.call) ?? longer(Step.call, arena) }

  /// `&x`.
  func address() -> Value {
    var result = behind([Step.element])
    result.stars += 1
    return result
  }

  func member(_ name: Text, _ arena: Arena) -> Value {
    var result = longer(name, arena)
    if stars == 0 { result.isConst = isConst }
    return result
  }

  /// Either of two, the first preferred.
  func or(_ other: Value) -> Value {
    var result = self
    for part in other.parts {
      if let index = result.parts.firstIndex(where: { $0.path == part.path }) {
        let new = part.chains.filter { !result.parts[index].chains.contains($0) }
        result.parts[index].chains = Array((result.parts[index].chains + new).prefix(Value.limit))
      } else {
        result.parts.append(part)
      }
    }
    return result
  }

  private func undoing(_ step: Text) -> Value? {
    let inner = parts.filter { $0.path.first == step }
    guard !inner.isEmpty else { return nil }
    return self.inner(inner.map { Part(path: Array($0.path.dropFirst()), chains: $0.chains) })
  }

  private func longer(_ step: Text, _ arena: Arena) -> Value {
    let longer = chains.compactMap { $0.isExternal ? $0 : arena.chain($0, then: step) }
    return longer.isEmpty ? Value(parts: []) : Value(longer)
  }

  /// For a symbol's type.
  func facts(_ arena: Arena) -> UnsafeBufferPointer<ValuePart> {
    arena.copy(
      parts.filter { !$0.chains.isEmpty }.map {
        ValuePart(path: arena.copy(Array($0.path.prefix(Chain.limit))), arena.copy($0.chains))
      })
  }
}
