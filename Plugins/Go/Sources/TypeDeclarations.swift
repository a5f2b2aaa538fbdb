import CodiraAnalyzerKit

extension FileReader {
  func readTypes(_ node: Node) {
    let isGrouped = isGrouped(node)
    for spec in node.children where spec.kind == .typeSpec || spec.kind == .typeAlias {
      readType(spec, whole: isGrouped ? spec : node)
    }
  }

  /// Whether a declaration has parentheses: then each part stands for itself.
  func isGrouped(_ node: Node) -> Bool {
    if node.child(of: .varSpecList) != nil { return true }
    guard let first = node.firstChild else { return false }
    return source.text(node.start, first.start).firstIndex(of: "(") != nil
  }

  private func readType(_ spec: Node, whole: Node) {
    guard let place = spec.child(.name), let typeNode = spec.child(.type) else { return }
    let name = source.text(place)
    if name == "_" {
      _ = type(typeNode)
      return
    }
    let (isLocal, wasLocal) = (!scope.isEmpty, self.isLocal)
    self.isLocal = isLocal
    defer { self.isLocal = wasLocal }
    let parent = isLocal ? owner : packageID
    let id = output.ids.define(parent, .type, name)
    var symbol = SymbolDraft(
      kind(of: spec, typeNode), id: id, name: name, qualifiedName: arena.join(ownerName, ".", name),
      start: whole.start, end: whole.end, nameStart: place.start, nameEnd: place.end)
    symbol.parent = parent
    symbol.visibility = isLocal ? .private : FileReader.visibility(name)
    if isLocal { symbol.flags.insert(.local) }
    symbol.signature = arena.join("type", " ", signature(type: spec, typeNode))
    document(&symbol, above: whole.start, behind: whole.end)
    let index = output.symbols.count
    output.symbols.append(symbol)
    if isLocal { scope.bind(name, Value(nature: .type, chains: arena.chains(Chain(id)))) }
    within(id, symbol.qualifiedName) {
      scope.open()
      if let parameters = spec.child(.typeParameters) { readTypeParameters(parameters) }
      readBody(of: spec, typeNode, id: id, qualifiedName: symbol.qualifiedName, index: index)
      scope.close()
    }
  }

  private func kind(of spec: Node, _ type: Node) -> SymbolKind {
    switch type.kind {
    case .structType: .struct
    case .interfaceType: .interface
    default: .typeAlias
    }
  }

  /// `T[K any] struct`, `T = U`.
  private func signature(type spec: Node, _ type: Node) -> Text {
    switch type.kind {
    case .structType: arena.join(signature(from: spec.start, to: type.start), " ", "struct")
    case .interfaceType: arena.join(signature(from: spec.start, to: type.start), " ", "interface")
    default: signature(from: spec.start, to: spec.end)
    }
  }

  private func readBody(of spec: Node, _ typeNode: Node, id: Text, qualifiedName: Text, index: Int) {
    switch typeNode.kind {
    case .structType: _ = readFields(typeNode, id: id, qualifiedName: qualifiedName, isType: true)
    case .interfaceType: readInterface(typeNode, id: id, qualifiedName: qualifiedName, isType: true)
    default:
      let value = type(typeNode, in: Container(id: id, qualifiedName: qualifiedName, isDirect: false))
      if spec.kind == .typeAlias, value.shape == nil {
        output.symbols[index].aliases = value.chains
      } else {
        output.symbols[index].valueTypes = valueTypes(value)
      }
    }
  }

  /// Defines the fields of a struct, those of embedded types too; gives what is embedded.
  func readFields(_ node: Node, id: Text, qualifiedName: Text, isType: Bool) -> [Value] {
    var embedded: [Value] = []
    guard let list = node.child(of: .fieldDeclarationList) else { return embedded }
    for field in list.children where field.kind == .fieldDeclaration {
      guard let typeNode = field.child(.type) else { continue }
      var value: Value?
      for name in field.children where name.field == .name {
        let (index, fieldID) = defineField(field, name, typeNode, id: id, qualifiedName: qualifiedName)
        // Fields of one declaration share their type; what it uses is said once.
        if value == nil {
          let container = fieldID.map {
            Container(id: $0, qualifiedName: output.symbols[index!].qualifiedName)
          }
          value = type(typeNode, in: container)
        }
        if let index { output.symbols[index].valueTypes = valueTypes(value!) }
      }
      if value == nil { embedded.append(readEmbedded(field, typeNode, id, qualifiedName, isType: isType)) }
    }
    return embedded
  }

