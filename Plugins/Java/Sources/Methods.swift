import CodiraAnalyzerKit

extension FileReader {
  /// What a list of parameters says: counts, and the types as ids write them.
  struct ParameterList {
    var min: Int32 = 0
    var max: Int32 = 0
    var erasure = Text.empty
  }

  /// Binds the parameters in `body`, where there is one.
  func readParameters(_ list: Node?, in types: Scope, into body: Scope?) -> ParameterList {
    var result = ParameterList()
    guard let list else { return result }
    for child in list.children {
      guard let parameter = Parameter(child), let type = parameter.type else { continue }
      var text = bracketed(erasure(type, in: types), dimensionCount(parameter.dimensions))
      if parameter.isVariadic { text = arena.join(text, "...", .empty) }
      result.erasure = result.max == 0 ? text : arena.join(result.erasure, ",", text)
      result.max += 1
      if !parameter.isVariadic { result.min += 1 }
      guard let body, let name = parameter.name else { continue }
      let outer = scope
      scope = body
      body.locals[source.text(name)] = localized(
        typeValue(type, parameter.dimensions, isVariadic: parameter.isVariadic, in: types))
      visitModifiers(child)
      visitTypes(type)
      scope = outer
    }
    if result.min < result.max { result.max = -1 }
    return result
  }

  func readMethod(_ node: Node, _ type: TypeInfo) {
    guard let place = node.child(.name) else { return }
    let name = source.text(place)
    let isConstructor = node.kind == .constructorDeclaration || node.kind == .compactConstructorDeclaration
    // Type variables first: ids write what bounds them.
    let variables = Scope(type.scope, owner: type.id, qualifiedName: type.qualifiedName, isLocal: true)
    declareVariables(node.child(.typeParameters), in: variables, of: nil)
    let list =
      node.kind == .compactConstructorDeclaration ? type.node.child(.parameters) : node.child(.parameters)
    let signature = readParameters(list, in: variables, into: nil)
    let id = output.ids.define(
      type.id, .callable, isConstructor ? "<init>" : name, overload: signature.erasure)
    var symbol = SymbolDraft(
      isConstructor ? .constructor : .method, id: id, name: name,
      qualifiedName: arena.join(type.qualifiedName, ".", name), start: node.start, end: node.end,
      nameStart: place.start, nameEnd: place.end)
    symbol.parent = type.id
    symbol.parametersMin = signature.min
    symbol.parametersMax = signature.max
    symbol.signature = self.signature(node, end: node.child(.body)?.start ?? node.end)
    setModifiers(&symbol, node, type.scope)
    if type.isInterface, node.child(.body) == nil { symbol.flags.insert(.abstract) }
    if isTestMethod(node) {
      symbol.flags.insert(.test)
      type.isTest = true
    }
    document(&symbol, node)
    let outer = scope
    scope = Scope(variables, owner: id, qualifiedName: symbol.qualifiedName, isLocal: true)
    scope.variables = variables.variables
    if let result = node.child(.type) {
      symbol.valueTypes = valueTypes(typeValue(result, node.child(.dimensions), in: scope))
    }
    output.symbols.append(symbol)
    visitModifiers(node)
    visitVariables(node.child(.typeParameters))
    if let result = node.child(.type) { visitTypes(result) }
    if node.kind == .compactConstructorDeclaration {
      bindComponents(type)
    } else {
      _ = readParameters(list, in: scope, into: scope)
    }
    if let thrown = node.child(of: .throws) { visitTypes(thrown) }
    if let value = node.child(.value) { visit(value) }
    if let body = node.child(.body) { readStatements(body) }
    scope = outer
  }

  private func bindComponents(_ type: TypeInfo) {
    for (name, field) in type.fields {
      guard let node = field.type else { continue }
      scope.locals[name] = localized(
        typeValue(node, field.dimensions, isVariadic: field.isVariadic, in: type.scope))
    }
  }

  private func isTestMethod(_ node: Node) -> Bool {
    guard let modifiers = node.modifiers else { return false }
    return modifiers.children.contains { annotation in
      guard annotation.isAnnotation, let name = annotation.child(.name) else { return false }
      switch lastComponent(plainName(name)) {
      case "Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "TestTemplate", "Property": return true
      default: return false
      }
    }
  }

  /// Visibility and flags, as the modifiers and the place say.
  func setModifiers(_ symbol: inout SymbolDraft, _ node: Node, _ around: Scope) {
    let isInterfaceMember = around.type?.isInterface ?? false
    if node.has(.publicToken) {
      symbol.visibility = .public
    } else if node.has(.protectedToken) {
      symbol.visibility = .protected
    } else if node.has(.privateToken) {
      symbol.visibility = .private
    } else {
      symbol.visibility = isInterfaceMember ? .public : .internal
    }
    if node.has(.staticToken) { symbol.flags.insert(.static) }
    if node.has(.abstractToken) { symbol.flags.insert(.abstract) }
    if around.isLocal { symbol.flags.insert(.local) }
    if isTestFile { symbol.flags.insert(.test) }
    for annotation in node.modifiers?.children ?? node.children where annotation.isAnnotation {
      guard let name = annotation.child(.name) else { continue }
      switch lastComponent(plainName(name)) {
      case "Deprecated": symbol.flags.insert(.deprecated)
      case "Generated": symbol.flags.insert(.generated)
      default: continue
      }
    }
  }
}
