import CodiraAnalyzerKit

/// How many arguments a call may pass, and what the parameters are declared as.
struct Parameters {
  var min: Int32 = 0
  var max: Int32 = 0
  var declared: [Value] = []
}

extension FileReader {
  /// Binds a function's parameters in the scope at hand; counts the arguments that a call may pass.
  ///
  /// `given` are the values that a caller is known to pass; `expected` is what the function is declared as.
  @discardableResult
  func readParameters(
    _ function: Node, _ comment: Comment?, given: [Value] = [], expected: Value = .unknown
  ) -> Parameters {
    guard let list = function.child(.parameters) else {
      guard let name = function.child(.parameter) else { return Parameters() }
      let value = given.first ?? parameter(expected, 0)
      bind(name, value.isKnown ? value : .local)
      return Parameters(min: 1, max: 1)
    }
    var (fewest, most): (Int32, Int32) = (0, 0)
    var written: [Value] = []
    var isUnlimited = false
    var index = 0
    for parameter in list.children {
      guard parameter.kind == .requiredParameter || parameter.kind == .optionalParameter else {
        continue
      }
      guard let pattern = parameter.child(.pattern) else { continue }
      for child in parameter.children where child.kind == .decorator { readDecorator(child) }
      let declared = parameter.child(.type).map { type($0) }
      if pattern.kind == .thisExpression {
        if let declared { scope.receiver = declared }
        continue
      }
      let other = parameter.child(.value).map { visit($0, isStored: true) }
      var value = declared ?? (index < given.count ? given[index] : .unknown)
      if declared == nil, let comment { value = documented(pattern, written.count, comment) ?? value }
      written.append(pattern.kind == .restPattern ? .unknown : value)
      if declared == nil, !value.isKnown, pattern.kind != .restPattern {
        value = self.parameter(expected, index)
      }
      // What a parameter is by default says what it may be.
      if !value.isKnown, let other, other.nature != .external || !other.parts.isEmpty {
        value = other
      }
      if pattern.kind == .identifier {
        bind(source.text(pattern), .parameter, value.isKnown ? value : .local)
      } else {
        bind(pattern, value)
      }
      if pattern.kind == .restPattern { isUnlimited = true } else { most += 1 }
      if parameter.kind == .requiredParameter, other == nil, pattern.kind != .restPattern {
        fewest = most
      }
      index += 1
    }
    if !path.isTyped { (fewest, isUnlimited) = (0, true) }
    return Parameters(min: fewest, max: isUnlimited ? -1 : most, declared: written)
  }

  /// What a comment says of a parameter: of one that is taken apart by its place.
  private func documented(_ pattern: Node, _ index: Int, _ comment: Comment) -> Value? {
    guard !path.isTyped else { return nil }
    var name = source.text(pattern)
    var type = comment.parameter(name)
    if type == nil, pattern.kind == .objectPattern, index < comment.parameters.count {
      (name, type) = comment.parameters[index]
    }
    guard let type else { return nil }
    let value = documentedType(type)
    let members = comment.members.filter { $0.parameter == name }
    guard !value.isKnown, !members.isEmpty else { return value }
    let shape = Shape()
    for member in members { shape.members[member.name] = documentedType(member.type) }
    return Value(nature: .instance, shape: shape)
  }

  /// Type parameters stand for what they extend.
  func readTypeParameters(_ node: Node, _ comment: Comment?) {
    for name in comment?.templates ?? [] {
      scope.types[name] = Binding(kind: .typeParameter, value: .local)
    }
    guard let list = node.child(.typeParameters) ?? node.child(of: .typeParameters) else { return }
    for parameter in list.children where parameter.kind == .typeParameter {
      guard let name = parameter.child(.name) else { continue }
      scope.types[source.text(name)] = Binding(kind: .typeParameter, value: .local)
    }
    for parameter in list.children where parameter.kind == .typeParameter {
      guard let name = parameter.child(.name) else { continue }
      var bound = Value.local
      for child in parameter.children where child.kind == .constraint || child.kind == .defaultType {
        let value = type(child)
        if child.kind == .constraint, value.isKnown { bound = value }
      }
      scope.types[source.text(name)] = Binding(kind: .typeParameter, value: bound)
    }
  }
}
