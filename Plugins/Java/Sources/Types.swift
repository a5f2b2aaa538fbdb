import CodiraAnalyzerKit

struct TypeQuestion: Hashable {
  let name: Text
  let scope: ObjectIdentifier
}

extension FileReader {
  /// What a type stands for, as a value of it.
  func typeValue(_ node: Node, in scope: Scope) -> Value {
    switch node.kind {
    case .integralType, .floatingPointType, .booleanType: return builtin(source.text(node))
    case .voidType: return .unknown
    case .typeIdentifier, .identifier: return namedType(source.text(node), in: scope)
    case .scopedTypeIdentifier, .scopedIdentifier: return scopedType(node, in: scope)
    case .genericType:
      guard let base = node.typeChild else { return .unknown }
      var value = typeValue(base, in: scope)
      guard let arguments = node.child(of: .typeArguments) else { return value }
      value.parts = typeArguments(arguments, in: scope)
      return value
    case .arrayType:
      guard let element = node.child(.element) else { return .unknown }
      return arrayValue(typeValue(element, in: scope), element, node.child(.dimensions), in: scope)
    case .annotatedType, .catchType: return node.typeChild.map { typeValue($0, in: scope) } ?? .unknown
    case .wildcard: return wildcardValue(node, in: scope)
    default: return .unknown
    }
  }

  /// A declared type with the brackets that may stand behind the name.
  func typeValue(_ node: Node, _ dimensions: Node?, isVariadic: Bool = false, in scope: Scope) -> Value {
    var value = typeValue(node, in: scope)
    if let dimensions { value = arrayValue(value, node, dimensions, in: scope) }
    if isVariadic { value = array(of: value, erasure(node, in: scope)) }
    return value
  }

  private func arrayValue(_ element: Value, _ node: Node, _ dimensions: Node?, in scope: Scope) -> Value {
    var value = element
    var name = erasure(node, in: scope)
    for _ in 0..<max(1, dimensionCount(dimensions)) {
      value = array(of: value, name)
      name = arena.join(name, "[]", .empty)
    }
    return value
  }

  func dimensionCount(_ node: Node?) -> Int {
    guard let node else { return 0 }
    return source.text(node).bytes.reduce(0) { $0 + ($1 == UInt8(ascii: "[") ? 1 : 0) }
  }

  /// `? extends T` is a T, `? super T` too, for want of better.
  private func wildcardValue(_ node: Node, in scope: Scope) -> Value {
    node.typeChild.map { typeValue($0, in: scope) } ?? .unknown
  }

  /// One argument is the element, the first of two the key; more are counted.
  private func typeArguments(_ node: Node, in scope: Scope) -> UnsafeBufferPointer<ValuePart> {
    let arguments = node.children.filter { $0.isType || $0.kind == .wildcard }
    var parts: [ValuePart] = []
    for (index, argument) in arguments.prefix(4).enumerated() {
      append(
        typeValue(argument, in: scope), behind: FileReader.argumentStep(index, of: arguments.count),
        to: &parts)
    }
    return arena.copy(parts)
  }

  static func argumentStep(_ index: Int, of count: Int) -> Text {
    switch (index, count) {
    case (0, 1), (1, 2): "[]"
    case (0, 2): "[k]"
    case (0, _): "#0"
    case (1, _): "#1"
    case (2, _): "#2"
    default: "#3"
    }
  }

  private func scopedType(_ node: Node, in scope: Scope) -> Value {
    guard let first = node.firstChild else { return .unknown }
    let name = node.kind == .scopedIdentifier ? node.child(.name) : lastTypeName(node)
    guard let name else { return .unknown }
    let text = source.text(first)
    if first.kind != .genericType, !FileReader.isTypeName(leadingName(text)),
      declaredType(text, in: scope) == nil
    {
      return Value(chains: arena.chains(Chain(typeID(plainName(node)))), isType: true)
    }
    return member(typeValue(first, in: scope), source.text(name))
  }

  private func lastTypeName(_ node: Node) -> Node? {
    var last: Node?
    for child in node.children where child.kind == .typeIdentifier || child.kind == .identifier {
      last = child
    }
    return last
  }

  private func leadingName(_ text: Text) -> Text {
    text.firstIndex(of: ".").map { text[0..<$0].trimmed } ?? text
  }

  /// A type that an enclosing scope or the file declares under that name.
  func declaredType(_ name: Text, in scope: Scope) -> TypeInfo? {
    var current: Scope? = scope
    while let scope = current {
      if let type = scope.types[name] ?? scope.type?.nested[name] { return type }
      if let type = scope.type, type.name == name, type.form != .anonymous, type.form != .constantBody {
        return type
      }
      current = scope.parent
    }
    return topTypes[name]
  }

  /// What a simple type name may mean here, in Java's order.
  func namedType(_ name: Text, in scope: Scope) -> Value {
    let question = TypeQuestion(name: name, scope: ObjectIdentifier(nearestTypeScope(scope)))
    if let known = typeMemory[question] { return known }
    // A variable whose bound needs itself gets nothing.
    typeMemory[question] = .unknown
    let value = findType(name, in: scope)
    typeMemory[question] = value
    return value
  }

  /// The innermost scope that may name types of its own.
  private func nearestTypeScope(_ scope: Scope) -> Scope {
    var current = scope
    while current.type == nil, current.types.isEmpty, current.variables.isEmpty, let parent = current.parent {
      current = parent
    }
    return current
  }

