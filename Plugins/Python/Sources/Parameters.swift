import CodiraAnalyzerKit

extension FileReader {
  /// Binds a function's parameters in its scope; counts the arguments that a call may pass, without the receiver.
  func readParameters(_ list: Node?, into inner: Scope, receiver: Value?) -> (min: Int32, max: Int32) {
    var fewest: Int32 = 0
    var most: Int32 = 0
    var isUnlimited = false
    var receiver = receiver
    guard let list else { return (0, 0) }
    for parameter in list.children {
      switch parameter.kind {
      case .identifier:
        bindParameter(parameter, receiver ?? .local, in: inner)
        if receiver == nil {
          fewest += 1
          most += 1
        }
      case .defaultParameter, .typedDefaultParameter:
        readDefault(parameter, in: inner)
        most += 1
      case .typedParameter: readTyped(parameter, receiver, in: inner, &fewest, &most, &isUnlimited)
      case .listSplatPattern, .dictionarySplatPattern:
        isUnlimited = true
        if let name = parameter.firstChild { bindParameter(name, splat(parameter, .unknown), in: inner) }
      case .tuplePattern:
        fewest += 1
        most += 1
        for name in parameter.descendants where name.kind == .identifier {
          bindParameter(name, .local, in: inner)
        }
      default: continue
      }
      receiver = nil
    }
    return (fewest, isUnlimited ? -1 : most)
  }

  private func bindParameter(_ node: Node, _ value: Value, in scope: Scope) {
    scope.bindings[source.text(node)] = Binding(kind: .parameter, value: value.isKnown ? value : .local)
  }

  private func readDefault(_ parameter: Node, in inner: Scope) {
    let declared = parameter.child(.type).map { annotation($0) } ?? .unknown
    var value = parameter.child(.value).map { visit($0, isStored: true) } ?? .unknown
    // A default of a built-in type says little of what is passed.
    if value.nature == .external || value.nature == .object { value = .unknown }
    if let name = parameter.child(.name) {
      bindParameter(name, declared.isKnown ? declared : value, in: inner)
    }
  }

  private func readTyped(
    _ parameter: Node, _ receiver: Value?, in inner: Scope, _ fewest: inout Int32, _ most: inout Int32,
    _ isUnlimited: inout Bool
  ) {
    let value = parameter.child(.type).map { annotation($0) } ?? .unknown
    guard let pattern = parameter.firstChild else { return }
    if pattern.kind == .identifier {
      bindParameter(pattern, receiver ?? value, in: inner)
      if receiver == nil {
        fewest += 1
        most += 1
      }
    } else {
      isUnlimited = true
      if let name = pattern.firstChild { bindParameter(name, splat(pattern, value), in: inner) }
    }
  }

  /// `*args: T` is a tuple of T, `**names: T` a dictionary.
  private func splat(_ pattern: Node, _ value: Value) -> Value {
    wrap(value, in: "[]", of: builtin(pattern.kind == .listSplatPattern ? "tuple" : "dict").chains)
  }
}