  private func defineField(
    _ field: Node, _ place: Node, _ typeNode: Node, id: Text, qualifiedName: Text
  ) -> (Int?, Text?) {
    let name = source.text(place)
    if name == "_" { return (nil, nil) }
    let fieldID = output.ids.define(id, .term, name)
    var symbol = SymbolDraft(
      .field, id: fieldID, name: name, qualifiedName: arena.join(qualifiedName, ".", name),
      start: field.start, end: field.end, nameStart: place.start, nameEnd: place.end)
    symbol.parent = id
    symbol.visibility = FileReader.visibility(name)
    let type = signature(from: typeNode.start, to: typeNode.end, limit: 200)
    symbol.signature = place.field == .name && place.parent == field ? arena.join(name, " ", type) : type
    if isLocal { symbol.flags.insert(.local) }
    document(&symbol, above: field.start, behind: field.end)
    output.symbols.append(symbol)
    return (output.symbols.count - 1, fieldID)
  }

  private func readEmbedded(
    _ field: Node, _ typeNode: Node, _ id: Text, _ qualifiedName: Text, isType: Bool
  ) -> Value {
    guard let name = embeddedName(typeNode) else { return type(typeNode) }
    let (index, _) = defineField(field, name, typeNode, id: id, qualifiedName: qualifiedName)
    let before = output.references.count
    let value = type(typeNode)
    if let index { output.symbols[index].valueTypes = valueTypes(value) }
    if isType { inherit(value, name, from: before) }
    return value
  }

  /// Turns the type use just reported into an inheritance.
  private func inherit(_ value: Value, _ name: Node, from before: Int) {
    let added = before..<output.references.count
    if let index = added.last(where: { output.references[$0].start == name.start }) {
      output.references[index].role = .inherits
    } else if value.isExternal {
      refer(.inherits, name, value)
    }
  }

  /// Defines the methods of an interface; what it embeds is inherited.
  func readInterface(_ node: Node, id: Text, qualifiedName: Text, isType: Bool) {
    for element in node.children {
      if element.kind == .methodElem {
        readMethodElement(element, id, qualifiedName)
      } else {
        let before = output.references.count
        let value = type(element)
        guard isType, let name = embeddedName(element), isOnlyChild(element) else { continue }
        inherit(value, name, from: before)
      }
    }
  }

  private func isOnlyChild(_ element: Node) -> Bool {
    guard let first = element.firstChild else { return false }
    return first.nextSibling == nil && first.kind != .negatedType
  }

  private func readMethodElement(_ element: Node, _ parent: Text, _ qualifiedName: Text) {
    guard let place = element.child(.name) else { return }
    let name = source.text(place)
    let id = output.ids.define(parent, .callable, name)
    var symbol = SymbolDraft(
      .method, id: id, name: name, qualifiedName: arena.join(qualifiedName, ".", name),
      start: element.start, end: element.end, nameStart: place.start, nameEnd: place.end)
    symbol.parent = parent
    symbol.visibility = FileReader.visibility(name)
    symbol.flags.insert(.abstract)
    if isLocal { symbol.flags.insert(.local) }
    symbol.signature = signature(from: element.start, to: element.end)
    document(&symbol, above: element.start, behind: element.end)
    let index = output.symbols.count
    output.symbols.append(symbol)
    within(id, symbol.qualifiedName) {
      scope.open()
      let callable = readSignature(element)
      output.symbols[index].valueTypes = valueTypes(results: callable.results)
      output.symbols[index].parametersMin = callable.parametersMin
      output.symbols[index].parametersMax = callable.parametersMax
      scope.close()
    }
  }
}
