import CodiraAnalyzerKit

extension FileReader {
  /// Every statement under a module, block or clause, in order.
  func readBlock(_ block: Node) {
    for statement in block.children { readStatement(statement) }
  }

  func readStatement(_ node: Node) {
    switch node.kind {
    case .expressionStatement: readExpressionStatement(node)
    case .functionDefinition: readFunction(node, decorated: nil)
    case .classDefinition: readClass(node, decorated: nil)
    case .decoratedDefinition: readDecorated(node)
    case .importStatement: readImport(node)
    case .importFromStatement: readFromImport(node)
    case .futureImportStatement: break
    case .returnStatement: readReturn(node)
    case .ifStatement: readIf(node)
    case .elseClause, .elifClause, .exceptClause, .exceptGroupClause: readClause(node)
    case .forStatement: readFor(node)
    case .withStatement: readWith(node)
    case .matchStatement, .caseClause: readMatch(node)
    case .raiseStatement: readRaise(node)
    case .assertStatement:
      for child in node.children { visit(child) }
      if let condition = node.firstChild { _ = narrow(condition) }
    case .globalStatement, .nonlocalStatement:
      guard scope.kind != .module else { break }
      for name in node.children {
        scope.foreign.insert(source.text(name))
        if node.kind == .globalStatement { scope.globals.insert(source.text(name)) }
      }
    case .typeAliasStatement: readTypeAlias(node)
    case .block, .error, .tryStatement, .whileStatement, .other:
      for child in node.children { readStatement(child) }
    default: visit(node)
    }
  }

  private func readExpressionStatement(_ node: Node) {
    for child in node.children {
      switch child.kind {
      case .assignment: readAssignment(child)
      case .augmentedAssignment: readAugmentedAssignment(child)
      default: visit(child)
      }
    }
  }

  private func readReturn(_ node: Node) {
    var value = Value.unknown
    for child in node.children { value = visit(child, isStored: true) }
    if let results = scope.results { results.returned = either(results.returned, value) }
  }

  private func readIf(_ node: Node) {
    for child in node.children where child.field == .condition {
      visit(child)
    }
    let narrowed = node.child(.condition).map { narrow($0) } ?? []
    if let body = node.child(.consequence) { readBlock(body) }
    restore(narrowed)
    for child in node.children where child.field == .alternative { readStatement(child) }
  }

  /// `else`, `elif`, `except`: what they bind stands beside what the first branch bound.
  private func readClause(_ node: Node) {
    let outer = isAlternative
    isAlternative = true
    defer { isAlternative = outer }
    switch node.kind {
    case .elifClause: readIf(node)
    case .exceptClause, .exceptGroupClause:
      for child in node.children {
        if child.kind == .block {
          readBlock(child)
        } else {
          readException(child, isGroup: node.kind == .exceptGroupClause)
        }
      }
    default:
      for child in node.children { readStatement(child) }
    }
  }

  /// `E`, `(E, F)`, `E as e` behind `except`.
  private func readException(_ node: Node, isGroup: Bool) {
    guard node.kind == .asPattern else {
      readExceptionType(node)
      return
    }
    var value = Value.unknown
    for child in node.children {
      if child.kind == .asPatternTarget {
        if let name = child.firstChild { bind(name, isGroup ? .local : value) }
      } else {
        value = readExceptionType(child)
      }
    }
  }

  @discardableResult
  private func readExceptionType(_ node: Node) -> Value {
    switch node.kind {
    case .tuple, .parenthesizedExpression, .expressionList:
      var value = Value.unknown
      for child in node.children { value = either(value, readExceptionType(child)) }
      return value
    case .identifier, .attribute:
      let value = visit(node)
      refer(.typeUse, node, value)
      return Value(nature: .instance, chains: value.chains)
    default: return visit(node)
    }
  }

  private func readRaise(_ node: Node) {
    for child in node.children {
      let value = visit(child)
      if child.kind == .identifier || child.kind == .attribute,
        value.nature == .object || value.nature == .member
      {
        refer(.typeUse, child, value)
      }
    }
  }

  private func readFor(_ node: Node) {
    if let right = node.child(.right) {
      let value = element(of: visit(right, isStored: false))
      if let left = node.child(.left) { bind(left, value) }
    }
    if let body = node.child(.body) { readBlock(body) }
    if let alternative = node.child(.alternative) { readStatement(alternative) }
  }

