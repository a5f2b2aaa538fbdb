import CodiraAnalyzerKit

extension FileReader {
  /// The value of something whose type is written so; reports the types it uses.
  ///
  /// Members of an object type become those of the symbol `id`, where there is one.
  func type(_ node: Node, under id: Text? = nil, _ qualifiedName: Text = .empty) -> Value {
    switch node.kind {
    case .typeAnnotation, .parenthesizedType, .readonlyType, .optionalType, .constraint,
      .defaultType,
      .flowMaybeType, .restType, .typeArguments:
      var value = Value.unknown
      for child in node.children { value = either(value, type(child, under: id, qualifiedName)) }
      return value
    case .typeIdentifier, .nestedTypeIdentifier, .identifier, .memberExpression:
      return namedType(node)
    case .genericType: return genericType(node)
    case .unionType, .intersectionType:
      let inherits = node.kind == .intersectionType && id != nil
      var value = Value.unknown
      for child in node.children {
        if inherits, isSupertype(child), emitted[id!] != nil, scope.type?.id == id {
          readSupertype(child, .inherits)
        } else {
          value = either(value, type(child, under: id, qualifiedName))
        }
      }
      return value
    case .arrayType: return list(of: node.firstChild.map { type($0) } ?? .unknown)
    case .tupleType: return tuple(node.children.map { type($0) })
    case .functionType, .constructorType: return functionType(node)
    case .objectType: return objectType(node, under: id, qualifiedName)
    case .typeQuery: return typeQuery(node)
    case .lookupType: return lookupType(node)
    case .conditionalType:
      for field: Script.Field in [.left, .right] {
        if let part = node.child(field) { _ = type(part) }
      }
      let yes = node.child(.consequence).map { type($0) } ?? .unknown
      return either(yes, node.child(.alternative).map { type($0) } ?? .unknown)
    case .predefinedType: return predefined(source.text(node))
    case .literalType:
      guard let inner = node.firstChild else { return .unknown }
      return inner.kind == .null || inner.kind == .undefined ? .unknown : visit(inner)
    case .thisType:
      return scope.receiver.nature == .unknown
        ? .unknown : Value(nature: .receiver, chains: scope.receiver.chains)
    case .templateLiteralType:
      for child in node.children { _ = type(child) }
      return builtin("string")
    case .typePredicateAnnotation, .assertsAnnotation, .typePredicate:
      for child in node.descendants where child.field == .type { _ = type(child) }
      return builtin("boolean")
    case .inferType:
      if let name = node.firstChild {
        scope.types[source.text(name)] = Binding(kind: .typeParameter, value: .local)
      }
      return .unknown
    case .propertySignature, .methodSignature, .indexSignature, .mappedTypeClause:
      if let name = node.child(.name),
        node.kind == .mappedTypeClause || node.kind == .indexSignature
      {
        scope.types[source.text(name)] = Binding(kind: .typeParameter, value: .local)
      }
      for child in node.children where child.field != .name { _ = type(child) }
      return .unknown
    case .formalParameters, .requiredParameter, .optionalParameter, .indexTypeQuery,
      .templateSubstitution:
      for child in node.children where child.kind != .identifier { _ = type(child) }
      return .unknown
    default:
      for child in node.children { _ = type(child) }
      return .unknown
    }
  }

  /// A type of its own, not what the library makes of another.
  private func isSupertype(_ node: Node) -> Bool {
    guard node.kind == .genericType else { return node.kind == .typeIdentifier }
    return node.child(.name).map { generic(source.text($0), []) == nil } ?? false
  }

  private func predefined(_ name: Text) -> Value {
    switch name {
    case "any", "unknown", "object", "never": .unknown
    default: builtin(name)
    }
  }

  /// What the name of a type stands for; refers to nothing.
  func typeName(_ node: Node) -> Value {
    if let module = node.child(.module) ?? node.child(.object),
      let name = node.child(.name) ?? node.child(.property)
    {
      let base =
        module.kind == .identifier
        ? lookUpType(source.text(module))?.value ?? value(ofName: source.text(module))
        : typeName(module)
      return member(base, source.text(name))
    }
    let name = source.text(node)
    return lookUpType(name)?.value ?? unbound(name)
  }

  private func namedType(_ node: Node) -> Value {
    var value = typeName(node)
    if node.kind == .typeIdentifier {
      let binding = lookUpType(source.text(node))
      if binding?.kind == .typeParameter { return value }
      if binding?.kind == .external { return value }
    }
    refer(.typeUse, node, value)
    if value.nature == .object || value.nature == .member { value.nature = .instance }
    return value
  }

  private func typeQuery(_ node: Node) -> Value {
    guard let inner = node.firstChild(after: .typeofWord) else { return .unknown }
    let value = visit(inner)
    return value.nature == .instance || value.nature == .result
      ? value
      : Value(nature: .instance, chains: value.chains, parts: value.parts, shape: value.shape)
  }

