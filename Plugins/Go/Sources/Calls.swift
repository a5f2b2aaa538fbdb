import CodiraAnalyzerKit

extension FileReader {
  func visitCall(_ node: Node) -> Value {
    guard let function = node.child(.function) else { return .unknown }
    let arguments = node.child(.arguments)
    let count = argumentCount(arguments)
    if function.kind == .identifier, let value = visitBuiltin(function, arguments) { return value }
    let brackets = node.child(.typeArguments)
    let callee = visitCallee(function, argumentCount: count, isIndexed: brackets != nil)
    if let brackets { typeArguments(brackets) }
    if let arguments { for argument in arguments.children { visit(argument, isStored: true) } }
    return result(of: callee)
  }

  /// Refers to what is called; gives its value.
  ///
  /// With brackets behind it, it is generic or an element is called.
  private func visitCallee(_ node: Node, argumentCount: Int32, isIndexed: Bool) -> Value {
    switch node.kind {
    case .identifier, .typeIdentifier:
      let name = source.text(node)
      let value = lookUp(name)
      guard isPackageLevel(name) else {
        return isIndexed ? element(of: value) : value
      }
      if value.nature == .type {
        refer(.typeUse, node, value)
      } else if !Predeclared.types.contains(name) || declared[name] != nil || name == "comparable" {
        refer(.call, node, value, argumentCount: argumentCount)
      } else {
        return Value(nature: .type)
      }
      return isIndexed ? either(value, element(of: value)) : value
    case .selectorExpression:
      guard let operand = node.child(.operand), let field = node.child(.field) else { return .unknown }
      let base = visit(operand)
      let value = member(base, source.text(field))
      if isIndexed, base.nature != .package { return element(of: value) }
      refer(.call, member: field, of: operand, base, value, argumentCount: argumentCount)
      return value
    case .parenthesizedExpression: return visitConverter(node)
    default:
      let value = visit(node)
      return isIndexed ? element(of: value) : value
    }
  }

  /// `(*T)(x)` converts, `(f)(x)` calls; `(*p)(x)` calls what a pointer leads to.
  private func visitConverter(_ node: Node) -> Value {
    guard var inner = node.firstChild else { return .unknown }
    let isPointer = inner.kind == .unaryExpression && source.bytes[Int(inner.start)] == UInt8(ascii: "*")
    if isPointer { inner = inner.child(.operand) ?? inner }
    switch inner.kind {
    case .identifier:
      let name = source.text(inner)
      let value = lookUp(name)
      if !isPackageLevel(name) { return value }
      if isPointer || value.nature == .type {
        refer(.typeUse, inner, value)
        return Value(nature: .type, chains: value.chains)
      }
      refer(.call, inner, value)
      return value
    case .selectorExpression:
      guard let operand = inner.child(.operand), let field = inner.child(.field) else { return .unknown }
      let base = visit(operand)
      let value = member(base, source.text(field))
      guard base.nature == .package else {
        if !isPointer { refer(.call, member: field, of: operand, base, value) }
        return value
      }
      refer(isPointer ? .typeUse : .call, member: field, of: operand, base, value)
      return isPointer ? Value(nature: .type, chains: value.chains) : value
    default: return visit(node)
    }
  }

  /// `[]T(x)`; with a generic type it may as well be a call of a generic function or of an element.
  func visitConversion(_ node: Node) -> Value {
    guard let typeNode = node.child(.type) else { return .unknown }
    let operand = node.child(.operand)
    let value: Value
    if typeNode.kind == .genericType, let base = typeNode.child(.type) {
      value = visitGenericCallee(typeNode, base)
      if let operand { visit(operand, isStored: true) }
      return result(of: value)
    }
    value = type(typeNode)
    if let operand { visit(operand, isStored: true) }
    return Value(nature: .declared, chains: value.chains, shape: value.shape)
  }

  private func visitGenericCallee(_ node: Node, _ base: Node) -> Value {
    let value = named(base)
    guard isPackageLevel(base) else { return indexed(node) }
    if let place = base.kind == .qualifiedType ? base.child(.name) : base {
      let role: ReferenceRole = value.nature == .type ? .typeUse : .call
      if let package = base.child(.package) {
        refer(role, member: place, of: package, lookUp(source.text(package)), value)
      } else {
        refer(role, place, value)
      }
    }
    _ = indexed(node)
    return value.nature == .type ? value : either(value, element(of: value))
  }

  /// -1 where an argument may stand for several: `f(g())`.
  private func argumentCount(_ arguments: Node?) -> Int32 {
    guard let arguments else { return -1 }
    var count: Int32 = 0
    for _ in arguments.children { count += 1 }
    if count == 1, arguments.firstChild?.kind == .callExpression { return -1 }
    return count
  }

  /// Predeclared functions whose result says something about their arguments.
  private func visitBuiltin(_ function: Node, _ arguments: Node?) -> Value? {
    let name = source.text(function)
    guard Predeclared.functions.contains(name), isPackageLevel(name), declared[name] == nil else {
      return nil
    }
    refer(.call, function, lookUp(name), argumentCount: argumentCount(arguments))
    var values: [Value] = []
    if let arguments {
      for argument in arguments.children { values.append(visit(argument, isStored: true)) }
    }
    switch name {
    case "new", "make":
      guard let made = values.first else { return .local }
      return Value(nature: .declared, chains: made.chains, shape: made.shape)
    case "append", "min", "max": return values.first ?? .local
    default: return .local
    }
  }
}