  private func readWith(_ node: Node) {
    for child in node.children {
      if child.kind == .block {
        readBlock(child)
      } else {
        readWithItems(child, isAsync: node.child(of: .async) != nil)
      }
    }
  }

  private func readWithItems(_ node: Node, isAsync: Bool) {
    for item in node.children {
      if item.kind != .withItem {
        readWithItems(item, isAsync: isAsync)
        continue
      }
      guard let expression = item.firstChild else { continue }
      guard expression.kind == .asPattern else {
        visit(expression)
        continue
      }
      var value = Value.unknown
      for child in expression.children {
        if child.kind == .asPatternTarget {
          if let target = child.firstChild { bind(target, entered(value, isAsync: isAsync)) }
        } else {
          value = visit(child)
        }
      }
    }
  }

  /// What `with value as x` binds: the result of entering it, else the value itself.
  private func entered(_ value: Value, isAsync: Bool) -> Value {
    guard !value.chains.isEmpty, value.nature != .external else { return value }
    let entered = arena.chains(value.chains, then: isAsync ? "__aenter__" : "__enter__")
    return Value(nature: .result, chains: join(entered, value.chains), parts: value.parts)
  }

  private func readMatch(_ node: Node) {
    for child in node.children {
      switch child.kind {
      case .block, .caseClause:
        for inner in child.children { readStatement(inner) }
      case .casePattern: readPattern(child)
      case .ifClause:
        for condition in child.children { visit(condition) }
      default: visit(child)
      }
    }
  }

  /// Classes that a pattern tests for, and the names it captures.
  private func readPattern(_ pattern: Node) {
    for node in pattern.descendants {
      if node.kind == .classPattern, let name = node.firstChild {
        refer(.typeUse, name, dotted(name))
      } else if node.kind == .dottedName, node.parent?.kind != .classPattern, let name = node.firstChild,
        name.nextSibling == nil
      {
        bind(name, .local)
      } else if node.kind == .splatPattern, let name = node.firstChild, name.kind == .identifier {
        bind(name, .local)
      }
    }
  }

  /// The value of a dotted name in a pattern or an import.
  func dotted(_ node: Node) -> Value {
    var value: Value?
    for name in node.children where name.kind == .identifier {
      let text = source.text(name)
      value = value.map { member($0, text) } ?? lookUp(text)?.value ?? unbound(text)
    }
    return value ?? .unknown
  }
}

// MARK: isinstance

extension FileReader {
  typealias Narrowed = [(name: Text, binding: Binding)]

  /// Binds what `isinstance(name, Type)` in a condition says; gives what was bound before.
  func narrow(_ condition: Node) -> Narrowed {
    switch condition.kind {
    case .parenthesizedExpression: return condition.firstChild.map { narrow($0) } ?? []
    case .booleanOperator:
      // Of `or` nothing is known; the operator stands between the operands, and only `and` begins with `a`.
      guard let left = condition.child(.left), let right = condition.child(.right) else { return [] }
      guard source.text(left.end, right.start).bytes.contains(UInt8(ascii: "a")) else { return [] }
      return narrow(left) + narrow(right)
    case .call:
      guard let function = condition.child(.function), source.text(function) == "isinstance",
        let arguments = condition.child(.arguments), let subject = arguments.firstChild,
        subject.kind == .identifier, let type = subject.nextSibling
      else { return [] }
      let name = source.text(subject)
      guard scope.kind != .module, let binding = scope.bindings[name] else { return [] }
      let value = classes(type)
      guard value.isKnown else { return [] }
      scope.bindings[name] = Binding(kind: binding.kind, value: value)
      return [(name, binding)]
    default: return []
    }
  }

  func restore(_ narrowed: Narrowed) {
    for (name, binding) in narrowed.reversed() { scope.bindings[name] = binding }
  }

  private func classes(_ node: Node) -> Value {
    switch node.kind {
    case .identifier:
      return Value(nature: .instance, chains: lookUp(source.text(node))?.value.chains ?? .none)
    case .attribute:
      guard let object = node.child(.object), let name = node.child(.attribute) else { return .unknown }
      let value = classes(object)
      return Value(nature: .instance, chains: arena.chains(value.chains, then: source.text(name)))
    case .tuple, .parenthesizedExpression:
      return node.children.reduce(Value.unknown) { either($0, classes($1)) }
    default: return .unknown
    }
  }
}
