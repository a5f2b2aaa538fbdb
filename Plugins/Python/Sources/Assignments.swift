import CodiraAnalyzerKit

extension FileReader {
  /// `a = b = value`, `a: Type = value`, `a: Type`.
  func readAssignment(_ node: Node) {
    var targets: [Node] = []
    var type: Node?
    var right: Node?
    var assignment: Node? = node
    while let current = assignment {
      if let left = current.child(.left) { targets.append(left) }
      type = type ?? current.child(.type)
      right = current.child(.right)
      assignment = right?.kind == .assignment ? right : nil
    }
    if targets.count == 1, targets[0].kind == .identifier, source.text(targets[0]) == "__all__",
      scope.kind == .module
    {
      readExports(right, adds: false)
    }
    let owner = ownerOfVariable(node, targets)
    let outer = scope
    if let owner { scope = owner }
    let declared = type.map { annotation($0) } ?? .unknown
    let isAlias = type.map { isTypeAlias($0) } ?? false
    var value = right.map { isAlias ? annotation($0) : visit($0, isStored: true) } ?? .unknown
    scope = outer
    if declared.isKnown, !isAlias { value = declared }
    for target in targets {
      assign(target, value, node: node, type: type, right: right)
    }
  }

  func readAugmentedAssignment(_ node: Node) {
    guard let left = node.child(.left), let right = node.child(.right) else { return }
    if left.kind == .identifier, source.text(left) == "__all__", scope.kind == .module {
      readExports(right, adds: true)
    }
    visit(left)
    visit(right, isStored: true)
  }

  /// Names listed in `__all__`, in a list, tuple or sum of such.
  private func readExports(_ node: Node?, adds: Bool) {
    guard let node else { return }
    var exports = adds ? self.exports ?? [] : []
    for string in node.descendants where string.kind == .stringContent { exports.insert(source.text(string)) }
    self.exports = exports
  }

  /// A scope whose owner is the variable that a single plain assignment in a module or class defines: what its
  /// value refers to belongs to it.
  private func ownerOfVariable(_ node: Node, _ targets: [Node]) -> Scope? {
    guard scope.kind == .module || scope.kind == .type, targets.count == 1, targets[0].kind == .identifier,
      node.parent?.kind == .expressionStatement
    else { return nil }
    let name = source.text(targets[0])
    if isForgotten(name, node.child(.right)) || isWrapped(name, node.child(.right)) { return nil }
    let id = output.ids.next(scope.id, .term, name)
    let owner = Scope(
      .comprehension, parent: scope, owner: id, id: scope.id, qualifiedName: scope.qualifiedName,
      type: scope.type,
      isLocal: scope.isLocal)
    return owner
  }

  /// `name = None` beside an import or definition of that name defines nothing.
  private func isForgotten(_ name: Text, _ right: Node?) -> Bool {
    guard right?.kind == Python.Kind.none, let earlier = scope.bindings[name] else { return false }
    return earlier.kind != .variable && earlier.kind != .local
  }

  /// `name = wrap(name)` is a decorator written out: the definition above goes on.
  private func isWrapped(_ name: Text, _ right: Node?) -> Bool {
    guard let kind = scope.bindings[name]?.kind, kind == .function || kind == .type else { return false }
    guard right?.kind == .call else { return false }
    var value = right
    while let call = value, call.kind == .call { value = call.child(.arguments)?.firstChild }
    return value.map { $0.kind == .identifier && source.text($0) == name } ?? false
  }

  private func assign(
    _ target: Node, _ value: Value, node: Node, type: Node?, right: Node?
  ) {
    switch target.kind {
    case .identifier:
      assign(name: target, value, node: node, type: type, right: right)
    case .attribute:
      visit(target)
      if !assign(attribute: target, value, node: node, type: type) {
        assign(outside: target, value, node: node, type: type)
      }
    case .patternList, .tuplePattern, .listPattern, .expressionList:
      let values = right.flatMap { isDisplay($0) ? $0.children.map { $0 } : nil }
      for (index, child) in target.children.enumerated() {
        let part: Value =
          values != nil && values!.count <= index ? .unknown : step(value, Text.place(index))
        assign(child, part, node: node, type: nil, right: nil)
      }
    case .listSplatPattern:
      for child in target.children { assign(child, .unknown, node: node, type: nil, right: nil) }
    default: visit(target)
    }
  }

