import CodiraAnalyzerKit

extension FileReader {
  /// `left = right`: members that are made by assigning them, exports of CommonJS, and what a name now holds.
  func visitAssignment(_ node: Node) -> Value {
    guard let left = node.child(.left), let right = node.child(.right) else { return .unknown }
    switch left.kind {
    case .memberExpression:
      if let value = assign(member: left, right, node) { return value }
      visit(left)
      return visit(right, isStored: true)
    case .identifier:
      let value = visit(right, isStored: true)
      assign(name: source.text(left), value)
      return value
    case .objectPattern, .arrayPattern:
      let value = visit(right, isStored: true)
      return value
    default:
      visit(left)
      return visit(right, isStored: true)
    }
  }

  private func assign(name: Text, _ value: Value) {
    guard value.isKnown else { return }
    var current: Scope? = scope
    while let scope = current {
      if let binding = scope.bindings[name] {
        if binding.kind == .local || binding.kind == .parameter, !binding.value.isKnown {
          scope.bindings[name] = Binding(kind: .local, value: value)
        } else if binding.kind == .variable, let id = binding.value.chains.first?.root,
          let index = emitted[id],
          output.symbols[index].valueTypes.isEmpty
        {
          output.symbols[index].valueTypes = valueTypes(value)
        }
        return
      }
      current = scope.parent
    }
  }

  /// nil where the assignment makes nothing.
  private func assign(member left: Node, _ right: Node, _ node: Node) -> Value? {
    guard let object = left.child(.object), let property = left.child(.property) else { return nil }
    let name = source.text(property)
    switch object.kind {
    case .identifier:
      let owner = source.text(object)
      if owner == "module", name == "exports", isFree("module") {
        return exportWhole(right, node, left)
      }
      if owner == "exports", isFree("exports") { return export(name, property, right, node) }
      if ["globalThis", "window", "global"].contains(owner), isFree(owner), !isTestFile {
        return make(name, property, right, node, under: globalID, "globalThis")
      }
      return assign(expando: owner, name, property, right, node)
    case .memberExpression:
      guard let base = object.child(.object), let middle = object.child(.property) else {
        return nil
      }
      let between = source.text(middle)
      if base.kind == .identifier, source.text(base) == "module", between == "exports",
        isFree("module")
      {
        return export(name, property, right, node)
      }
      guard between == "prototype", base.kind == .identifier else { return nil }
      return assign(expando: source.text(base), name, property, right, node, isInstance: true)
    case .thisExpression: return assign(field: name, property, right, node)
    default: return nil
    }
  }

  /// Whether the object or function `id` has a member of that name already.
  private func isMember(_ name: Text, of id: Text) -> Bool {
    emitted[output.ids.id(id, .callable, name)] != nil || emitted[output.ids.id(id, .term, name)] != nil
  }

  private func isFree(_ name: Text) -> Bool { lookUp(name)?.kind == .external }

  // MARK: members

  /// `Name.member = …` and `Name.prototype.member = …`.
  private func assign(
    expando owner: Text, _ name: Text, _ place: Node, _ right: Node, _ node: Node,
    isInstance: Bool = false
  ) -> Value? {
    guard let binding = lookUp(owner), binding.kind == .function || binding.kind == .variable,
      let chain = binding.value.chains.first, chain.members.isEmpty, let index = emitted[chain.root]
    else { return nil }
    let symbol = output.symbols[index]
    // The type of a variable says what its members are, and the compiler adds none.
    if path.isTyped, symbol.kind == .constant || symbol.kind == .variable { return nil }
    if name == "prototype" {
      return assignPrototype(right, chain.root, symbol.qualifiedName, index)
    }
    let isMade =
      isInstance || isFunction(right) || scope.kind == .module || symbol.kind == .function
    guard isMade, declared[chain.root]?[name] == nil, !isMember(name, of: chain.root) else {
      return nil
    }
    declared[chain.root, default: [:]][name] = index
    return make(name, place, right, node, under: chain.root, symbol.qualifiedName)
  }

