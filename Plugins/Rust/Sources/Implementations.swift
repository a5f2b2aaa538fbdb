import CodiraAnalyzerKit

extension FileReader {
  /// `impl Type { … }` and `impl Trait for Type { … }`.
  ///
  /// What stands in the first belongs to the type itself; the second extends the type by its own members and
  /// by
  /// what the trait provides. An implementation for every type with a bound extends the bound's trait.
  func readImplementation(_ node: Node, _ attributes: Attributes) {
    guard let typeNode = node.type else { return }
    let traitNode = node.child(.trait)
    let id = identity(node, typeNode, traitNode)
    let outer = scope
    let parameters = Scope(
      .type, parent: outer, owner: outer.owner, id: id, qualifiedName: outer.qualifiedName)
    readTypeParameters(node, into: parameters)
    scope = parameters
    let typeName = baseName(typeNode)
    let selfType = selfValue(typeNode)
    let type = selfType.chains.first.flatMap { typeID($0) }
    scope = outer
    let isOwn = traitNode == nil && type != nil
    let owner = isOwn ? outer.owner : id
    let inner = Scope(
      .type, parent: parameters, owner: owner, id: id, container: isOwn ? type : id,
      qualifiedName: qualifiedName(of: type, typeName))
    inner.selfType = type == nil && selfType.isExternal ? Value(chains: arena.chains(Chain(id))) : selfType
    inner.isPublic = traitNode != nil
    scope = inner
    let index = output.symbols.count
    if !isOwn, extensions.insert(id).inserted {
      output.symbols.append(extensionSymbol(node, attributes, id, parent: type ?? outer.container, typeNode))
    }
    if let traitNode {
      let trait = typeValue(traitNode, role: .implements)
      inner.types["Self"] = nil
      if let body = node.child(.body), index < output.symbols.count, output.symbols[index].id == id {
        output.symbols[index].valueTypes = given(by: traitNode, body, trait)
      }
    }
    typeValue(typeNode)
    if let body = node.child(.body) { readItems(body) }
    scope = outer
  }

  /// The value of the type, without reporting anything: its references belong to the block that is defined
  /// later.
  private func selfValue(_ node: Node) -> Value {
    let count = output.references.count
    defer { output.references.removeSubrange(count...) }
    return typeValue(node)
  }

  private func identity(_ node: Node, _ type: Node, _ trait: Node?) -> Text {
    var id = output.ids.id(scope.id, .type, "impl")
    id = output.ids.id(id, .typeParameter, written(type))
    guard let trait else { return id }
    let name = written(trait)
    return output.ids.id(id, .typeParameter, isNegative(node, trait) ? arena.join("!", "", name) : name)
  }

  /// `impl !Trait for Type`.
  private func isNegative(_ node: Node, _ trait: Node) -> Bool {
    source.text(node.start, trait.start).trimmed.hasSuffix("!")
  }

  /// `Error` of `de::Error<'a>`, `&mut Error`.
  private func baseName(_ node: Node) -> Text {
    for part in node.descendants where part.kind == .typeIdentifier || part.kind == .primitiveType {
      if part.parent?.kind == .scopedTypeIdentifier, part.field == .path { continue }
      return source.text(part)
    }
    return written(node)
  }

  private func qualifiedName(of type: Text?, _ name: Text) -> Text {
    arena.join(scope.qualifiedName, "::", name)
  }

  /// The id of the type that a chain leads to, if its names are modules down to the last.
  private func typeID(_ chain: Chain) -> Text? {
    guard !chain.isExternal, !chain.root.isEmpty else { return nil }
    guard let last = chain.members.last else { return chain.root.hasSuffix("#") ? chain.root : nil }
    guard chain.root.hasSuffix("/") else { return nil }
    let folder = chain.members.dropLast().reduce(chain.root) { output.ids.id($0, .namespace, $1) }
    return output.ids.id(folder, .type, last)
  }

  private func extensionSymbol(_ node: Node, _ attributes: Attributes, _ id: Text, parent: Text, _ type: Node)
    -> SymbolDraft
  {
    var name = arena.join("impl", " ", written(type))
    if let trait = node.child(.trait) {
      let word: Text = isNegative(node, trait) ? "impl !" : "impl "
      name = arena.join(arena.join(word, "", written(trait)), " for ", written(type))
    }
    var symbol = SymbolDraft(
      .extension, id: id, name: name, qualifiedName: arena.join(scope.qualifiedName, "::", name),
      start: attributes.start ?? node.start, end: node.end, nameStart: type.start, nameEnd: type.end)
    if let outer = scope.parent?.parent { symbol.qualifiedName = arena.join(outer.qualifiedName, "::", name) }
    symbol.parent = parent
    symbol.visibility = .public
    symbol.signature = signature(node.start, node.child(.body)?.start ?? node.end)
    setDocumentation(&symbol, node, attributes)
    if scope.isTest || attributes.isTest { symbol.flags.insert(.test) }
    if scope.isLocal { symbol.flags.insert(.local) }
    return symbol
  }

  /// What an implementation says that the type gives: elements of iterators, targets of pointers.
  private func given(by trait: Node, _ body: Node, _ value: Value) -> UnsafeBufferPointer<ValuePart> {
    let none = UnsafeBufferPointer<ValuePart>(start: nil, count: 0)
    let wanted: (name: Text, step: Text)
    switch baseName(trait) {
    case "Deref": wanted = ("Target", "*")
    case "Iterator", "IntoIterator": wanted = ("Item", "[]")
    case "Future", "IntoFuture": wanted = ("Output", "()")
    case "Index": wanted = ("Output", "[]")
    default: return none
    }
    for item in body.children where item.kind == .typeItem {
      guard let name = item.child(.name), source.text(name) == wanted.name, let type = item.type else {
        continue
      }
      return parts([(wanted.step, selfValue(type))])
    }
    return none
  }

  func readTrait(_ node: Node, _ attributes: Attributes) {
    guard let symbol = draft(.trait, .type, node, attributes) else { return }
    let inner = Scope(
      .type, parent: scope, owner: symbol.id, id: symbol.id, qualifiedName: symbol.qualifiedName)
    inner.selfType = Value(chains: arena.chains(Chain(symbol.id)))
    inner.isPublic = true
    inner.isTrait = true
    readTypeParameters(node, into: inner)
    output.symbols.append(symbol)
    let outer = scope
    scope = inner
    if let bounds = node.child(.bounds) { self.bounds(bounds, .inherits) }
    if let body = node.child(.body) { readItems(body) }
    scope = outer
  }
}
