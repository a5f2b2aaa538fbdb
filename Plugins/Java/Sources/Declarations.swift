import CodiraAnalyzerKit

extension FileReader {
  /// Reports a type and everything in it.
  func readType(_ type: TypeInfo) {
    let node = type.node
    guard let place = node.child(.name) else { return }
    let outer = scope
    defer { scope = outer }
    var symbol = SymbolDraft(
      kind(of: type), id: type.id, name: type.name, qualifiedName: type.qualifiedName, start: node.start,
      end: node.end, nameStart: place.start, nameEnd: place.end)
    // Without a package a type is a root: the file is no part of its name.
    if type.declaredIn.parent != nil || !packageName.isEmpty { symbol.parent = type.declaredIn.owner }
    symbol.signature = signature(node, end: headEnd(node))
    setModifiers(&symbol, node, type.declaredIn)
    if type.form == .interface || type.form == .annotation { symbol.flags.insert(.abstract) }
    document(&symbol, node)
    let index = output.symbols.count
    output.symbols.append(symbol)
    scope = type.scope
    visitModifiers(node)
    visitVariables(node.child(.typeParameters))
    readSupertypes(node, type)
    output.symbols[index].valueTypes = inheritedArguments(node, type)
    if type.form == .record, let components = node.child(.parameters) { readComponents(components, type) }
    if let body = node.child(.body) { readMembers(body, type) }
    if type.isTest || type.declaredIn.enclosingType?.isTest == true {
      output.symbols[index].flags.insert(.test)
    }
  }

  private func kind(of type: TypeInfo) -> SymbolKind {
    switch type.form {
    case .interface, .annotation: .interface
    case .enumeration: .enum
    default: .class
    }
  }

  private func headEnd(_ node: Node) -> UInt32 { node.child(.body)?.start ?? node.end }

  // MARK: supertypes

  private func readSupertypes(_ node: Node, _ type: TypeInfo) {
    // A type's own members are not seen by what it extends.
    let around = type.declaredIn
    if let superclass = node.child(.superclass)?.typeChild {
      type.superclass = superType(superclass, type, around, .inherits)
    }
    for list in [node.child(.interfaces), node.child(of: .extendsInterfaces)] {
      guard let list else { continue }
      let role: ReferenceRole = list.kind == .extendsInterfaces ? .inherits : .implements
      for entry in list.child(of: .typeList)?.children ?? list.children where entry.isType {
        type.interfaces += Array(superType(entry, type, around, role))
      }
    }
    if let permits = node.child(.permits) { visitTypes(permits) }
  }

  private func superType(_ node: Node, _ type: TypeInfo, _ around: Scope, _ role: ReferenceRole) -> Chains {
    let base = baseType(node)
    let found = typeValue(base, in: around)
    // Its variables are seen; a name that its own members would bring in cannot be its supertype.
    let chains = found.chains.isEmpty ? typeValue(base, in: type.scope).chains : found.chains
    refer(role, nameOfType(base), chains, receiver: receiverText(base))
    visitTypeArguments(node)
    return chains
  }

  /// What the supertypes' arguments say of elements and keys: `extends Base<Foo>` holds a Foo.
  private func inheritedArguments(_ node: Node, _ type: TypeInfo) -> UnsafeBufferPointer<ValuePart> {
    var parts: [ValuePart] = []
    let own = Set(type.scope.variables.values.map(\.step))
    var supers: [Node] = []
    if let superclass = node.child(.superclass)?.typeChild { supers.append(superclass) }
    for list in [node.child(.interfaces), node.child(of: .extendsInterfaces)] {
      guard let list else { continue }
      supers += (list.child(of: .typeList)?.children ?? list.children).filter(\.isType)
    }
    for base in supers where base.kind == .genericType && parts.isEmpty {
      for part in typeValue(base, in: type.scope).parts where !own.contains(part.path[0]) {
        let chains = part.chains.filter { !$0.flags.contains(.receiver) }
        if !chains.isEmpty { parts.append(ValuePart(path: part.path, arena.copy(chains))) }
      }
    }
    return arena.copy(parts)
  }

  // MARK: members

  func readMembers(_ body: Node, _ type: TypeInfo) {
    for member in body.children {
      switch member.kind {
      case .enumBodyDeclarations: readMembers(member, type)
      case .enumConstant: readConstant(member, type)
      case .fieldDeclaration, .constantDeclaration: readField(member, type)
      case .methodDeclaration, .annotationTypeElementDeclaration, .constructorDeclaration,
        .compactConstructorDeclaration:
        readMethod(member, type)
      case .block: readInitializer(member, type, isStatic: false)
      case .staticInitializer: readInitializer(member, type, isStatic: true)
      default:
        if member.isTypeDeclaration {
          if let inner = collected[member] { readType(inner) }
        } else {
          visit(member)
        }
      }
    }
  }

  private func readComponents(_ list: Node, _ type: TypeInfo) {
    for component in list.children {
      guard let parameter = Parameter(component), let name = parameter.name else { continue }
      let text = source.text(name)
      let id = output.ids.define(type.id, .term, text)
      var symbol = fieldSymbol(.field, id, text, name, component, type)
      symbol.visibility = .public
      if let node = parameter.type {
        symbol.valueTypes = valueTypes(
          typeValue(node, parameter.dimensions, isVariadic: parameter.isVariadic, in: type.scope))
      }
      symbol.signature = collapsed(source.text(component), limit: 200)
      output.symbols.append(symbol)
      within(id) {
        visitModifiers(component)
        if let node = parameter.type { visitTypes(node) }
      }
    }
    guard !declaresCanonicalConstructor(type, list) else { return }
    let parameters = readParameters(list, in: type.scope, into: nil)
    let place = type.node.child(.name) ?? type.node
    let id = output.ids.define(type.id, .callable, "<init>", overload: parameters.erasure)
    var symbol = SymbolDraft(
      .constructor, id: id, name: type.name, qualifiedName: arena.join(type.qualifiedName, ".", type.name),
      start: place.start, end: list.end, nameStart: place.start, nameEnd: place.end)
    symbol.parent = type.id
    symbol.signature = collapsed(source.text(place.start, list.end), limit: 300)
    symbol.visibility = .public
    symbol.parametersMin = parameters.min
    symbol.parametersMax = parameters.max
    symbol.hasPayload = false
    output.symbols.append(symbol)
  }