  private func isDisplay(_ node: Node) -> Bool {
    node.kind == .expressionList || node.kind == .tuple || node.kind == .list
  }

  private func assign(name node: Node, _ value: Value, node statement: Node, type: Node?, right: Node?) {
    let name = source.text(node)
    let isModuleOrType = scope.kind == .module || scope.kind == .type
    if scope.globals.contains(name) { return assign(global: node, value, statement, type, right) }
    guard isModuleOrType, !scope.foreign.contains(name) else {
      if right?.kind == Python.Kind.none, let earlier = scope.bindings[name], earlier.value.isKnown { return }
      if right == nil, type != nil, !value.isKnown { return }
      bind(node, value)
      return
    }
    if isForgotten(name, right) || isWrapped(name, right) { return }
    let id = output.ids.define(scope.id, .term, name)
    let kind = kindOfVariable(name, type: type, right: right)
    var symbol = SymbolDraft(
      kind, id: id, name: name, qualifiedName: arena.join(scope.qualifiedName, ".", name),
      start: statement.start,
      end: statement.end, nameStart: node.start, nameEnd: node.end)
    symbol.parent = scope.id
    symbol.signature = signature(variable: node, type: type, right: right)
    symbol.visibility = visibility(name)
    symbol.valueTypes = valueTypes(value)
    if scope.kind == .type, kind != .field, kind != .enumerator { symbol.flags.insert(.static) }
    if scope.isLocal {
      symbol.flags.insert(.local)
      symbol.hasPayload = false
    }
    if module.isStub { symbol.flags.insert(.declarationOnly) }
    if kind == .typeAlias, value.nature != .external {
      symbol.aliases = value.chains
    } else if kind != .enumerator {
      symbol.aliases = alias(right, value)
    }
    symbol.documentation = documentation(ofAssignment: statement)
    if scope.kind == .module { variables[name] = output.symbols.count }
    if scope.kind == .type {
      scope.type?.fields[name] = .init(symbol: output.symbols.count, isDeclared: type != nil)
    }
    output.symbols.append(symbol)
    bind(name, Binding(kind: .variable, value: variableValue(id, name, value)))
  }

  /// What is known of a variable, else the variable itself: another file may know more.
  private func variableValue(_ id: Text, _ name: Text, _ value: Value) -> Value {
    value.isKnown ? value : Value(nature: .member, chains: arena.chains(Chain(id)))
  }

  private func isTypeAlias(_ type: Node) -> Bool {
    let text = source.text(type)
    return text == "TypeAlias" || text.hasSuffix(".TypeAlias")
  }

  private func kindOfVariable(_ name: Text, type: Node?, right: Node?) -> SymbolKind {
    if let type, isTypeAlias(type) { return .typeAlias }
    if scope.kind == .type, let info = scope.type {
      if info.isEnumeration, type == nil, right != nil, !name.hasPrefix("_") { return .enumerator }
      if info.isRecord, type != nil { return .field }
    }
    return FileReader.isConstantName(name) ? .constant : .variable
  }

  /// What `name = other` is another name of: calling it calls the other.
  func alias(_ right: Node?, _ value: Value) -> Chains {
    guard let right, value.chains.first?.isExternal == false else { return .none }
    switch (right.kind, value.nature) {
    case (.identifier, .object), (.identifier, .member), (.attribute, .object), (.attribute, .member),
      (.call, .object), (.call, .member), (_, .receiverType):
      return value.chains
    default: return .none
    }
  }

