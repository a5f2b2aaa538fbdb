import CodiraAnalyzerKit

extension FileReader {
  /// Reads an expression: reports what it refers to and says what is known of its value.
  ///
  /// `isStored`: the value is passed, kept or returned, so that a callable here is a use of it.
  @discardableResult
  func visit(_ node: Node, isStored: Bool = false) -> Value {
    switch node.kind {
    case .identifier: return visitName(node, isStored)
    case .attribute: return visitAttribute(node, isStored)
    case .call: return visitCall(node)
    case .subscriptExpression: return visitSubscript(node)
    case .awaitExpression, .parenthesizedExpression, .expressionStatement:
      var value = Value.unknown
      for child in node.children { value = visit(child, isStored: isStored) }
      return value
    case .booleanOperator: return visitBoolean(node, isStored)
    case .conditionalExpression: return visitConditional(node, isStored)
    case .string, .concatenatedString:
      visitInterpolations(node)
      return builtin("str")
    case .integer: return builtin("int")
    case .float: return builtin("float")
    case .trueLiteral, .falseLiteral: return builtin("bool")
    case .none: return .unknown
    case .list: return visitCollection(node, "list")
    case .set: return visitCollection(node, "set")
    case .tuple, .expressionList: return visitTuple(node)
    case .dictionary: return visitDictionary(node)
    case .listComprehension: return visitComprehension(node, "list")
    case .setComprehension: return visitComprehension(node, "set")
    case .dictionaryComprehension: return visitComprehension(node, "dict")
    case .generatorExpression: return visitComprehension(node, "generator")
    case .lambda: return visitLambda(node)
    case .namedExpression: return visitNamed(node, isStored)
    case .binaryOperator: return visitBinary(node)
    case .yield: return visitYield(node)
    case .assignment:
      readAssignment(node)
      return .unknown
    case .type: return annotation(node)
    case .keywordArgument:
      if let value = node.child(.value) { visit(value, isStored: isStored) }
      return .unknown
    default:
      for child in node.children { visit(child) }
      return .unknown
    }
  }

  private func visitName(_ node: Node, _ isStored: Bool) -> Value {
    let name = source.text(node)
    guard let binding = lookUp(name) else {
      let value = unbound(name)
      if isStored, !FileReader.isConstantName(name) { refer(.callableValue, node, value) }
      return value
    }
    if isStored {
      switch binding.kind {
      case .function, .type: refer(.callableValue, node, binding.value)
      case .imported where !FileReader.isConstantName(name): refer(.callableValue, node, binding.value)
      default: break
      }
    }
    return binding.value
  }

  private func visitAttribute(_ node: Node, _ isStored: Bool) -> Value {
    guard let object = node.child(.object), let attribute = node.child(.attribute) else { return .unknown }
    let base = visit(object)
    let name = source.text(attribute)
    let value = member(base, name)
    if isStored, value.nature != .receiverType, !value.chains.isEmpty, base.nature != .external,
      !FileReader.isConstantName(name),
      !isField(name, of: base)
    {
      refer(.callableValue, node, value)
    }
    return value
  }

  /// Whether the class at hand says that this member of the receiver is no callable.
  private func isField(_ name: Text, of base: Value) -> Bool {
    guard base.nature == .receiver || base.nature == .receiverType, let type = scope.type else {
      return false
    }
    return type.fields[name] != nil && !type.methods.contains(name)
  }

  private func visitSubscript(_ node: Node) -> Value {
    var base = Value.unknown
    var index = 0
    var isSlice = false
    var place: Int?
    for child in node.children {
      if index == 0 {
        base = visit(child)
      } else {
        visit(child)
        isSlice = child.kind == .slice
        place = child.kind == .integer ? Int(source.text(child).description) : nil
      }
      index += 1
    }
    if isSlice { return base }
    // `Generic[T]` of a class is the class.
    if base.nature == .object, let object = node.child(.value), isTypeName(object) { return base }
    if let place, !base.parts.isEmpty {
      let value = step(base, Text.place(place))
      if value.isKnown { return value }
    }
    return step(base, "[]")
  }

  /// Whether a name looks like a class: it begins with a capital and goes on with a small letter.
  func isTypeName(_ node: Node) -> Bool {
    let name = source.text(node)
    let last = name.lastIndex(of: ".").map { name.dropFirst($0 + 1) } ?? name
    guard let first = last.bytes.first, first >= UInt8(ascii: "A"), first <= UInt8(ascii: "Z") else {
      return false
    }
    return !FileReader.isConstantName(last)
  }

  private func visitBoolean(_ node: Node, _ isStored: Bool) -> Value {
    guard let left = node.child(.left), let right = node.child(.right) else { return .unknown }
    let first = visit(left, isStored: isStored)
    let narrowed = narrow(left)
    let second = visit(right, isStored: isStored)
    restore(narrowed)
    return either(first, second)
  }

  private func visitConditional(_ node: Node, _ isStored: Bool) -> Value {
    var parts = node.children.makeIterator()
    guard let first = parts.next(), let condition = parts.next() else { return .unknown }
    visit(condition)
    let narrowed = narrow(condition)
    var value = visit(first, isStored: isStored)
    restore(narrowed)
    if let second = parts.next() { value = either(value, visit(second, isStored: isStored)) }
    return value
  }

