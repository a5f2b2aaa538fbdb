import CodiraAnalyzerKit

extension FileReader {
  /// Binds the names of the items in a module or block, so that each may use all.
  func bindItems(_ body: Node) {
    for child in body.children {
      switch child.kind {
      case .structItem, .enumItem, .unionItem, .traitItem, .typeItem: bind(child, .type, isType: true)
      case .modItem: bind(child, .namespace, isType: true)
      case .functionItem, .functionSignatureItem: bind(child, .callable, isType: false)
      case .constItem, .staticItem: bind(child, .term, isType: false)
      case .macroDefinition: bindMacro(child)
      case .foreignModItem: if let body = child.child(.body) { bindItems(body) }
      case .useDeclaration: if let argument = child.child(.argument) { bindUse(argument) }
      case .externCrateDeclaration: bindCrate(child)
      default: break
      }
    }
  }

  private func bind(_ node: Node, _ kind: DescriptorKind, isType: Bool) {
    guard let place = node.child(.name) else { return }
    let name = FileReader.plain(source.text(place))
    let value = Value(chains: arena.chains(Chain(output.ids.id(scope.id, kind, name))))
    bind(name, Binding(kind: .item, value: value), isType: isType)
  }

  /// A second binding of a name under another `cfg` is one more possibility.
  func bind(_ name: Text, _ binding: Binding, isType: Bool) {
    var isType = isType
    if isType, let earlier = scope.types[name], earlier.kind != binding.kind {
      // A module and what is imported from it may share a name: then the import is no module.
      if binding.kind == .imported {
        isType = false
      } else {
        scope.values[name] = scope.values[name] ?? earlier
      }
      if isType { scope.types[name] = nil }
    }
    let earlier = isType ? scope.types[name] : scope.values[name]
    var binding = binding
    if let earlier, !earlier.value.chains.elementsEqual(binding.value.chains) {
      binding.value.chains =
        earlier.value.isExternal
        ? join(binding.value.chains, earlier.value.chains) : join(earlier.value.chains, binding.value.chains)
    }
    if isType { scope.types[name] = binding } else { scope.values[name] = binding }
  }

  private func bindMacro(_ node: Node) {
    guard let place = node.child(.name) else { return }
    let name = source.text(place)
    if scope.macros[name] == nil { scope.macros[name] = output.ids.id(scope.id, .macro, name) }
  }

  /// The items of a module, a block, a trait or an implementation, each with its attributes.
  func readItems(_ body: Node) {
    var attributes = Attributes(from: body.start)
    for child in body.children {
      if child.isAttribute {
        if child.kind == .attributeItem { note(child, in: &attributes) }
        continue
      }
      readItem(child, attributes)
      attributes = Attributes(from: child.end)
    }
  }

  /// Whether a statement of a block defines something.
  func isItem(_ node: Node) -> Bool {
    switch node.kind {
    case .structItem, .enumItem, .unionItem, .traitItem, .typeItem, .modItem, .functionItem,
      .functionSignatureItem, .constItem, .staticItem, .macroDefinition, .foreignModItem, .useDeclaration,
      .externCrateDeclaration, .implItem, .associatedType:
      true
    default: false
    }
  }

  func readItem(_ node: Node, _ attributes: Attributes) {
    switch node.kind {
    case .functionItem, .functionSignatureItem: readFunction(node, attributes)
    case .structItem, .unionItem: readStruct(node, attributes)
    case .enumItem: readEnum(node, attributes)
    case .traitItem: readTrait(node, attributes)
    case .implItem: readImplementation(node, attributes)
    case .modItem: readInlineModule(node, attributes)
    case .constItem, .staticItem: readConstant(node, attributes)
    case .typeItem, .associatedType: readTypeAlias(node, attributes)
    case .macroDefinition: readMacro(node, attributes)
    case .useDeclaration: readUse(node, attributes)
    case .externCrateDeclaration: readCrate(node, attributes)
    case .foreignModItem: if let body = node.child(.body) { readItems(body) }
    case .macroInvocation: visit(node)
    case .expressionStatement, .error:
      if scope.kind == .module || scope.kind == .type {
        for child in node.children where isItem(child) || child.kind == .macroInvocation {
          readItem(child, attributes)
        }
      }
    default: break
    }
  }

