import CodiraAnalyzerKit

extension FileReader {
  /// What something of the written type is; reports the types in it.
  @discardableResult
  func typeValue(_ node: Node, role: ReferenceRole = .typeUse) -> Value {
    switch node.kind {
    case .typeIdentifier, .scopedTypeIdentifier, .identifier, .scopedIdentifier: return named(node, [], role)
    case .genericType, .genericTypeWithTurbofish: return generic(node, role)
    case .referenceType, .pointerType, .higherRankedTraitBound, .parenthesizedExpression, .bracketedType:
      return (node.type ?? node.firstChild { $0.kind != .lifetime && $0.kind != .forLifetimes }).map {
        typeValue($0, role: role)
      } ?? .unknown
    case .qualifiedType:
      let value = node.type.map { typeValue($0) } ?? .unknown
      let trait = node.child(.alias).map { typeValue($0) } ?? .unknown
      return Value(chains: join(value.chains, trait.chains), parts: value.parts)
    case .dynamicType, .abstractType: return bounds(node, role)
    case .boundedType, .traitBounds: return bounds(node, role)
    case .arrayType:
      let element = node.child(.element).map { typeValue($0) } ?? .unknown
      if let length = node.firstChild(where: { $0.field != .element }) { visit(length) }
      return holder("[]", [("[]", element)])
    case .tupleType:
      return holder(
        "()", node.children.enumerated().map { (Text.place($0.offset), typeValue($0.element)) })
    case .functionType: return functionType(node, role)
    case .primitiveType: return Value(chains: external(source.text(node)))
    case .macroInvocation:
      visit(node)
      return .unknown
    default: return .unknown
    }
  }

  /// The traits of `dyn A + B`, `impl A`, `T: A + B`: each may have the member.
  @discardableResult
  func bounds(_ node: Node, _ role: ReferenceRole = .typeUse) -> Value {
    var value = Value.unknown
    for child in node.children where child.kind != .lifetime && child.kind != .removedTraitBound {
      let bound = typeValue(child, role: role)
      if !value.isKnown || (value.isExternal && value.parts.isEmpty && !bound.isExternal) {
        value = Value(chains: bound.isKnown ? bound.chains : value.chains, parts: bound.parts)
      } else if !bound.isExternal {
        value.chains = join(value.chains, bound.chains)
      }
      if value.parts.isEmpty { value.parts = bound.parts }
    }
    return value
  }

  /// `Fn(A) -> B` and `fn(A) -> B`: calling it gives B.
  private func functionType(_ node: Node, _ role: ReferenceRole) -> Value {
    if let trait = node.child(.trait) { typeValue(trait, role: role) }
    if let parameters = node.child(.parameters) {
      for parameter in parameters.children {
        typeValue(parameter.kind == .parameter ? parameter.type ?? parameter : parameter)
      }
    }
    let result = node.child(.returnType).map { typeValue($0) } ?? .unknown
    return holder("fn", [("()", result)])
  }

  private func generic(_ node: Node, _ role: ReferenceRole) -> Value {
    guard let type = node.type else { return .unknown }
    var arguments: [Node] = []
    if let list = node.child(.typeArguments) { arguments = list.children.filter { $0.kind != .lifetime } }
    return named(type, arguments, role)
  }

  /// Reads arguments whose meaning nobody asks for.
  func readTypeArguments(_ list: Node) {
    for argument in list.children {
      switch argument.kind {
      case .typeBinding: if let type = argument.type { typeValue(type) }
      case .block, .integerLiteral, .booleanLiteral, .lifetime: if argument.kind == .block { visit(argument) }
      default: typeValue(argument)
      }
    }
  }

  private func named(_ node: Node, _ arguments: [Node], _ role: ReferenceRole) -> Value {
    let (base, segments) = path(node)
    guard let last = segments.last else { return .unknown }
    let value = resolve(segments, base: base, asValue: false)
    var inner: [Value] = []
    var item: Value?
    for argument in arguments {
      if argument.kind == .typeBinding {
        let bound = argument.type.map { typeValue($0) } ?? .unknown
        if let name = argument.child(.name), source.text(name) == "Item" || source.text(name) == "Output" {
          item = bound
        }
      } else if argument.kind == .block {
        visit(argument)
      } else if argument.kind != .traitBounds {
        inner.append(typeValue(argument))
      }
    }
    guard last.name != "_" else { return .unknown }
    if last.name != "Self" {
      if isReported(last.name, segments) { refer(role, last, value) }
    }
    return known(last.name, value, inner, item) ?? Value(chains: value.chains, parts: value.parts)
  }

