import CodiraAnalyzerKit

extension FileReader {
  /// Reads an expression; gives what is known of its value.
  ///
  /// `isStored`: the value is passed, kept or returned, so that a callable here is a use of it.
  @discardableResult
  func visit(_ node: Node, isStored: Bool = false) -> Value {
    switch node.kind {
    case .identifier: return visitName(node, isStored)
    case .selectorExpression: return visitSelector(node, isStored)
    case .callExpression: return visitCall(node)
    case .typeConversion: return visitConversion(node)
    case .typeInstantiation: return visitInstantiation(node)
    case .parenthesizedExpression: return node.firstChild.map { visit($0, isStored: isStored) } ?? .unknown
    case .unaryExpression: return visitUnary(node)
    case .binaryExpression: return visitBinary(node)
    case .indexExpression: return visitIndex(node)
    case .sliceExpression:
      let value = node.child(.operand).map { visit($0) } ?? .unknown
      for child in node.children where child.field != .operand { visit(child) }
      return value
    case .typeAssertion:
      if let operand = node.child(.operand) { visit(operand) }
      return node.child(.type).map { type($0) } ?? .unknown
    case .compositeLiteral: return visitComposite(node, in: nil)
    case .funcLiteral: return visitFunction(node)
    case .variadicArgument: return node.firstChild.map { visit($0, isStored: isStored) } ?? .unknown
    case .typeIdentifier, .qualifiedType, .genericType, .pointerType, .sliceType, .arrayType, .mapType,
      .channelType, .functionType, .structType, .interfaceType, .parenthesizedType, .implicitLengthArrayType:
      var value = type(node)
      value.nature = .type
      return value
    case .fieldIdentifier, .labelName, .packageIdentifier, .blankIdentifier: return .local
    case .shortVarDeclaration, .assignmentStatement, .varDeclaration, .block, .typeDeclaration:
      read(statement: node)
      return .local
    default:
      if node.isLiteral { return .local }
      for child in node.children { visit(child, isStored: isStored || node.kind == .expressionList) }
      return .local
    }
  }

  private func visitName(_ node: Node, _ isStored: Bool) -> Value {
    let name = source.text(node)
    if name == "_" { return .local }
    let value = lookUp(name)
    if isStored, isPackageLevel(name), value.nature == .value, !isPlainBuiltin(name) {
      switch declared[name] {
      case .function, nil: refer(.callableValue, node, value)
      case .type, .variable: break
      }
    }
    return value
  }

  private func isPlainBuiltin(_ name: Text) -> Bool {
    declared[name] == nil && (Predeclared.functions.contains(name) || Predeclared.types.contains(name))
  }

  private func visitSelector(_ node: Node, _ isStored: Bool) -> Value {
    guard let operand = node.child(.operand), let field = node.child(.field) else { return .unknown }
    let base = visit(operand)
    let name = source.text(field)
    let value = member(base, name)
    // Of a value's members only a method is a callable, and most are fields: those of this file are told apart.
    let isCallable = base.nature == .package || (methodNames.contains(name) && !fieldNames.contains(name))
    if isStored, isCallable, !value.chains.isEmpty {
      refer(.callableValue, member: field, of: operand, base, value)
    }
    return value
  }

  private func visitUnary(_ node: Node) -> Value {
    guard let operand = node.child(.operand) else { return .unknown }
    let value = visit(operand, isStored: false)
    switch source.bytes[Int(node.start)] {
    case UInt8(ascii: "<"): return element(of: value)
    case UInt8(ascii: "!"): return .local
    default: return value
    }
  }

  private func visitBinary(_ node: Node) -> Value {
    guard let left = node.child(.left), let right = node.child(.right) else { return .unknown }
    let first = visit(left)
    let second = visit(right)
    let mark = source.text(left.end, right.start).trimmed
    for comparison: Text in ["==", "!=", "<=", ">=", "&&", "||"] where mark.hasPrefix(comparison) {
      return .local
    }
    if (mark.hasPrefix("<") && !mark.hasPrefix("<<")) || (mark.hasPrefix(">") && !mark.hasPrefix(">>")) {
      return .local
    }
    return left.isLiteral ? second : first
  }

  /// `x[i]`, or a generic function or type with its argument.
  private func visitIndex(_ node: Node) -> Value {
    guard let operand = node.child(.operand) else { return .unknown }
    let value = visit(operand)
    if let index = node.child(.index) { visit(index, isStored: true) }
    if value.nature == .type { return value }
    let item = element(of: value)
    return isPackageLevel(operand) ? either(item, value) : item
  }

