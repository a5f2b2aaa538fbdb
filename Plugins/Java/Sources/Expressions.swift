import CodiraAnalyzerKit

extension FileReader {
  /// Reads an expression or statement: reports what it refers to and says what is known of its value.
  ///
  /// `isStored`: the value is passed, kept or returned.
  @discardableResult
  func visit(_ node: Node, isStored: Bool = false) -> Value {
    switch node.kind {
    case .identifier: return lookUp(source.text(node))
    case .this: return thisValue
    case .methodInvocation: return visitInvocation(node)
    case .objectCreationExpression: return visitCreation(node)
    case .explicitConstructorInvocation: return visitConstructorInvocation(node)
    case .fieldAccess: return visitFieldAccess(node)
    case .methodReference: return visitMethodReference(node)
    case .lambdaExpression: return visitLambda(node, receiver: .unknown, method: "")
    case .arrayAccess:
      let array = node.child(.array).map { visit($0) } ?? .unknown
      if let index = node.child(.index) { visit(index) }
      return step(array, "[]")
    case .castExpression: return visitCast(node)
    case .parenthesizedExpression: return node.children.reduce(.unknown) { visit($1, isStored: isStored) }
    case .ternaryExpression: return visitTernary(node)
    case .assignmentExpression:
      let left = node.child(.left).map { visit($0) } ?? .unknown
      if let right = node.child(.right) { visit(right, isStored: true) }
      return left
    case .binaryExpression: return visitBinary(node)
    case .unaryExpression, .updateExpression: return visitUnary(node)
    case .instanceofExpression: return visitInstanceOf(node)
    case .arrayCreationExpression: return visitArrayCreation(node)
    case .classLiteral: return visitClassLiteral(node)
    case .switchExpression: return visitSwitch(node)
    default: return visitLiteral(node) ?? visitStatement(node)
    }
  }

  private func visitLiteral(_ node: Node) -> Value? {
    switch node.kind {
    case .stringLiteral:
      for child in node.children { visit(child) }
      return languageValue("String")
    case .characterLiteral: return builtin("char")
    case .trueLiteral, .falseLiteral: return builtin("boolean")
    case .nullLiteral: return builtin(";null")
    case .decimalIntegerLiteral, .hexIntegerLiteral, .octalIntegerLiteral, .binaryIntegerLiteral:
      let text = source.text(node)
      return builtin(text.hasSuffix("L") || text.hasSuffix("l") ? "long" : "int")
    case .decimalFloatingPointLiteral, .hexFloatingPointLiteral:
      let text = source.text(node)
      return builtin(text.hasSuffix("f") || text.hasSuffix("F") ? "float" : "double")
    default: return nil
    }
  }

  var thisValue: Value {
    guard let type = scope.enclosingType else { return .unknown }
    return Value(chains: arena.chains(Chain(type.id)))
  }

  /// What `super` stands for in `type`: its superclass, else `Object`.
  func superValue(of type: TypeInfo?) -> Value {
    guard let type else { return .unknown }
    if !type.superclass.isEmpty { return Value(chains: type.superclass) }
    return Value(chains: arena.chains(Chain(objectID)))
  }

  private func visitFieldAccess(_ node: Node) -> Value {
    guard let object = node.child(.object), let field = node.child(.field) else { return .unknown }
    let name = source.text(field)
    if field.kind == .this {
      return declaredType(source.text(object), in: scope).map { Value(chains: arena.chains(Chain($0.id))) }
        ?? .unknown
    }
    if object.kind == .this, node.child(of: .super) == nil, let type = scope.enclosingType,
      let value = fieldValue(type, name)
    {
      return value
    }
    let receiver = node.child(of: .super) != nil ? visit(object) : visitReceiver(object)
    // A part of a package's name: `a.b` in `a.b.C.f()`.
    guard receiver.isKnown else {
      return FileReader.isTypeName(name) && isPackageName(object)
        ? Value(chains: arena.chains(Chain(typeID(plainName(node)))), isType: true) : .unknown
    }
    if name == "length", receiver.chains.first?.root.hasSuffix("[]") == true { return builtin("int") }
    if receiver.isType, FileReader.isConstantName(name),
      let primitive = library.primitive(of: source.text(object))
    {
      return builtin(primitive)
    }
    var value = member(receiver, name)
    if FileReader.isTypeName(name), isPackageName(object), !FileReader.isTypeName(source.text(object)) {
      // What might be inherited is more likely a package.
      let type = arena.chains(Chain(typeID(plainName(node))))
      return Value(chains: join(type, value.chains), isType: true)
    }
    value.isType = receiver.isType && FileReader.isTypeName(name) && !FileReader.isConstantName(name)
    return value
  }

  /// What stands before a dot: a value, a type, `super`.
  func visitReceiver(_ node: Node) -> Value {
    if node.kind == .super { return superValue(of: scope.enclosingType) }
    let value = visit(node)
    if value.isType { referToType(node, value) }
    return value
  }

  /// The use of a type as a receiver: `Type.member`.
  private func referToType(_ node: Node, _ value: Value) {
    let place = node.kind == .fieldAccess ? node.child(.field) ?? node : node
    guard place.kind == .identifier else { return }
    refer(.typeUse, place, value.chains)
  }

  /// A dotted name of which nothing is a variable.
  private func isPackageName(_ node: Node) -> Bool {
    switch node.kind {
    case .identifier: return !isVariable(source.text(node))
    case .fieldAccess: return node.child(.object).map { isPackageName($0) } ?? false
    default: return false
    }
  }