  // MARK: symbols

  /// The symbol of an item; nil where it has no name.
  func draft(
    _ kind: SymbolKind, _ descriptor: DescriptorKind, _ node: Node, _ attributes: Attributes,
    parent: Text? = nil
  ) -> SymbolDraft? {
    guard let place = node.child(.name) else { return nil }
    let name = FileReader.plain(source.text(place))
    guard name != "_" else { return nil }
    let id = output.ids.define(parent ?? scope.id, descriptor, name)
    var symbol = SymbolDraft(
      kind, id: id, name: name, qualifiedName: arena.join(scope.qualifiedName, "::", name),
      start: attributes.start ?? node.start, end: node.end, nameStart: place.start, nameEnd: place.end)
    symbol.parent = parent ?? scope.container
    symbol.visibility = visibility(node)
    symbol.signature = signature(node.start, node.child(.body)?.start ?? node.end)
    setDocumentation(&symbol, node, attributes)
    if scope.isLocal { symbol.flags.insert(.local) }
    if scope.isTest || attributes.isTest { symbol.flags.insert(.test) }
    if attributes.isDeprecated { symbol.flags.insert(.deprecated) }
    return symbol
  }

  func setDocumentation(_ symbol: inout SymbolDraft, _ node: Node, _ attributes: Attributes) {
    if let documentation = outerDocumentation(from: attributes.from, to: node.start) {
      symbol.documentation = documentation.text
    } else if let text = attributes.documentation {
      symbol.documentation = text
    }
  }

  func visibility(_ node: Node) -> Visibility {
    guard let modifier = node.child(of: .visibilityModifier) else {
      return scope.isPublic ? .public : .internal
    }
    return source.text(modifier) == "pub" ? .public : .internal
  }

  // MARK: types

  func readStruct(_ node: Node, _ attributes: Attributes) {
    guard var symbol = draft(node.kind == .unionItem ? .union : .struct, .type, node, attributes) else {
      return
    }
    let inner = Scope(
      .type, parent: scope, owner: symbol.id, id: symbol.id, qualifiedName: symbol.qualifiedName)
    inner.selfType = Value(chains: arena.chains(Chain(symbol.id)))
    readTypeParameters(node, into: inner)
    let index = output.symbols.count
    output.symbols.append(symbol)
    readDerives(attributes, owner: symbol.id)
    let outer = scope
    scope = inner
    if let body = node.child(.body) { symbol.valueTypes = readFields(body) }
    scope = outer
    output.symbols[index].valueTypes = symbol.valueTypes
    if node.child(.body)?.kind == .orderedFieldDeclarationList {
      output.symbols[index].signature = signature(node.start, node.end)
    }
  }

  /// Named fields become symbols of the type at hand; those without a name are parts of it.
  func readFields(_ body: Node) -> UnsafeBufferPointer<ValuePart> {
    guard body.kind == .fieldDeclarationList else { return readPositions(body) }
    var attributes = Attributes(from: body.start)
    for field in body.children {
      if field.isAttribute {
        note(field, in: &attributes)
        continue
      }
      defer { attributes = Attributes(from: field.end) }
      guard field.kind == .fieldDeclaration, var symbol = draft(.field, .term, field, attributes) else {
        continue
      }
      let value = field.type.map { typeValue($0) } ?? .unknown
      symbol.valueTypes = valueTypes(value)
      fields[scope.id, default: [:]][symbol.name] = value
      output.symbols.append(symbol)
    }
    return UnsafeBufferPointer(start: nil, count: 0)
  }

  private func readPositions(_ body: Node) -> UnsafeBufferPointer<ValuePart> {
    var inner: [(step: Text, value: Value)] = []
    for type in body.children
    where type.field == .type || (type.kind != .visibilityModifier && !type.isAttribute) {
      let place = Text.place(inner.count)
      let value = typeValue(type)
      inner.append((place, value))
      fields[scope.id, default: [:]][place] = value
    }
    return parts(inner)
  }