  private func lookupType(_ node: Node) -> Value {
    var parts = node.children
    guard let object = parts.next() else { return .unknown }
    let base = type(object)
    guard let index = parts.next() else { return .unknown }
    if index.kind == .literalType, let inner = index.firstChild, inner.kind == .string,
      let name = stringText(inner)
    {
      return member(base, name)
    }
    _ = type(index)
    return step(base, "[]")
  }

  private func functionType(_ node: Node) -> Value {
    let outer = scope
    scope = Scope(.function, in: scope)
    defer { scope = outer }
    readTypeParameters(node, nil)
    let parameters = parameterParts(readParameters(node, nil).declared)
    guard let result = node.child(.returnType) ?? node.child(.type) else {
      return Value(nature: .function, parts: arena.copy(parameters))
    }
    let value = type(result)
    let parts = value.parts.filter { !FileReader.isParameter($0) } + parameters
    return Value(
      nature: .function, chains: value.chains, parts: arena.copy(parts), shape: value.shape)
  }

  private func objectType(_ node: Node, under id: Text?, _ qualifiedName: Text) -> Value {
    if let id, emitted[id] != nil {
      if scope.type?.id == id {
        readTypeMembers(node)
      } else {
        enter(type: id, qualifiedName) { self.readTypeMembers(node) }
      }
      return .unknown
    }
    let shape = Shape()
    for member in node.children {
      switch member.kind {
      case .propertySignature:
        let value = member.child(.type).map { type($0) } ?? .unknown
        if let name = member.child(.name).flatMap({ propertyName($0) }) {
          shape.members[name] = value
        }
      case .methodSignature:
        let outer = scope
        scope = Scope(.function, in: scope)
        readTypeParameters(member, nil)
        let parameters = parameterParts(readParameters(member, nil).declared)
        let result = member.child(.returnType).map { type($0) } ?? .unknown
        scope = outer
        if let name = member.child(.name).flatMap({ propertyName($0) }) {
          let parts = result.parts.filter { !FileReader.isParameter($0) } + parameters
          shape.members[name] = Value(
            nature: .function, chains: result.chains, parts: arena.copy(parts))
        }
      default: _ = type(member)
      }
    }
    return Value(nature: .instance, shape: shape)
  }

  func tuple(_ values: [Value]) -> Value {
    var parts: [ValuePart] = []
    for (index, value) in values.prefix(6).enumerated() {
      append(value, behind: Text.place(index), to: &parts)
    }
    if let first = values.first { append(first, behind: "[]", to: &parts) }
    return Value(nature: .external, chains: builtin("Array").chains, parts: arena.copy(parts))
  }

  private func genericType(_ node: Node) -> Value {
    guard let name = node.child(.name) else { return .unknown }
    let own = lookUpType(source.text(name))
    let base = namedType(name)
    let arguments = node.child(of: .typeArguments)?.children.map { type($0) } ?? []
    guard own == nil || own?.kind == .external || own?.externalKind != ExternalKind.none else {
      return base
    }
    return generic(source.text(name), arguments) ?? base
  }

  /// What the library's generic types make of their arguments; nil for others.
  func generic(_ name: Text, _ arguments: [Value]) -> Value? {
    let first = arguments.first ?? .unknown
    switch name {
    case "Promise", "PromiseLike", "Partial", "Required", "Readonly", "NonNullable", "Awaited",
      "Pick",
      "Omit",
      "Exclude", "Extract", "DeepReadonly", "ThisType", "NoInfer":
      return first
    case "ReturnType":
      return Value(nature: .result, chains: first.chains, parts: first.parts, shape: first.shape)
    case "InstanceType": return Value(nature: .instance, chains: first.chains)
    case "Array", "ReadonlyArray", "Set", "ReadonlySet", "WeakSet", "Iterable", "Iterator",
      "IterableIterator",
      "AsyncIterable", "AsyncIterator", "AsyncIterableIterator", "Generator", "AsyncGenerator",
      "ArrayLike":
      return wrap(first, in: "[]", of: builtin(name == "ReadonlyArray" ? "Array" : name).chains)
    case "Map", "ReadonlyMap", "WeakMap", "Record":
      var parts: [ValuePart] = []
      append(first, behind: "[k]", to: &parts)
      if arguments.count > 1 { append(arguments[1], behind: "[]", to: &parts) }
      return Value(nature: .external, chains: builtin(name).chains, parts: arena.copy(parts))
    default: return nil
    }
  }
}

extension SyntaxNode<Script> {
  /// The first child that is not that word.
  func firstChild(after word: Script.Kind) -> Node? { children.first { $0.kind != word } }
}