  private func findType(_ name: Text, in scope: Scope) -> Value {
    var chains: [Chain] = []
    var current: Scope? = scope
    while let scope = current {
      if let variable = scope.variables[name] { return self.variable(variable, scope) }
      if let type = scope.types[name] ?? scope.type?.nested[name] {
        chains.append(Chain(type.id))
        return Value(chains: arena.copy(chains), isType: true)
      }
      if let type = scope.type, type.name == name, type.form != .anonymous, type.form != .constantBody {
        chains.append(Chain(type.id))
        return Value(chains: arena.copy(chains), isType: true)
      }
      if let type = scope.type, type.hasSupertypes, chains.count < 3, !library.isEverywhere(name) {
        chains.append(arena.chain(type.id, name))
      }
      current = scope.parent
    }
    if let imported = imports.types[name] {
      chains += imported.map { Chain($0) }
    } else if let type = topTypes[name] {
      chains.append(Chain(type.id))
    } else {
      addUnimported(name, to: &chains)
    }
    return Value(chains: arena.copy(chains), isType: true)
  }

  private func addUnimported(_ name: Text, to chains: inout [Chain]) {
    let isLanguage = library.isLanguageType(name)
    if !library.isEverywhere(name) {
      chains.append(Chain(output.ids.id(packageID, .type, name)))
      for type in imports.members[name] ?? [] { chains.append(arena.chain(type, name)) }
      for container in imports.onDemand where chains.count < 8 {
        let isPackage = container.hasSuffix("/")
        chains.append(
          isPackage ? Chain(output.ids.id(container, .type, name)) : arena.chain(container, name))
      }
      for type in imports.staticOnDemand where chains.count < 8 { chains.append(arena.chain(type, name)) }
    }
    if isLanguage { chains.append(Chain(output.ids.id(package("java.lang"), .type, name))) }
  }

  /// A type variable is its bound; one that stands for the class itself is whatever the member was asked of.
  private func variable(_ variable: TypeVariable, _ scope: Scope) -> Value {
    if variable.isSelf { return Value(chains: arena.chains(Chain(.empty, flags: .receiver))) }
    let bound = variable.bound.map { typeValue($0, in: scope) } ?? .unknown
    guard !variable.step.isEmpty else { return Value(chains: bound.chains, parts: bound.parts) }
    let argument = arena.chains(arena.chain(.empty, variable.step, flags: .receiver))
    return Value(chains: join(argument, bound.chains), parts: bound.parts)
  }

  /// The value inside the class: whatever was asked is of the class itself.
  func localized(_ value: Value) -> Value {
    guard value.chains.contains(where: { $0.flags.contains(.receiver) }) else { return value }
    guard let type = scope.enclosingType else { return Value(parts: value.parts) }
    var chains: [Chain] = []
    for chain in value.chains {
      guard chain.flags.contains(.receiver) else {
        chains.append(chain)
        continue
      }
      // Inside its class a variable is its bound; the class itself stands for one of its own kind.
      if chain.members.isEmpty || chain.members[0].hasPrefix("`") || !isVariableStep(chain.members[0]) {
        chains.append(Chain(type.id, chain.members))
      }
    }
    return Value(chains: arena.copy(chains), parts: value.parts)
  }

  private func isVariableStep(_ member: Text) -> Bool {
    member == "[]" || member == "[k]" || member.hasPrefix("#")
  }

  // MARK: erasure, for identities

  /// A parameter's type as ids write it: without arguments and annotations, a type variable as its bound.
  func erasure(_ node: Node, in scope: Scope) -> Text {
    switch node.kind {
    case .typeIdentifier, .identifier:
      let name = source.text(node)
      guard let (variable, scope) = typeVariable(name, in: scope) else { return name }
      guard let bound = variable.bound else { return "Object" }
      return erasure(bound, in: scope.parent ?? scope)
    case .genericType, .annotatedType:
      return node.typeChild.map { erasure($0, in: scope) } ?? source.text(node)
    case .scopedTypeIdentifier:
      guard let first = node.firstChild, first.isType, let last = lastTypeName(node), last != first else {
        return plainName(node)
      }
      return arena.join(erasure(first, in: scope), ".", source.text(last))
    case .arrayType:
      guard let element = node.child(.element) else { return source.text(node) }
      return bracketed(erasure(element, in: scope), dimensionCount(node.child(.dimensions)))
    default: return source.text(node)
    }
  }

  func bracketed(_ text: Text, _ count: Int) -> Text {
    var text = text
    for _ in 0..<min(count, 255) { text = arena.join(text, "[]", .empty) }
    return text
  }

  func typeVariable(_ name: Text, in scope: Scope) -> (TypeVariable, Scope)? {
    var current: Scope? = scope
    while let scope = current {
      if let variable = scope.variables[name] { return (variable, scope) }
      if scope.types[name] != nil || scope.type?.nested[name] != nil { return nil }
      current = scope.parent
    }
    return nil
  }

  /// Declares the type variables of a class or method in `scope`.
  func declareVariables(_ list: Node?, in scope: Scope, of type: TypeInfo?) {
    guard let list else { return }
    let parameters = list.children.filter { $0.kind == .typeParameter }
    for (index, parameter) in parameters.enumerated() {
      guard
        let name = parameter.children.first(where: { $0.kind == .typeIdentifier || $0.kind == .identifier })
      else { continue }
      let bound = parameter.child(of: .typeBound)?.typeChild
      let step = type == nil ? .empty : FileReader.argumentStep(index, of: parameters.count)
      scope.variables[source.text(name)] = TypeVariable(
        bound: bound, step: step, isSelf: isSelf(source.text(name), bound, type))
    }
  }

  /// `B extends Builder<B>` inside `Builder`: a B is whatever the member was asked of.
  private func isSelf(_ name: Text, _ bound: Node?, _ type: TypeInfo?) -> Bool {
    guard let type, let bound, bound.kind == .genericType, let base = bound.typeChild,
      source.text(base) == type.name, let arguments = bound.child(of: .typeArguments)
    else { return false }
    return arguments.children.contains { source.text($0) == name }
  }
}