  /// Expressions inside f-strings; other strings hold none.
  private func visitInterpolations(_ node: Node) {
    for child in node.children where child.kind != .stringContent && child.kind != .stringStart {
      for inner in child.children { visit(inner) }
    }
  }

  private func visitCollection(_ node: Node, _ name: Text) -> Value {
    var inner = Value.unknown
    for child in node.children { inner = either(inner, visit(child, isStored: true)) }
    return wrap(inner, in: "[]", of: builtin(name).chains)
  }

  private func visitTuple(_ node: Node) -> Value {
    var parts: [ValuePart] = []
    for (index, child) in node.children.enumerated() {
      let value = visit(child, isStored: true)
      if index < 6 { append(value, behind: Text.place(index), to: &parts) }
      if index == 0 { append(value, behind: "[]", to: &parts) }
    }
    return Value(nature: .external, chains: builtin("tuple").chains, parts: arena.copy(parts))
  }

  private func visitDictionary(_ node: Node) -> Value {
    var keys = Value.unknown
    var values = Value.unknown
    for child in node.children {
      guard child.kind == .pair else {
        visit(child)
        continue
      }
      if let key = child.child(.key) { keys = either(keys, visit(key, isStored: true)) }
      if let value = child.child(.value) { values = either(values, visit(value, isStored: true)) }
    }
    var parts: [ValuePart] = []
    append(keys, behind: "[k]", to: &parts)
    append(values, behind: "[]", to: &parts)
    return Value(nature: .external, chains: builtin("dict").chains, parts: arena.copy(parts))
  }

  /// Clauses first: they bind what the body, which stands before them, uses.
  private func visitComprehension(_ node: Node, _ name: Text) -> Value {
    let outer = scope
    scope = Scope(
      .comprehension, parent: outer, owner: outer.owner, id: outer.id, qualifiedName: outer.qualifiedName,
      type: outer.type, isLocal: outer.isLocal)
    scope.results = outer.results
    defer { scope = outer }
    for clause in node.children where clause.field != .body {
      guard clause.kind == .forInClause else {
        for condition in clause.children {
          visit(condition)
          _ = narrow(condition)
        }
        continue
      }
      let values = clause.children.filter { $0.field == .right }.map { visit($0) }
      if let left = clause.child(.left) { bindHere(left, element(of: values.first ?? .unknown)) }
    }
    guard let body = node.child(.body) else { return .unknown }
    guard body.kind == .pair else {
      return wrap(visit(body, isStored: true), in: "[]", of: builtin(name).chains)
    }
    var parts: [ValuePart] = []
    if let key = body.child(.key) { append(visit(key), behind: "[k]", to: &parts) }
    if let value = body.child(.value) { append(visit(value, isStored: true), behind: "[]", to: &parts) }
    return Value(nature: .external, chains: builtin("dict").chains, parts: arena.copy(parts))
  }

  /// Binds in the innermost scope, a comprehension's or a lambda's own.
  func bindHere(_ target: Node, _ value: Value) {
    guard target.kind == .identifier else {
      for (index, child) in target.children.enumerated() {
        bindHere(child, step(value, Text.place(index)))
      }
      return
    }
    scope.bindings[source.text(target)] = Binding(kind: .local, value: value.isKnown ? value : .local)
  }

  private func visitLambda(_ node: Node) -> Value {
    let outer = scope
    scope = Scope(
      .comprehension, parent: outer, owner: outer.owner, id: outer.id, qualifiedName: outer.qualifiedName,
      type: outer.type, isLocal: outer.isLocal)
    defer { scope = outer }
    if let parameters = node.child(.parameters) {
      for parameter in parameters.children {
        if let value = parameter.child(.value) { visit(value, isStored: true) }
        let name =
          parameter.child(.name) ?? (parameter.kind == .identifier ? parameter : parameter.firstChild)
        if let name, name.kind == .identifier { bindHere(name, .local) }
      }
    }
    guard let body = node.child(.body) else { return .unknown }
    return wrap(visit(body, isStored: true), in: "()")
  }

  private func visitNamed(_ node: Node, _ isStored: Bool) -> Value {
    guard let name = node.child(.name), let right = node.child(.value) else { return .unknown }
    let value = visit(right, isStored: isStored)
    bind(name, value)
    return value
  }

  private func visitBinary(_ node: Node) -> Value {
    var value = Value.unknown
    for child in node.children {
      let operand = visit(child)
      if child.field == .left { value = operand }
    }
    // What an operator gives is known of built-in types alone.
    return value.nature == .external ? value : .unknown
  }

  private func visitYield(_ node: Node) -> Value {
    var value = Value.unknown
    for child in node.children { value = visit(child, isStored: true) }
    let isFrom = source.text(node).hasPrefix("yield from")
    if let results = scope.results {
      results.yielded = either(results.yielded, isFrom ? element(of: value) : value)
    }
    return .unknown
  }
}
