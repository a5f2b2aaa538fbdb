import CodiraAnalyzerKit

extension FileReader {
  func readFunction(_ node: Node) {
    guard let place = node.child(.name), source.text(place) != "_" else {
      readUnnamed(node)
      return
    }
    let name = source.text(place)
    let id = output.ids.define(packageID, .callable, name)
    define(
      node, place, .function, id: id, parent: packageID, qualifiedName: arena.join(packageName, ".", name))
  }

  /// A method's id comes from its receiver's type alone, whatever file declares that.
  func readMethod(_ node: Node) {
    guard let place = node.child(.name), source.text(place) != "_", let receiver = node.child(.receiver),
      let type = receiverType(receiver)
    else {
      readUnnamed(node)
      return
    }
    let name = source.text(place)
    let parent = output.ids.id(packageID, .type, type)
    let id = output.ids.define(parent, .callable, name)
    let qualifiedName = arena.join(arena.join(packageName, ".", type), ".", name)
    define(node, place, .method, id: id, parent: parent, qualifiedName: qualifiedName)
  }

  /// The name of the type in `(r *T[K])`.
  func receiverType(_ receiver: Node) -> Text? {
    receiver.descendants.first { $0.kind == .typeIdentifier }.map { source.text($0) }
  }

  private func define(
    _ node: Node, _ place: Node, _ kind: SymbolKind, id: Text, parent: Text, qualifiedName: Text
  ) {
    let name = source.text(place)
    var symbol = SymbolDraft(
      kind, id: id, name: name, qualifiedName: qualifiedName, start: node.start, end: node.end,
      nameStart: place.start, nameEnd: place.end)
    symbol.parent = parent
    symbol.visibility = FileReader.visibility(name)
    symbol.signature = signature(from: node.start, to: (node.child(.body)?.start ?? node.end))
    document(&symbol, above: node.start)
    let index = output.symbols.count
    output.symbols.append(symbol)
    within(id, qualifiedName) {
      scope.open()
      let callable = readSignature(node)
      output.symbols[index].valueTypes = valueTypes(results: callable.results)
      output.symbols[index].parametersMin = callable.parametersMin
      output.symbols[index].parametersMax = callable.parametersMax
      if let body = node.child(.body) { readBlock(body) }
      scope.close()
    }
  }

  /// `func _()`: no symbol, but what it calls counts.
  private func readUnnamed(_ node: Node) {
    scope.open()
    _ = readSignature(node)
    if let body = node.child(.body) { readBlock(body) }
    scope.close()
  }

  struct CallableSignature {
    var results: [Value] = []
    var parametersMin: Int32 = 0
    var parametersMax: Int32 = 0
  }

  /// Binds receiver, type parameters, parameters and named results in the open block.
  func readSignature(_ node: Node) -> CallableSignature {
    var signature = CallableSignature()
    if let parameters = node.child(.typeParameters) { readTypeParameters(parameters) }
    if let receiver = node.child(.receiver) { readReceiver(receiver) }
    if let parameters = node.child(.parameters) {
      for parameter in parameters.children {
        let isVariadic = parameter.kind == .variadicParameter
        let count = max(1, Int32(readParameter(parameter, isVariadic: isVariadic).count))
        if isVariadic {
          signature.parametersMax = -1
        } else {
          signature.parametersMin += count
          if signature.parametersMax >= 0 { signature.parametersMax += count }
        }
      }
    }
    guard let result = node.child(.result) else { return signature }
    if result.kind == .parameterList {
      for parameter in result.children { signature.results += readParameter(parameter, isVariadic: false) }
    } else {
      signature.results = [type(result)]
    }
    return signature
  }

  private func readReceiver(_ list: Node) {
    for parameter in list.children {
      guard let node = parameter.child(.type) else { continue }
      // The names in `T[K, V]` are the method's own.
      for argument in node.descendants where argument.kind == .typeElem {
        if let name = argument.firstChild { scope.bind(source.text(name), Value(nature: .type)) }
      }
      guard let name = node.descendants.first(where: { $0.kind == .typeIdentifier }) else { continue }
      let value = Value(nature: .declared, chains: lookUp(source.text(name)).chains)
      for place in parameter.children where place.field == .name { scope.bind(source.text(place), value) }
    }
  }

  /// One value for each name, or one for none.
  private func readParameter(_ node: Node, isVariadic: Bool) -> [Value] {
    guard let typeNode = node.child(.type) else { return [] }
    var value = type(typeNode)
    if isVariadic { value = Value(shape: Shape(element: value)) }
    var values: [Value] = []
    for name in node.children where name.field == .name {
      scope.bind(source.text(name), value.isKnown ? value : .local)
      values.append(value)
    }
    return values.isEmpty ? [value] : values
  }

  func readTypeParameters(_ list: Node) {
    // Constraints may name later parameters.
    for declaration in list.children {
      for name in declaration.children where name.field == .name {
        scope.bind(source.text(name), Value(nature: .type))
      }
    }
    for declaration in list.children {
      guard let constraint = declaration.child(.type) else { continue }
      let value = type(constraint)
      guard value.isKnown else { continue }
      for name in declaration.children where name.field == .name {
        scope.bind(source.text(name), Value(nature: .type, chains: value.chains, shape: value.shape))
      }
    }
  }
}