  /// Whether an expression is a name outside functions, so that it may be generic.
  func isPackageLevel(_ node: Node) -> Bool {
    switch node.kind {
    case .identifier, .typeIdentifier: return isPackageLevel(source.text(node))
    case .selectorExpression:
      guard let operand = node.child(.operand), operand.kind == .identifier else { return false }
      return scope[source.text(operand)] == nil && imports[source.text(operand)] != nil
    case .qualifiedType:
      guard let package = node.child(.package) else { return false }
      return scope[source.text(package)] == nil && imports[source.text(package)] != nil
    default: return false
    }
  }

  /// `a[i][j]`, which the grammar takes for a generic type with its arguments.
  private func visitInstantiation(_ node: Node) -> Value {
    guard let base = node.child(.type) else { return .unknown }
    var value = indexed(base)
    for argument in node.children where argument.field != .type || argument != base {
      indexes(argument)
      value = element(of: value)
    }
    return value
  }

  /// The value of `a[i]` where the grammar sees a generic type.
  func indexed(_ node: Node) -> Value {
    guard node.kind == .genericType, let base = node.child(.type) else { return named(node) }
    let value = named(base)
    if let arguments = node.child(.typeArguments) {
      for argument in arguments.children { indexes(argument) }
    }
    if value.nature == .type { return value }
    let item = element(of: value)
    return isPackageLevel(base) ? either(item, value) : item
  }

  /// The value of a type's name that is read as an expression.
  func named(_ node: Node) -> Value {
    switch node.kind {
    case .typeIdentifier, .identifier: return lookUp(source.text(node))
    case .qualifiedType:
      guard let package = node.child(.package), let name = node.child(.name) else { return .unknown }
      return member(lookUp(source.text(package)), source.text(name))
    case .genericType: return indexed(node)
    case .parenthesizedType, .pointerType: return node.firstChild.map { named($0) } ?? .unknown
    default: return type(node)
    }
  }

  /// What stands between brackets: an index or a type; names of locals are no types.
  private func indexes(_ node: Node) {
    switch node.kind {
    case .typeElem: for child in node.children { indexes(child) }
    case .typeIdentifier:
      let name = source.text(node)
      if let local = scope[name], local.nature != .type { return }
      if declared[name] != .variable { _ = type(node) }
    case .qualifiedType:
      if let package = node.child(.package), scope[source.text(package)] == nil { _ = type(node) }
    default: _ = type(node)
    }
  }

  // MARK: literals

  /// `T{…}`; the fields of a type without a name hang under the variable it initialises.
  func visitComposite(_ node: Node, in container: Container?) -> Value {
    guard let typeNode = node.child(.type) else { return .unknown }
    let value = type(typeNode, in: container)
    if let body = node.child(.body) { visitElements(body, of: value, typeNode) }
    return value
  }

  private func visitElements(_ body: Node, of value: Value, _ type: Node?) {
    let isStruct = type.map { FileReader.mayBeStruct($0) } ?? (value.shape?.element == nil)
    for child in body.children {
      if child.kind == .keyedElement {
        if let key = child.child(.key) ?? child.firstChild { visitKey(key, value, isStruct: isStruct) }
        if let item = child.child(.value) { visitElement(item, value) }
      } else {
        visitElement(child, value)
      }
    }
  }

  /// A field's name says nothing here; a map's key or an array's index is an expression.
  private func visitKey(_ node: Node, _ value: Value, isStruct: Bool) {
    guard let key = node.kind == .literalElement ? node.firstChild : node else { return }
    if key.kind == .literalValue {
      visitElements(key, of: value.shape?.key ?? .unknown, nil)
    } else if key.kind != .identifier || !isStruct {
      visit(key, isStored: !isStruct)
    }
  }

  private func visitElement(_ node: Node, _ value: Value) {
    guard let item = node.kind == .literalElement ? node.firstChild : node else { return }
    if item.kind == .literalValue {
      visitElements(item, of: value.isKnown ? element(of: value) : .unknown, nil)
    } else {
      visit(item, isStored: true)
    }
  }

  /// Whether a literal's type may be a struct: it has a name, or is one.
  private static func mayBeStruct(_ type: Node) -> Bool {
    switch type.kind {
    case .sliceType, .arrayType, .implicitLengthArrayType, .mapType: false
    default: true
    }
  }

  private func visitFunction(_ node: Node) -> Value {
    scope.open()
    let results = readSignature(node).results
    if let body = node.child(.body) { readBlock(body) }
    scope.close()
    return Value(nature: .declared, shape: Shape(results: results))
  }
}
