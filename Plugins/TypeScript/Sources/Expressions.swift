import CodiraAnalyzerKit

extension FileReader {
  /// What an expression is; refers to everything in it.
  ///
  /// `isStored`: it is passed, returned or kept. Members of an object literal become those of `under`, or of the
  /// function whose result they are.
  @discardableResult
  func visit(
    _ node: Node, isStored: Bool = false, under: (id: Text, qualifiedName: Text)? = nil,
    returnedBy: FunctionResults? = nil, expected: Value = .unknown
  ) -> Value {
    switch node.kind {
    case .identifier, .shorthandProperty: return visitName(node, isStored)
    case .memberExpression: return visitMember(node, isStored)
    case .nestedIdentifier: return visitMember(node, false)
    case .callExpression: return visitCall(node)
    case .newExpression: return visitNew(node)
    case .thisExpression: return scope.receiver
    case .superExpression: return Value(nature: .parent, chains: scope.type?.base.chains ?? .none)
    case .subscriptExpression: return visitSubscript(node)
    case .parenthesizedExpression, .awaitExpression, .expressionStatement, .nonNullExpression,
      .instantiationExpression:
      var value = Value.unknown
      for child in node.children {
        if child.kind == .typeArguments {
          _ = type(child)
        } else {
          value = visit(
            child, isStored: isStored, under: under, returnedBy: returnedBy, expected: expected)
        }
      }
      return value
    case .sequenceExpression:
      var value = Value.unknown
      for child in node.children { value = visit(child, isStored: isStored) }
      return value
    case .asExpression, .satisfiesExpression, .typeAssertion:
      return visitCast(node, isStored, under, returnedBy)
    case .binaryExpression: return visitBinary(node, isStored, expected)
    case .ternaryExpression: return visitTernary(node, isStored, returnedBy, expected)
    case .assignmentExpression: return visitAssignment(node)
    case .augmentedAssignment:
      let left = node.child(.left).map { visit($0) } ?? .unknown
      let right = node.child(.right).map { visit($0, isStored: true) } ?? .unknown
      return either(left, right)
    case .arrowFunction, .functionExpression, .generatorFunction:
      return visitFunction(node, expected: expected)
    case .classExpression: return visitClass(node)
    case .object:
      return visitObject(node, under: under, returnedBy: returnedBy, expected: expected)
    case .array: return visitArray(node, expected)
    case .string: return builtin("string")
    case .templateString:
      visitSubstitutions(node)
      return builtin("string")
    case .number: return builtin("number")
    case .trueLiteral, .falseLiteral: return builtin("boolean")
    case .regex: return builtin("RegExp")
    case .null, .undefined: return .unknown
    case .spreadElement: return node.firstChild.map { visit($0) } ?? .unknown
    case .yieldExpression: return visitYield(node)
    case .unaryExpression:
      for child in node.children { visit(child) }
      return .unknown
    case .jsxElement, .jsxSelfClosingElement, .jsxOpeningElement, .jsxClosingElement,
      .jsxExpression,
      .jsxAttribute:
      return visitJSX(node)
    case .decorator:
      readDecorator(node)
      return .unknown
    case .statementBlock, .lexicalDeclaration, .variableDeclaration, .functionDeclaration,
      .classDeclaration:
      nested { self.readBlock(node) }
      return .unknown
    default:
      for child in node.children { visit(child) }
      return .unknown
    }
  }

  private func visitName(_ node: Node, _ isStored: Bool) -> Value {
    let name = source.text(node)
    guard let binding = lookUp(name) else { return unbound(name) }
    if isStored, binding.kind == .function || binding.kind == .imported,
      binding.value.nature == .object,
      !FileReader.isConstantName(name)
    {
      refer(.callableValue, node, binding.value)
    }
    return binding.value
  }

  private func visitMember(_ node: Node, _ isStored: Bool) -> Value {
    guard let object = node.child(.object), let property = node.child(.property) else {
      return .unknown
    }
    let name = source.text(property)
    if let value = special(object, name) { return value }
    let base = visit(object)
    if name == "prototype" { return Value(nature: .instance, chains: base.chains) }
    if name == "constructor" { return .unknown }
    let value = member(base, name)
    if isStored, value.nature == .member, base.nature != .external, base.nature != .instance,
      base.nature != .result,
      isOwnMethod(name, of: base)
    {
      refer(.callableValue, node, value)
    }
    return value
  }

  /// `this.method` passed on.
  private func isOwnMethod(_ name: Text, of base: Value) -> Bool {
    guard base.nature == .receiver, let type = scope.type else { return false }
    return type.members.contains(name) && type.fields[name] == nil
  }

  private func visitSubscript(_ node: Node) -> Value {
    guard let object = node.child(.object) else { return .unknown }
    let base = visit(object)
    guard let index = node.child(.index) else { return .unknown }
    if index.kind == .string, let name = stringText(index) { return member(base, name) }
    visit(index)
    if index.kind == .number, !base.parts.isEmpty, let place = Int(source.text(index).description),
      place < 6,
      let value = part(base, Text.place(place))
    {
      return value
    }
    return step(base, "[]")
  }

