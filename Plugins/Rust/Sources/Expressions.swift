import CodiraAnalyzerKit

extension FileReader {
  /// Reads an expression or statement: reports what it refers to and says what is known of its value.
  ///
  /// `isStored`: the value is passed, kept or returned, so that a function named here is a use of it.
  @discardableResult
  func visit(_ node: Node, isStored: Bool = false) -> Value {
    switch node.kind {
    case .identifier, .scopedIdentifier, .genericFunction, .selfWord: return visitPath(node, isStored)
    case .callExpression: return visitCall(node)
    case .fieldExpression: return visitField(node)
    case .macroInvocation: return visitMacro(node)
    case .block, .unsafeBlock, .asyncBlock, .constBlock: return visitBlock(node, isStored)
    case .letDeclaration: readLet(node)
    case .expressionStatement:
      for child in node.children { visit(child) }
    case .ifExpression: return visitIf(node, isStored)
    case .matchExpression: return visitMatch(node, isStored)
    case .forExpression: readFor(node)
    case .letCondition: readCondition(node)
    case .closureExpression: return visitClosure(node, [])
    case .tryExpression:
      return step(node.firstChild.map { visit($0) } ?? .unknown, "[]")
    case .awaitExpression: return awaited(visitLast(node, isStored))
    case .parenthesizedExpression, .referenceExpression:
      return visitLast(node, isStored)
    case .unaryExpression:
      let value = visitLast(node, false)
      return source.bytes[Int(node.start)] == UInt8(ascii: "*") ? value : .unknown
    case .returnExpression: _ = visitLast(node, true)
    case .indexExpression: return visitIndex(node)
    case .typeCastExpression:
      if let value = node.child(.value) { visit(value) }
      return node.type.map { typeValue($0) } ?? .unknown
    case .structExpression: return visitStruct(node)
    case .tupleExpression:
      let values = node.children.enumerated().map {
        (Text.place($0.offset), visit($0.element, isStored: true))
      }
      return holder("()", values)
    case .arrayExpression:
      var element = Value.unknown
      for child in node.children { element = either(element, visit(child, isStored: true)) }
      return holder("[]", [("[]", element)])
    case .assignmentExpression:
      if let left = node.child(.left) { visit(left) }
      if let right = node.child(.right) { visit(right, isStored: true) }
    case .stringLiteral, .rawStringLiteral: return Value(chains: external("str"))
    case .integerLiteral, .floatLiteral, .booleanLiteral, .charLiteral, .negativeLiteral:
      return Value(chains: external("u8"))
    case .rangeExpression:
      var element = Value.unknown
      for child in node.children { element = either(element, visit(child)) }
      return holder("Range", [("[]", element)])
    case .binaryExpression:
      for child in node.children { visit(child) }
    case .loopExpression:
      if let body = node.child(.body) { visit(body) }
    case .typeArguments: readTypeArguments(node)
    case .lifetime, .attributeItem, .innerAttributeItem: break
    default:
      if isItem(node) {
        bindItems(node)
        readItem(node, Attributes(from: node.start))
      } else {
        for child in node.children { visit(child) }
      }
    }
    return .unknown
  }

  /// What a future gives: an asynchronous function's result is its future already.
  func awaited(_ value: Value) -> Value {
    guard !value.isExternal, !value.chains.isEmpty else { return value }
    return Value(chains: arena.chains(value.chains, then: "()"), parts: value.parts)
  }

  private func visitLast(_ node: Node, _ isStored: Bool) -> Value {
    var value = Value.unknown
    for child in node.children where child.kind != .mutableSpecifier {
      value = visit(child, isStored: isStored)
    }
    return value
  }

  private func visitPath(_ node: Node, _ isStored: Bool) -> Value {
    let (base, segments) = path(node)
    guard let last = segments.last else { return base ?? .unknown }
    let value = resolve(segments, base: base, asValue: true)
    referToPrefix(segments, base: base)
    if isStored, mayBeCallable(last.name, segments, value) {
      refer(.callableValue, last, value, receiver: receiver(segments))
    }
    return fieldValue(value) ?? value
  }

  private func mayBeCallable(_ name: Text, _ segments: [PathSegment], _ value: Value) -> Bool {
    if FileReader.isCapitalized(name) || name == "self" || !value.isKnown { return false }
    guard segments.count == 1 else { return true }
    guard let binding = lookUp(value: name) else { return true }
    switch binding.kind {
    case .local, .parameter: return false
    case .item: return value.chains.first?.root.hasSuffix(").") ?? false
    case .imported: return true
    }
  }

  func receiver(_ segments: [PathSegment]) -> Text {
    guard segments.count > 1, let first = segments.first, let last = segments.last else { return .empty }
    return source.text(first.start, max(first.start, last.start)).trimmed.dropLast(2)
  }

  /// What the file says of a constant, a static or a field that a chain of one name leads to.
  func fieldValue(_ value: Value) -> Value? {
    guard value.chains.count == 1, let chain = value.chains.first, chain.members.count == 1 else {
      return nil
    }
    return fields[chain.root]?[chain.members[0]]
  }

  /// `value.field`, `value.0`.
  private func visitField(_ node: Node) -> Value {
    guard let object = node.child(.value), let field = node.child(.field) else { return .unknown }
    let base = visit(object)
    if field.kind == .integerLiteral {
      let step = Text.place(Int(source.text(field).description) ?? 7)
      return known(field: step, of: base) ?? self.step(base, step)
    }
    let name = FileReader.plain(source.text(field))
    if name == "await" { return base }
    return known(field: name, of: base) ?? member(base, name)
  }