  /// Type parameters are no types of anybody.
  private func isReported(_ name: Text, _ segments: [PathSegment]) -> Bool {
    guard segments.count == 1, let binding = lookUp(type: name) else { return true }
    return binding.kind != .parameter
  }

  /// The library's types that hold others, by their names alone unless the file defines that name.
  private func known(_ name: Text, _ value: Value, _ arguments: [Value], _ item: Value?) -> Value? {
    if let item {
      if name == "Future" { return item }
      return Value(chains: value.chains, parts: parts([("[]", item)]))
    }
    guard let first = arguments.first else { return nil }
    if let binding = lookUp(type: name), binding.kind == .item { return nil }
    if name == "Result" || name.hasSuffix("Result") {
      let error = arguments.count > 1 ? arguments[1] : .unknown
      return Value(chains: external("Result"), parts: parts([("[]", first), ("[k]", error)]))
    }
    if names.maps.contains(name), arguments.count > 1 {
      return Value(chains: external("HashMap"), parts: parts([("[k]", first), ("[]", arguments[1])]))
    }
    if names.transparent.contains(name), value.isExternal || name == "Arc" || name == "Box" || name == "Pin" {
      return first
    }
    if names.holders.contains(name) {
      return Value(chains: value.chains, parts: parts([("[]", first)]))
    }
    return nil
  }

  // MARK: type parameters

  /// Binds type parameters to what their bounds say.
  func readTypeParameters(_ node: Node, into inner: Scope) {
    let list = node.child(.typeParameters)
    let parameters = list?.children.map { $0 } ?? []
    for parameter in parameters {
      if let name = parameterName(parameter) {
        inner.types[source.text(name)] = Binding(kind: .parameter, value: .unknown)
      }
    }
    let outer = scope
    scope = inner
    defer { scope = outer }
    for parameter in parameters {
      guard let name = parameterName(parameter) else { continue }
      if let bounds = parameter.child(.bounds) { bind(parameter: source.text(name), bounds, in: inner) }
      if let type = parameter.child(.defaultType)
        ?? (parameter.kind == .constParameter ? parameter.type : nil)
      {
        typeValue(type)
      }
    }
    for clause in node.children where clause.kind == .whereClause {
      for predicate in clause.children where predicate.kind == .wherePredicate {
        readPredicate(predicate, inner)
      }
    }
  }

  private func parameterName(_ node: Node) -> Node? {
    switch node.kind {
    case .typeIdentifier: node
    case .constrainedTypeParameter: node.child(.left).flatMap { $0.kind == .typeIdentifier ? $0 : nil }
    case .optionalTypeParameter:
      node.child(.name).flatMap { $0.kind == .typeIdentifier ? $0 : $0.child(.left) ?? $0.firstChild }
    default: nil
    }
  }

  private func readPredicate(_ node: Node, _ inner: Scope) {
    guard let left = node.child(.left), let bounds = node.child(.bounds) else { return }
    if left.kind == .typeIdentifier, inner.types[source.text(left)]?.kind == .parameter {
      bind(parameter: source.text(left), bounds, in: inner)
    } else {
      typeValue(left)
      self.bounds(bounds)
    }
  }

  private func bind(parameter name: Text, _ bounds: Node, in inner: Scope) {
    let value = self.bounds(bounds)
    let earlier = inner.types[name]?.value ?? .unknown
    let parts = earlier.parts.isEmpty ? value.parts : earlier.parts
    let chains =
      earlier.isExternal && !value.isExternal
      ? value.chains : join(earlier.chains, value.isExternal && earlier.isKnown ? .none : value.chains)
    inner.types[name] = Binding(kind: .parameter, value: Value(chains: chains, parts: parts))
  }
}