  /// `self.name = value` in a method defines a field of the class; false for anything else.
  private func assign(attribute target: Node, _ value: Value, node: Node, type: Node?) -> Bool {
    guard let info = scope.type, let object = target.child(.object), let place = target.child(.attribute),
      object.kind == .identifier, let binding = lookUp(source.text(object)),
      binding.value.nature == .receiver || binding.value.nature == .receiverType, binding.kind == .parameter
    else { return false }
    let name = source.text(place)
    if let field = info.fields[name] {
      learn(name, field, value, of: info, isDeclared: type != nil)
      return true
    }
    if info.methods.contains(name) { return true }
    info.fields[name] = .init(symbol: output.symbols.count, isDeclared: type != nil)
    var symbol = SymbolDraft(
      .field, id: output.ids.define(info.id, .term, name), name: name,
      qualifiedName: arena.join(info.qualifiedName, ".", name), start: node.start, end: node.end,
      nameStart: place.start, nameEnd: place.end)
    symbol.parent = info.id
    symbol.signature = signature(variable: target, type: type, right: node.child(.right))
    symbol.visibility = visibility(name)
    symbol.valueTypes = valueTypes(value)
    symbol.aliases = alias(node.child(.right), value)
    symbol.documentation = documentation(ofAssignment: node)
    if binding.value.nature == .receiverType { symbol.flags.insert(.static) }
    if module.isStub { symbol.flags.insert(.declarationOnly) }
    output.symbols.append(symbol)
    return true
  }

  /// One more assignment to a field; a declared type counts for more than any value.
  func learn(
    _ name: Text, _ field: ClassInfo.Field, _ value: Value, of info: ClassInfo, isDeclared: Bool
  ) {
    guard !field.isDeclared else { return }
    output.symbols[field.symbol].aliases = .none
    guard value.isKnown else { return }
    if isDeclared {
      output.symbols[field.symbol].valueTypes = valueTypes(value)
      info.fields[name]?.isDeclared = true
    } else {
      learn(field.symbol, value)
    }
  }

  /// One more value of a variable.
  private func learn(_ symbol: Int, _ value: Value) {
    let parts = output.symbols[symbol].valueTypes
    guard !parts.isEmpty else {
      output.symbols[symbol].valueTypes = valueTypes(value)
      return
    }
    guard value.nature != .external else { return }
    let known = parts.first { $0.path.isEmpty && $0.chains.first?.isExternal == false }?.chains ?? .none
    var merged = [ValuePart(join(known, value.chains))]
    merged.append(contentsOf: parts.filter { !$0.path.isEmpty })
    output.symbols[symbol].valueTypes = arena.copy(merged)
  }

  /// An assignment behind `global name`: of a variable of the module, which it may be the first to make.
  private func assign(global node: Node, _ value: Value, _ statement: Node, _ type: Node?, _ right: Node?) {
    let name = source.text(node)
    var module = scope
    while let parent = module.parent { module = parent }
    if let known = variables[name] {
      output.symbols[known].aliases = .none
      if value.isKnown { learn(known, value) }
    } else if module.bindings[name] == nil {
      let inner = scope
      scope = module
      assign(name: node, value, node: statement, type: type, right: right)
      scope = inner
    }
  }

  /// A value as the parts of a symbol's type.
  func valueTypes(_ value: Value) -> UnsafeBufferPointer<ValuePart> {
    guard value.isKnown else { return UnsafeBufferPointer(start: nil, count: 0) }
    var parts: [ValuePart] = []
    if !value.chains.isEmpty { parts.append(ValuePart(value.chains)) }
    parts.append(contentsOf: value.parts)
    return arena.copy(parts)
  }

  /// `type Name = Value`.
  func readTypeAlias(_ node: Node) {
    guard let left = node.child(.left), let right = node.child(.right) else { return }
    var place = left
    while place.kind != .identifier, let inner = place.firstChild { place = inner }
    let name = source.text(place)
    let value = annotation(right)
    var symbol = SymbolDraft(
      .typeAlias, id: output.ids.define(scope.id, .type, name), name: name,
      qualifiedName: arena.join(scope.qualifiedName, ".", name), start: node.start, end: node.end,
      nameStart: place.start, nameEnd: place.end)
    symbol.parent = scope.id
    symbol.signature = collapsed(source.text(node), limit: 200)
    symbol.visibility = visibility(name)
    symbol.aliases = value.nature == .external ? .none : value.chains
    symbol.valueTypes = valueTypes(value)
    if scope.isLocal { symbol.flags.insert(.local) }
    output.symbols.append(symbol)
    bind(name, Binding(kind: .type, value: Value(nature: .object, chains: arena.chains(Chain(symbol.id)))))
  }
}