  func known(field name: Text, of base: Value) -> Value? {
    guard base.chains.count == 1, let chain = base.chains.first, chain.members.isEmpty else { return nil }
    return fields[chain.root]?[name]
  }

  private func visitIndex(_ node: Node) -> Value {
    var parts = node.children.makeIterator()
    guard let object = parts.next() else { return .unknown }
    let base = visit(object)
    guard let index = parts.next() else { return base }
    visit(index)
    return index.kind == .rangeExpression ? base : step(base, "[]")
  }

  private func visitStruct(_ node: Node) -> Value {
    guard let name = node.child(.name) else { return .unknown }
    let value = typeOrVariant(name)
    if let body = node.child(.body) {
      for field in body.children {
        switch field.kind {
        case .fieldInitializer: if let value = field.child(.value) { visit(value, isStored: true) }
        case .shorthandFieldInitializer: continue
        default:
          for child in field.children { visit(child) }
        }
      }
    }
    return value
  }

  /// The type or variant that a struct literal or pattern names.
  func typeOrVariant(_ node: Node) -> Value {
    let (base, segments) = path(node)
    guard let last = segments.last else { return base ?? .unknown }
    let value = resolve(segments, base: base, asValue: false)
    referToPrefix(segments, base: base)
    if last.name != "Self" { refer(.typeUse, last, value, receiver: receiver(segments)) }
    return value
  }

  // MARK: blocks

  func visitBlock(_ node: Node, _ isStored: Bool) -> Value {
    if node.kind != .block {
      var value = Value.unknown
      for child in node.children { value = visit(child, isStored: isStored) }
      return value
    }
    enterBlock()
    defer { leaveBlock() }
    bindItems(node)
    var value = Value.unknown
    var attributes = Attributes(from: node.start)
    for child in node.children {
      if child.isAttribute {
        if child.kind == .attributeItem { note(child, in: &attributes) }
        continue
      }
      if isItem(child) {
        readItem(child, attributes)
        value = .unknown
      } else {
        value = visit(child, isStored: isStored && child.kind != .expressionStatement)
      }
      attributes = Attributes(from: child.end)
    }
    return value
  }

  func enterBlock() {
    scope = Scope(
      .block, parent: scope, owner: scope.owner, id: scope.id,
      container: scope.kind == .type ? scope.id : nil,
      qualifiedName: scope.qualifiedName)
  }

  func leaveBlock() { scope = scope.parent ?? scope }

  private func readLet(_ node: Node) {
    let declared = node.type.map { typeValue($0) } ?? .unknown
    var value = node.child(.value).map { visit($0, isStored: true) } ?? .unknown
    if let alternative = node.child(.alternative) { visit(alternative) }
    if declared.isKnown {
      value = Value(
        chains: declared.chains,
        parts: declared.parts.isEmpty && declared.isExternal ? value.parts : declared.parts)
    }
    if let pattern = node.child(.pattern) { bind(pattern: pattern, value) }
  }

  /// `if let`, `while let`: what the pattern binds is seen in the block behind it.
  private func readCondition(_ node: Node) {
    let value = node.child(.value).map { visit($0) } ?? .unknown
    if let pattern = node.child(.pattern) { bind(pattern: pattern, value) }
  }

  private func visitIf(_ node: Node, _ isStored: Bool) -> Value {
    enterBlock()
    if let condition = node.child(.condition) { visit(condition) }
    var value = node.child(.consequence).map { visit($0, isStored: isStored) } ?? .unknown
    leaveBlock()
    if let alternative = node.child(.alternative) {
      for child in alternative.children { value = either(value, visit(child, isStored: isStored)) }
    }
    return value
  }

  private func visitMatch(_ node: Node, _ isStored: Bool) -> Value {
    let subject = node.child(.value).map { visit($0) } ?? .unknown
    var value = Value.unknown
    for arm in node.child(.body)?.children ?? node.children where arm.kind == .matchArm {
      enterBlock()
      if let pattern = arm.child(.pattern) {
        if let inner = pattern.firstChild { bind(pattern: inner, subject) }
        if let guardNode = pattern.child(.condition) { visit(guardNode) }
      }
      if let body = arm.child(.value) { value = either(value, visit(body, isStored: isStored)) }
      leaveBlock()
    }
    return value
  }

  private func readFor(_ node: Node) {
    let value = node.child(.value).map { visit($0) } ?? .unknown
    enterBlock()
    if let pattern = node.child(.pattern) { bind(pattern: pattern, element(of: value)) }
    if let body = node.child(.body) { visit(body) }
    leaveBlock()
  }

  /// A closure whose parameters are what the caller passes; its value gives its result behind `()`.
  func visitClosure(_ node: Node, _ inputs: [Value]) -> Value {
    enterBlock()
    defer { leaveBlock() }
    if let parameters = node.child(.parameters) {
      for (index, parameter) in parameters.children.enumerated() {
        let input = index < inputs.count ? inputs[index] : .unknown
        if parameter.kind == .parameter, let pattern = parameter.child(.pattern) {
          let declared = parameter.type.map { typeValue($0) } ?? .unknown
          bind(pattern: pattern, declared.isKnown ? declared : input)
        } else {
          bind(pattern: parameter, input)
        }
      }
    }
    let declared = node.child(.returnType).map { typeValue($0) } ?? .unknown
    let value = node.child(.body).map { visit($0, isStored: true) } ?? .unknown
    return holder("fn", [("()", declared.isKnown ? declared : value)])
  }
}