  private func declaresCanonicalConstructor(_ type: TypeInfo, _ components: Node) -> Bool {
    let own = readParameters(components, in: type.scope, into: nil).erasure
    for member in type.node.child(.body)?.children ?? type.node.children {
      if member.kind == .compactConstructorDeclaration { return true }
      if member.kind == .constructorDeclaration, let list = member.child(.parameters),
        readParameters(list, in: type.scope, into: nil).erasure == own
      {
        return true
      }
    }
    return false
  }

  private func fieldSymbol(
    _ kind: SymbolKind, _ id: Text, _ name: Text, _ place: Node, _ whole: Node, _ type: TypeInfo
  ) -> SymbolDraft {
    var symbol = SymbolDraft(
      kind, id: id, name: name, qualifiedName: arena.join(type.qualifiedName, ".", name), start: whole.start,
      end: whole.end, nameStart: place.start, nameEnd: place.end)
    symbol.parent = type.id
    setModifiers(&symbol, whole, type.scope)
    return symbol
  }

  private func readField(_ node: Node, _ type: TypeInfo) {
    let declarators = node.children.filter { $0.kind == .variableDeclarator }
    for (index, declarator) in declarators.enumerated() {
      guard let place = declarator.child(.name), let typeNode = node.child(.type) else { continue }
      let name = source.text(place)
      let id = output.ids.define(type.id, .term, name)
      let isConstant = (node.has(.staticToken) && node.has(.finalToken)) || type.isInterface
      var symbol = fieldSymbol(isConstant ? .constant : .field, id, name, place, node, type)
      if type.isInterface { symbol.flags.insert(.static) }
      if index > 0 {
        symbol.start = declarator.start
        symbol.end = declarator.end
      } else if declarators.count > 1 {
        symbol.end = declarator.end
      }
      let dimensions = declarator.child(.dimensions)
      symbol.valueTypes = valueTypes(typeValue(typeNode, dimensions, in: type.scope))
      symbol.signature = fieldSignature(node, declarator)
      document(&symbol, node)
      output.symbols.append(symbol)
      within(id) {
        if index == 0 {
          visitModifiers(node)
          visitTypes(typeNode)
        }
        if let value = declarator.child(.value) { visit(value, isStored: true) }
      }
    }
  }

  private func readConstant(_ node: Node, _ type: TypeInfo) {
    guard let place = node.child(.name) else { return }
    let name = source.text(place)
    let id = output.ids.define(type.id, .term, name)
    var symbol = fieldSymbol(.enumerator, id, name, place, node, type)
    symbol.visibility = .public
    symbol.flags.insert(.static)
    symbol.valueTypes = arena.copy([ValuePart(arena.chains(Chain(type.id)))])
    symbol.signature = collapsed(source.text(place.start, node.child(.body)?.start ?? node.end), limit: 200)
    document(&symbol, node)
    output.symbols.append(symbol)
    within(id) {
      visitModifiers(node)
      if let arguments = node.child(.arguments) {
        let values = visitArguments(arguments, of: .unknown, "")
        refer(
          .call, place, arena.chains(arena.chain(type.id, "new")), arguments: values,
          argumentCount: Int32(values.count))
      }
    }
    guard let body = node.child(.body) else { return }
    let inner = TypeInfo(
      .constantBody, id: id, name: name, qualifiedName: symbol.qualifiedName, node: node, in: type.scope,
      isLocal: type.scope.isLocal)
    made.append(inner)
    inner.superclass = arena.chains(Chain(type.id))
    collectMembers(body, inner)
    readInner(body, inner)
  }

  /// Reads the members of a class without a declaration of its own.
  func readInner(_ body: Node, _ type: TypeInfo) {
    let outer = scope
    scope = type.scope
    readMembers(body, type)
    scope = outer
  }

  private func readInitializer(_ node: Node, _ type: TypeInfo, isStatic: Bool) {
    let name: Text = isStatic ? "<clinit>" : "<initializer>"
    let id = output.ids.define(type.id, .callable, name)
    var symbol = SymbolDraft(
      .method, id: id, name: name, qualifiedName: arena.join(type.qualifiedName, ".", name),
      start: node.start,
      end: node.end, nameStart: node.start, nameEnd: node.start)
    symbol.parent = type.id
    symbol.signature = isStatic ? "static {…}" : "{…}"
    symbol.visibility = .private
    symbol.parametersMax = 0
    if isStatic { symbol.flags.insert(.static) }
    if isTestFile { symbol.flags.insert(.test) }
    output.symbols.append(symbol)
    let outer = scope
    scope = Scope(type.scope, owner: id, qualifiedName: symbol.qualifiedName, isLocal: true)
    readStatements(isStatic ? node.child(of: .block) ?? node : node)
    scope = outer
  }

  /// Reads what belongs to a symbol without a scope of names.
  func within(_ owner: Text, _ work: () -> Void) {
    let outer = scope
    scope = Scope(outer, owner: owner, qualifiedName: outer.qualifiedName, isLocal: outer.isLocal)
    work()
    scope = outer
  }
}