  private func visitCast(_ node: Node) -> Value {
    let types = node.children.filter { $0.field == .type }
    for type in types { visitTypes(type) }
    if let value = node.child(.value) { visit(value) }
    return types.first.map { localized(typeValue($0, in: scope)) }.map { plain($0) } ?? .unknown
  }

  /// A value of the type, not the type.
  func plain(_ value: Value) -> Value {
    var value = value
    value.isType = false
    return value
  }

  private func visitTernary(_ node: Node) -> Value {
    if let condition = node.child(.condition) { visit(condition) }
    let left = node.child(.consequence).map { visit($0, isStored: true) } ?? .unknown
    let right = node.child(.alternative).map { visit($0, isStored: true) } ?? .unknown
    guard left.isPrimitive, right.isPrimitive else { return either(left, right) }
    return left.chains[0].root == right.chains[0].root ? left : promoted(left, right)
  }

  private func visitBinary(_ node: Node) -> Value {
    guard let leftNode = node.child(.left), let rightNode = node.child(.right) else { return .unknown }
    let left = visit(leftNode)
    let right = visit(rightNode)
    let sign = source.text(leftNode.end, rightNode.start).trimmed
    switch sign.bytes.first {
    case UInt8(ascii: "<"), UInt8(ascii: ">"):
      return sign.count > 1 && sign[1] == sign[0]
        ? left.isPrimitive ? promoted(left, left) : .unknown : builtin("boolean")
    case UInt8(ascii: "="), UInt8(ascii: "!"): return builtin("boolean")
    case UInt8(ascii: "&"), UInt8(ascii: "|"):
      if sign.count > 1, sign[1] == sign[0] { return builtin("boolean") }
    default: break
    }
    if sign == "+", isString(left) || isString(right) { return languageValue("String") }
    if left.isPrimitive, right.isPrimitive { return promoted(left, right) }
    return .unknown
  }

  /// The type of arithmetic over two primitive values.
  private func promoted(_ left: Value, _ right: Value) -> Value {
    let (a, b) = (left.chains[0].root, right.chains[0].root)
    if a == b, a == "boolean" || a == "double" || a == "float" || a == "long" || a == "int" { return left }
    for wide: Text in ["double", "float", "long"] where a == wide || b == wide { return builtin(wide) }
    return a == "boolean" || b == "boolean" ? .unknown : builtin("int")
  }

  private func visitUnary(_ node: Node) -> Value {
    var value = Value.unknown
    for child in node.children { value = visit(child) }
    if source.text(node).bytes.first == UInt8(ascii: "!") { return builtin("boolean") }
    guard node.kind == .unaryExpression, value.isPrimitive else { return value }
    return promoted(value, value)
  }

  private func visitInstanceOf(_ node: Node) -> Value {
    if let left = node.child(.left) { visit(left) }
    if let type = node.child(.right) {
      visitTypes(type)
      if let name = node.child(.name) {
        scope.locals[source.text(name)] = plain(localized(typeValue(type, in: scope)))
      }
    }
    if let pattern = node.child(.pattern) { visitPattern(pattern) }
    return builtin("boolean")
  }

  /// Binds what a pattern names, record components too.
  func visitPattern(_ node: Node) {
    if let type = node.typeChild {
      visitTypes(type)
      let names = node.children.filter { $0.kind == .identifier }
      if node.kind == .typePattern || node.kind == .recordPatternComponent, let name = names.last {
        scope.locals[source.text(name)] = plain(localized(typeValue(type, in: scope)))
      }
    }
    for child in node.children where !child.isType && child.kind != .identifier { visitPattern(child) }
  }

  private func visitArrayCreation(_ node: Node) -> Value {
    guard let type = node.child(.type) else { return .unknown }
    visitTypes(type)
    var count = 0
    for child in node.children {
      switch child.kind {
      case .dimensionsExpression:
        count += 1
        for inner in child.children { visit(inner) }
      case .dimensions: count += dimensionCount(child)
      default: break
      }
    }
    if let value = node.child(.value) { visit(value) }
    var value = plain(localized(typeValue(type, in: scope)))
    var name = erasure(type, in: scope)
    for _ in 0..<min(max(count, 1), 8) {
      value = array(of: value, name)
      name = arena.join(name, "[]", .empty)
    }
    return value
  }

  private func visitClassLiteral(_ node: Node) -> Value {
    guard let type = node.firstChild else { return .unknown }
    visitTypes(type)
    return wrap(
      plain(localized(typeValue(type, in: scope))), in: "[]", of: languageValue("Class").chains)
  }

  private func visitSwitch(_ node: Node) -> Value {
    let condition = node.child(.condition).map { visit($0) } ?? .unknown
    var value = Value.unknown
    for part in node.child(.body)?.children ?? node.children {
      guard part.kind == .switchRule || part.kind == .switchBlockStatementGroup else { continue }
      let outer = scope
      scope = Scope(in: outer)
      for child in part.children {
        if child.kind == .switchLabel {
          visitLabel(child, condition)
        } else {
          let result = visit(child, isStored: true)
          if part.kind == .switchRule { value = either(value, result) }
        }
      }
      scope = outer
    }
    return value
  }

  /// A constant's name in a label belongs to the type of what is switched on.
  private func visitLabel(_ node: Node, _ condition: Value) {
    for child in node.children where child.kind != .identifier {
      if child.kind == .typePattern || child.typeChild != nil { visitPattern(child) } else { visit(child) }
    }
  }
}
