import CodiraAnalyzerKit

extension FileReader {
  /// An object literal: its members are those of the symbol it is the value of, else of a shape without a name.
  func visitObject(
    _ node: Node, under: (id: Text, qualifiedName: Text)?, returnedBy: FunctionResults?,
    expected: Value
  )
    -> Value
  {
    var under = under
    if under == nil, let results = returnedBy, !results.id.isEmpty,
      let index = results.symbol
    {
      under = (results.id, output.symbols[index].qualifiedName)
    }
    guard let (id, qualifiedName) = under else { return visitShape(node, expected) }
    let outer = scope
    // What a function returns is seen from outside it.
    let inner = Scope(
      .block, in: outer, id: id, qualifiedName: qualifiedName,
      isLocal: returnedBy == nil ? nil : false)
    inner.receiver = Value(nature: .receiver, chains: arena.chains(Chain(id)))
    inner.type = nil
    scope = inner
    defer { scope = outer }
    var spread = Value.unknown
    let count = output.symbols.count
    defer {
      if let returnedBy {
        returnedBy.members += (count..<output.symbols.count).filter {
          output.symbols[$0].parent == id
        }
      }
    }
    for child in node.children {
      switch child.kind {
      case .pair: readPair(child, expected)
      case .methodDefinition: readMethod(child, of: expected)
      case .shorthandProperty: readShorthand(child, outer)
      case .spreadElement: spread = either(spread, visit(child))
      default: visit(child)
      }
    }
    if under != nil, returnedBy != nil { return spread }
    return Value(nature: spread.nature, chains: spread.chains)
  }

  private func readPair(_ node: Node, _ object: Value) {
    guard let key = node.child(.key), let value = node.child(.value) else { return }
    guard let name = propertyName(key) else {
      visit(key)
      visit(value, isStored: true, expected: expected(nil, of: object))
      return
    }
    let inner = unwrapped(value)
    let expected = expected(name, of: object)
    switch inner.kind {
    case .arrowFunction, .functionExpression, .generatorFunction:
      define(
        function: inner, name: name, place: key, whole: node, kind: .method, expected: expected)
    case .classExpression:
      let id = output.ids.define(scope.id, .type, name)
      readClass(inner, id: id, name: name, place: key, whole: node)
    default:
      let id = output.ids.define(scope.id, .term, name)
      let outer = scope
      scope = Scope(.block, in: outer)
      defineVariable(
        id: id, name: name, place: key, whole: node, kind: .field, type: nil, value: value,
        expected: expected)
      scope = outer
      // A member's name binds nothing.
      outer.bindings[name] = nil
    }
  }

  private func readShorthand(_ node: Node, _ outer: Scope) {
    let name = source.text(node)
    let value = visit(node, isStored: true)
    let id = output.ids.define(scope.id, .term, name)
    var symbol = draft(.field, id: id, name: name, place: node, whole: node)
    symbol.signature = name
    symbol.valueTypes = valueTypes(value)
    symbol.flags.remove(.local)
    add(symbol)
  }

  private func visitShape(_ node: Node, _ object: Value) -> Value {
    let shape = Shape()
    let outer = scope
    let inner = Scope(.block, in: outer, isLocal: true)
    inner.receiver = Value(nature: .instance, shape: shape)
    inner.type = nil
    scope = inner
    defer { scope = outer }
    for child in node.children {
      switch child.kind {
      case .pair:
        guard let key = child.child(.key), let value = child.child(.value) else { continue }
        let name = propertyName(key)
        if name == nil { visit(key) }
        let known = visit(value, isStored: true, expected: expected(name, of: object))
        if let name { shape.members[name] = known }
      case .methodDefinition: visitMethod(child, shape, object)
      case .shorthandProperty: shape.members[source.text(child)] = visit(child, isStored: true)
      default: visit(child)
      }
    }
    return Value(nature: .instance, shape: shape)
  }

  /// A method of an object that has no name.
  private func visitMethod(_ node: Node, _ shape: Shape, _ object: Value) {
    let name = node.child(.name).flatMap { propertyName($0) }
    if name == nil, let place = node.child(.name) { for child in place.children { visit(child) } }
    let value = visitFunction(
      node, receiver: scope.receiver, expected: expected(name, of: object))
    if let name { shape.members[name] = value }
  }
}
