import CodiraAnalyzerKit

/// A symbol that the fields of a type without a name hang under: `var point struct{ x, y int }`.
struct Container {
  var id: Text
  var qualifiedName: Text
  /// The symbol is of that type itself, not a list, map or function of it.
  var isDirect = true

  var inside: Container { Container(id: id, qualifiedName: qualifiedName, isDirect: false) }
}

extension FileReader {
  /// What something of that type is; reports the types it uses.
  func type(_ node: Node, in container: Container? = nil) -> Value {
    switch node.kind {
    case .typeIdentifier, .identifier: return namedType(node)
    case .qualifiedType: return qualifiedType(node)
    case .genericType: return genericType(node)
    case .pointerType, .parenthesizedType, .typeConstraint, .negatedType:
      return onlyType(node, in: container)
    case .typeElem:
      // Of a union nothing is common that has a name.
      return onlyType(node, in: container)
    case .sliceType, .arrayType, .implicitLengthArrayType:
      if let length = node.child(.length) { visit(length) }
      return Value(nature: .declared, shape: Shape(element: inner(node.child(.element), in: container)))
    case .mapType:
      let key = inner(node.child(.key), in: container)
      return Value(
        nature: .declared, shape: Shape(element: inner(node.child(.value), in: container), key: key))
    case .channelType:
      return Value(nature: .declared, shape: Shape(element: inner(node.child(.value), in: container)))
    case .functionType: return functionType(node, in: container)
    case .structType: return structType(node, in: container)
    case .interfaceType: return interfaceType(node, in: container)
    default:
      for child in node.children { _ = type(child) }
      return .local
    }
  }

  private func inner(_ node: Node?, in container: Container?) -> Value {
    node.map { type($0, in: container?.inside) } ?? .local
  }

  private func onlyType(_ node: Node, in container: Container?) -> Value {
    var value = Value.unknown
    var count = 0
    for child in node.children {
      value = type(child, in: container)
      count += 1
    }
    return count == 1 ? value : .local
  }

  private func namedType(_ node: Node) -> Value {
    let name = source.text(node)
    if let local = scope[name] {
      if !local.chains.isEmpty, local.nature == .type, local.chains[0].members.isEmpty {
        refer(.typeUse, node, local)
      }
      return Value(nature: local.isKnown ? .declared : .local, chains: local.chains, shape: local.shape)
    }
    if declared[name] == nil {
      if Predeclared.types.contains(name) { return .local }
      if name == "error" {
        return Value(nature: .declared, chains: arena.chains(Chain(name, flags: .external)))
      }
    }
    let value = lookUp(name)
    refer(.typeUse, node, value)
    return Value(nature: .declared, chains: value.chains)
  }

  private func qualifiedType(_ node: Node) -> Value {
    guard let package = node.child(.package), let name = node.child(.name) else { return .local }
    let base = lookUp(source.text(package))
    let value = member(base, source.text(name))
    refer(.typeUse, member: name, of: package, base, value)
    return Value(nature: .declared, chains: value.chains)
  }

  private func genericType(_ node: Node) -> Value {
    guard let base = node.child(.type) else { return .local }
    let value = type(base)
    if let arguments = node.child(.typeArguments) { typeArguments(arguments) }
    return value
  }

  func typeArguments(_ node: Node) { for argument in node.children { _ = type(argument) } }

  private func functionType(_ node: Node, in container: Container?) -> Value {
    var results: [Value] = []
    if let parameters = node.child(.parameters) {
      for parameter in parameters.children { if let type = parameter.child(.type) { _ = self.type(type) } }
    }
    if let result = node.child(.result) {
      if result.kind == .parameterList {
        for parameter in result.children {
          guard let node = parameter.child(.type) else { continue }
          let value = type(node)
          let count = parameter.children.reduce(0) { $0 + ($1.field == .name ? 1 : 0) }
          results += Array(repeating: value, count: max(1, count))
        }
      } else {
        results = [type(result)]
      }
    }
    return Value(nature: .declared, shape: Shape(results: results))
  }

  /// Without a symbol to hang them under, fields are known inside this file alone.
  private func structType(_ node: Node, in container: Container?) -> Value {
    if let container {
      let embedded = readFields(node, id: container.id, qualifiedName: container.qualifiedName, isType: false)
      var chains = embedded.flatMap { Array($0.chains) }
      if !container.isDirect { chains.insert(Chain(container.id), at: 0) }
      return Value(nature: .value, chains: arena.copy(chains))
    }
    let shape = Shape()
    guard let list = node.child(of: .fieldDeclarationList) else { return Value(shape: shape) }
    for field in list.children {
      guard let typeNode = field.child(.type) else { continue }
      let value = type(typeNode)
      var isEmbedded = true
      for name in field.children where name.field == .name {
        shape.fields[source.text(name)] = value
        isEmbedded = false
      }
      if isEmbedded {
        shape.embedded.append(value)
        if let name = embeddedName(typeNode) { shape.fields[source.text(name)] = value }
      }
    }
    return Value(nature: .declared, shape: shape)
  }

  private func interfaceType(_ node: Node, in container: Container?) -> Value {
    if let container {
      readInterface(node, id: container.id, qualifiedName: container.qualifiedName, isType: false)
      return Value(nature: .value, chains: container.isDirect ? .none : arena.chains(Chain(container.id)))
    }
    let shape = Shape()
    for element in node.children {
      if element.kind == .methodElem, let name = element.child(.name) {
        scope.open()
        let value = Value(nature: .declared, shape: Shape(results: readSignature(element).results))
        scope.close()
        shape.fields[source.text(name)] = value
      } else {
        shape.embedded.append(type(element))
      }
    }
    return Value(nature: .declared, shape: shape)
  }

  /// The name that an embedded field has: its type's.
  func embeddedName(_ type: Node) -> Node? {
    switch type.kind {
    case .typeIdentifier: type
    case .qualifiedType: type.child(.name)
    case .genericType: type.child(.type).flatMap { embeddedName($0) }
    case .pointerType, .parenthesizedType, .typeElem: type.firstChild.flatMap { embeddedName($0) }
    default: nil
    }
  }
}