  /// `Name.prototype = { … }`, `Name.prototype = Object.create(Base.prototype)`.
  private func assignPrototype(_ right: Node, _ id: Text, _ qualifiedName: Text, _ index: Int)
    -> Value
  {
    let value = visit(
      right, isStored: true, under: right.kind == .object ? (id, qualifiedName) : nil)
    if right.kind != .object, value.isKnown, value.nature != .external,
      output.symbols[index].valueTypes.isEmpty
    {
      output.symbols[index].valueTypes = valueTypes(value)
    }
    return value
  }

  /// `this.name = …`.
  private func assign(field name: Text, _ place: Node, _ right: Node, _ node: Node) -> Value? {
    guard scope.receiver.nature == .receiver, let chain = scope.receiver.chains.first,
      chain.members.isEmpty
    else {
      return nil
    }
    var index = declared[chain.root]?[name]
    if let type = scope.type, type.id == chain.root {
      index = index ?? type.fields[name]
      if index == nil {
        guard !path.isTyped, type.members.insert(name).inserted else { return nil }
      }
    }
    if let index {
      let value = visit(right, isStored: true)
      note(value, of: index)
      return value
    }
    guard let owner = emitted[chain.root], !isMember(name, of: chain.root) else { return nil }
    let value = make(
      name, place, right, node, under: chain.root, output.symbols[owner].qualifiedName)
    if let own = value.chains.first, let index = emitted[own.root] {
      declared[chain.root, default: [:]][name] = index
    }
    return value
  }

  /// One more thing that a field without a written type may hold.
  private func note(_ value: Value, of index: Int) {
    guard value.isKnown, output.symbols[index].kind == .field else { return }
    let known = output.symbols[index].valueTypes.first { $0.path.isEmpty }?.chains ?? .none
    guard !known.contains(where: { $0.isExternal }),
      !value.chains.contains(where: { $0.isExternal }) || known.isEmpty
    else { return }
    if known.isEmpty || value.nature == .instance {
      var all = value
      all.chains = join(known, value.chains)
      output.symbols[index].valueTypes = valueTypes(all)
    }
  }

  /// Defines what is assigned to a member of the symbol `id`.
  private func make(
    _ name: Text, _ place: Node, _ right: Node, _ node: Node, under id: Text, _ qualifiedName: Text
  ) -> Value {
    let outer = scope
    scope = Scope(.block, in: outer, id: id, qualifiedName: qualifiedName, isLocal: false)
    scope.receiver = Value(nature: .receiver, chains: arena.chains(Chain(id)))
    defer { scope = outer }
    let inner = unwrapped(right)
    switch inner.kind {
    case .arrowFunction, .functionExpression, .generatorFunction:
      if inner.kind == .arrowFunction { scope.receiver = outer.receiver }
      let own = hoisted[place.start] ?? output.ids.define(id, .callable, name)
      define(
        function: inner, id: own, name: name, place: place, whole: whole(node),
        kind: id == moduleID ? .function : .method)
      return Value(nature: .object, chains: arena.chains(Chain(own)))
    case .classExpression:
      let own = output.ids.define(id, .type, name)
      readClass(inner, id: own, name: name, place: place, whole: whole(node))
      return Value(nature: .object, chains: arena.chains(Chain(own)))
    default:
      scope.receiver = outer.receiver
      let own = hoisted[place.start] ?? output.ids.define(id, .term, name)
      defineVariable(
        id: own, name: name, place: place, whole: whole(node), kind: .field, type: nil, value: right
      )
      return Value(nature: .object, chains: arena.chains(Chain(own)))
    }
  }

  private func whole(_ node: Node) -> Node {
    node.parent?.kind == .expressionStatement ? node.parent! : node
  }

  private func isFunction(_ node: Node) -> Bool {
    [.arrowFunction, .functionExpression, .generatorFunction, .classExpression].contains(
      unwrapped(node).kind)
  }

  // MARK: CommonJS

  func isRequire(_ node: Node?) -> Bool {
    guard let node else { return false }
    let call = unwrapped(node)
    guard call.kind == .callExpression, let function = call.child(.function),
      function.kind == .identifier,
      source.text(function) == "require", let argument = call.child(.arguments)?.firstChild
    else { return false }
    return argument.kind == .string && isFree("require")
  }

  func requireTarget(_ node: Node) -> Target? {
    unwrapped(node).child(.arguments)?.firstChild.flatMap { target($0) }
  }