  func readEnum(_ node: Node, _ attributes: Attributes) {
    guard let symbol = draft(.enum, .type, node, attributes) else { return }
    let inner = Scope(
      .type, parent: scope, owner: symbol.id, id: symbol.id, qualifiedName: symbol.qualifiedName)
    inner.selfType = Value(chains: arena.chains(Chain(symbol.id)))
    inner.isPublic = symbol.visibility == .public
    readTypeParameters(node, into: inner)
    output.symbols.append(symbol)
    readDerives(attributes, owner: symbol.id)
    guard let body = node.child(.body) else { return }
    let outer = scope
    scope = inner
    defer { scope = outer }
    var variantAttributes = Attributes(from: body.start)
    for variant in body.children {
      if variant.isAttribute {
        note(variant, in: &variantAttributes)
        continue
      }
      if variant.kind == .enumVariant { readVariant(variant, variantAttributes, of: inner) }
      variantAttributes = Attributes(from: variant.end)
    }
  }

  private func readVariant(_ node: Node, _ attributes: Attributes, of type: Scope) {
    guard var symbol = draft(.enumerator, .term, node, attributes) else { return }
    symbol.signature = signature(node.start, node.end)
    let index = output.symbols.count
    output.symbols.append(symbol)
    let inner = Scope(
      .type, parent: type, owner: symbol.id, id: symbol.id, qualifiedName: symbol.qualifiedName)
    inner.isPublic = type.isPublic
    scope = inner
    let parts = node.child(.body).map { readFields($0) }
    if let value = node.child(.value) { visit(value) }
    scope = type
    symbol.valueTypes = valueTypes(type.selfType ?? .unknown, parts.map(Array.init) ?? [])
    output.symbols[index].valueTypes = symbol.valueTypes
  }

  func readTypeAlias(_ node: Node, _ attributes: Attributes) {
    guard var symbol = draft(.typeAlias, .type, node, attributes) else { return }
    symbol.signature = signature(node.start, node.end)
    let inner = Scope(
      .type, parent: scope, owner: symbol.id, id: symbol.id, qualifiedName: symbol.qualifiedName)
    readTypeParameters(node, into: inner)
    let outer = scope
    scope = inner
    if let type = node.type {
      let value = typeValue(type)
      if value.isExternal || !value.parts.isEmpty {
        symbol.valueTypes = valueTypes(value)
      } else {
        symbol.aliases = value.chains
      }
    }
    if let bounds = node.child(.bounds) { self.bounds(bounds, .inherits) }
    scope = outer
    output.symbols.append(symbol)
  }

  // MARK: values

  func readConstant(_ node: Node, _ attributes: Attributes) {
    let symbol = draft(node.kind == .constItem ? .constant : .variable, .term, node, attributes)
    let owner = symbol?.id ?? scope.owner
    let inner = Scope(
      .block, parent: scope, owner: owner, id: owner,
      qualifiedName: symbol?.qualifiedName ?? scope.qualifiedName)
    let outer = scope
    scope = inner
    let value = node.type.map { typeValue($0) } ?? .unknown
    scope = outer
    if let initial = node.child(.value) { pending.append(PendingBody(node: initial, scope: inner)) }
    guard var symbol else { return }
    symbol.valueTypes = valueTypes(value)
    symbol.signature = collapsed(source.text(node), limit: 160)
    if scope.kind == .type { symbol.flags.insert(.static) }
    if scope.kind != .block { fields[scope.container, default: [:]][symbol.name] = value }
    output.symbols.append(symbol)
  }

  func readMacro(_ node: Node, _ attributes: Attributes) {
    let parent = attributes.isExported ? crateID : scope.id
    guard var symbol = draft(.macro, .macro, node, attributes, parent: parent) else { return }
    symbol.visibility = attributes.isExported ? .public : .internal
    symbol.signature = arena.join("macro_rules!", " ", symbol.name)
    scope.macros[symbol.name] = output.ids.id(parent, .macro, symbol.name)
    output.symbols.append(symbol)
  }
}