  private func visitCast(
    _ node: Node, _ isStored: Bool, _ under: (id: Text, qualifiedName: Text)?,
    _ returnedBy: FunctionResults?
  ) -> Value {
    var value = Value.unknown
    var written = Value.unknown
    var isFirst = true
    for child in node.children {
      if child.kind == .typeArguments || (!isFirst && node.kind != .typeAssertion) {
        if child.kind != .constWord { written = type(child) }
      } else {
        value = visit(child, isStored: isStored, under: under, returnedBy: returnedBy)
      }
      isFirst = false
    }
    return node.kind != .satisfiesExpression && written.isKnown ? written : value
  }

  private func visitBinary(_ node: Node, _ isStored: Bool, _ expected: Value) -> Value {
    guard let left = node.child(.left), let right = node.child(.right) else {
      for child in node.children { visit(child) }
      return .unknown
    }
    let isChoice = node.child(of: .orWord) != nil || node.child(of: .nullishWord) != nil
    let isAnd = node.child(of: .andWord) != nil
    let first = visit(left, isStored: isStored && isChoice, expected: expected)
    let narrowed = isAnd ? narrow(left) : []
    let second = visit(
      right, isStored: isStored && (isChoice || isAnd), expected: expected)
    restore(narrowed)
    if isChoice { return either(first, second) }
    if isAnd { return second }
    if node.child(of: .instanceofWord) != nil { return builtin("boolean") }
    return first.nature == .external ? first : .unknown
  }

  private func visitTernary(
    _ node: Node, _ isStored: Bool, _ returnedBy: FunctionResults?, _ expected: Value
  ) -> Value {
    guard let condition = node.child(.condition) else { return .unknown }
    visit(condition)
    let narrowed = narrow(condition)
    let yes =
      node.child(.consequence).map {
        visit($0, isStored: isStored, returnedBy: returnedBy, expected: expected)
      } ?? .unknown
    restore(narrowed)
    let no =
      node.child(.alternative).map {
        visit($0, isStored: isStored, returnedBy: returnedBy, expected: expected)
      } ?? .unknown
    return either(yes, no)
  }

  private func visitArray(_ node: Node, _ expected: Value) -> Value {
    let element = part(expected, "[]") ?? .unknown
    var parts: [ValuePart] = []
    var inner = Value.unknown
    for (index, child) in node.children.enumerated() {
      var value = visit(child, isStored: true, expected: element)
      if child.kind == .spreadElement {
        value = step(value, "[]")
      } else if index < 6 {
        append(value, behind: Text.place(index), to: &parts)
      }
      if value.isKnown { inner = either(inner, value) }
    }
    append(inner, behind: "[]", to: &parts)
    return Value(nature: .external, chains: builtin("Array").chains, parts: arena.copy(parts))
  }

  func visitSubstitutions(_ node: Node) {
    for child in node.children where child.kind == .templateSubstitution {
      for inner in child.children { visit(inner) }
    }
  }

  private func visitYield(_ node: Node) -> Value {
    var value = Value.unknown
    for child in node.children where child.kind != .starWord {
      value = visit(child, isStored: true)
    }
    if let results = scope.results {
      let isAll = node.child(of: .starWord) != nil
      results.yielded = either(results.yielded, isAll ? step(value, "[]") : value)
    }
    return .unknown
  }

  private func visitClass(_ node: Node) -> Value {
    let name = node.child(.name).map { source.text($0) } ?? "`class`"
    let place = node.child(.name) ?? node
    let id = output.ids.define(scope.id, .type, node.child(.name) == nil ? "class" : name)
    let wasLocal = scope
    scope = Scope(.block, in: scope, isLocal: true)
    readClass(
      node, id: id, name: node.child(.name) == nil ? "class" : name, place: place, whole: node)
    scope = wasLocal
    return Value(nature: .object, chains: arena.chains(Chain(id)))
  }

  /// A function without a name, read where it stands; its value is what calling it gives.
  func visitFunction(
    _ node: Node, given: [Value] = [], receiver: Value? = nil, expected: Value = .unknown
  ) -> Value {
    let outer = scope
    let inner = Scope(.function, in: outer, isLocal: true)
    if node.kind != .arrowFunction { inner.receiver = receiver ?? .local }
    let results = FunctionResults(symbol: nil)
    inner.results = results
    scope = inner
    defer { scope = outer }
    let comment = path.isTyped ? nil : documentation(before: node)
    readTypeParameters(node, comment)
    readParameters(node, comment, given: given, expected: expected)
    let declared = node.child(.returnType).map { type($0) }
    if let declared { results.expected = declared }
    guard let body = node.child(.body) else { return Value(nature: .function) }
    if let name = node.child(.name) { bind(source.text(name), .local, .local) }
    if body.kind == .statementBlock {
      readBlock(body)
    } else {
      results.returned = visit(body, isStored: true, expected: results.expected)
    }
    var value = declared ?? results.returned
    if results.yielded.isKnown { value = list(of: results.yielded) }
    return Value(nature: .function, chains: value.chains, parts: value.parts, shape: value.shape)
  }

  /// Capitals, digits and underscores, with at least one capital.
  static func isConstantName(_ name: Text) -> Bool {
    var hasCapital = false
    for byte in name.bytes {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): hasCapital = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): continue
      default: return false
      }
    }
    return hasCapital && name.count > 1
  }
}