  /// `const { a, b: c } = require('x')`.
  func destructureRequire(_ pattern: Node, _ target: Target, _ whole: Node) {
    for child in pattern.children {
      let isPair = child.kind == .pairPattern
      guard let key = isPair ? child.child(.key) : child,
        let place = isPair ? child.child(.value) : child,
        place.kind == .identifier || place.kind == .shorthandPropertyPattern,
        let name = isPair ? propertyName(key) : source.text(key)
      else {
        bind(child, .unknown)
        continue
      }
      let chains = arena.chains(target.chains, then: name)
      let all = join(chains, arena.chains(arena.chains(target.chains, then: "default"), then: name))
      refer(import: key, name, all, target)
      var own = target
      if !own.external.isEmpty { own.external = arena.join(own.external, ".", name) }
      defineImport(place, whole, .imported, all, own)
    }
  }

  /// `exports.name = …`.
  private func export(_ name: Text, _ place: Node, _ right: Node, _ node: Node) -> Value? {
    isCommonJS = true
    if right.kind == .identifier, source.text(right) == name, lookUp(name) != nil {
      return visit(right, isStored: true)
    }
    if isOtherName(right) {
      let value = visit(right, isStored: true)
      let id = hoisted[place.start]
      exporting { self.alias(name, place, self.whole(node), value.chains, id: id) }
      return value
    }
    var value = Value.unknown
    exporting {
      value = self.make(name, place, right, node, under: self.moduleID, self.scope.qualifiedName)
    }
    return value
  }

  /// `module.exports = …`: the members of an object are the module's own, anything else is its `default`.
  private func exportWhole(_ right: Node, _ node: Node, _ left: Node) -> Value? {
    isCommonJS = true
    let inner = unwrapped(right)
    if inner.kind == .assignmentExpression {
      let value = visit(inner)
      exporting { self.alias("default", left, self.whole(node), value.chains) }
      return value
    }
    guard inner.kind == .object else {
      exporting { self.readDefault(inner, self.whole(node)) }
      return Value(nature: .object, chains: arena.chains(arena.chain(moduleID, "default")))
    }
    exporting {
      for child in inner.children { self.export(child) }
    }
    return Value(nature: .object, chains: arena.chains(Chain(moduleID)))
  }

  private func export(_ child: Node) {
    switch child.kind {
    case .shorthandProperty: visit(child, isStored: true)
    case .pair:
      guard let key = child.child(.key), let value = child.child(.value),
        let name = propertyName(key)
      else {
        for part in child.children { visit(part) }
        return
      }
      let inner = unwrapped(value)
      if isOtherName(inner) {
        let known = visit(inner, isStored: true)
        if inner.kind != .identifier || source.text(inner) != name {
          alias(name, key, child, known.chains, id: hoisted[key.start])
        }
      } else if isFunction(inner), inner.kind != .classExpression {
        let id = hoisted[key.start] ?? output.ids.define(scope.id, .callable, name)
        define(function: inner, id: id, name: name, place: key, whole: child)
      } else {
        defineVariable(
          id: hoisted[key.start], name: name, place: key, whole: child, kind: .constant, type: nil,
          value: value)
      }
    case .methodDefinition: readMethod(child)
    case .spreadElement:
      guard let inner = child.firstChild else { return }
      let value = visit(inner)
      let id = output.ids.define(scope.id, .term, "*")
      var symbol = draft(.import, id: id, name: "*", place: child, whole: child)
      symbol.flags.insert(.wildcard)
      symbol.aliases = value.chains
      add(symbol)
    default: visit(child)
    }
  }

  /// A name of something that is defined or imported, so that exporting it gives it one more.
  private func isOtherName(_ node: Node) -> Bool {
    if isRequire(node) { return true }
    guard node.kind == .identifier, let binding = lookUp(source.text(node)) else { return false }
    return [.function, .imported, .required, .namespace].contains(binding.kind)
  }

  /// Reads with the module's names as what is defined.
  private func exporting(_ read: () -> Void) {
    let outer = scope
    var module = outer
    while module.kind != .module, let parent = module.parent { module = parent }
    scope = Scope(
      .block, in: outer, id: moduleID, qualifiedName: module.qualifiedName, isLocal: false)
    read()
    scope = outer
  }
}
