import CodiraAnalyzerKit

/// Attributes that are made elsewhere than by a method's `self.name = …`.
extension FileReader {
  /// `owner.name = value` where the file defines `owner`: a class, a function, a variable of the module.
  ///
  /// Values that nobody can call or ask for a member are left out: they would be names without use.
  func assign(outside target: Node, _ value: Value, node: Node, type: Node?) {
    guard value.isKnown, value.nature != .external, let object = target.child(.object),
      object.kind == .identifier, let place = target.child(.attribute),
      let binding = lookUp(source.text(object))
    else { return }
    switch binding.kind {
    case .type, .function:
      guard binding.value.chains.count == 1, binding.value.chains[0].members.isEmpty else { return }
      let name = source.text(object)
      make(place, of: binding.value.chains[0].root, qualifiedName(name), value, node: node)
    case .variable: make(place, ofVariable: source.text(object), value, node: node)
    default: return
    }
  }

  private func make(_ place: Node, ofVariable name: Text, _ value: Value, node: Node) {
    guard let index = variables[name] else { return }
    var module = scope
    while let parent = module.parent { module = parent }
    let id = output.symbols[index].id
    make(place, of: id, output.symbols[index].qualifiedName, value, node: node)
    // From now on the variable is more than what it was given.
    guard var binding = module.bindings[name], binding.value.chains.first?.root != id else { return }
    let own = arena.chains(Chain(id))
    let known = binding.value.nature == .external ? Chains.none : binding.value.chains
    binding.value = Value(nature: .instance, chains: join(own, known), parts: binding.value.parts)
    module.bindings[name] = binding
  }

  /// A field `place` of the symbol `owner`, once.
  private func make(
    _ place: Node, of owner: Text, _ ownerName: Text, _ value: Value, node: Node
  ) {
    let name = source.text(place)
    if let info = classes[owner] {
      if let field = info.fields[name] { return learn(name, field, value, of: info, isDeclared: false) }
      guard !info.methods.contains(name) else { return }
      info.fields[name] = .init(symbol: output.symbols.count, isDeclared: false)
    } else if !made.insert(output.ids.id(owner, .term, name)).inserted {
      return
    }
    var symbol = SymbolDraft(
      .field, id: output.ids.define(owner, .term, name), name: name,
      qualifiedName: arena.join(ownerName, ".", name), start: node.start, end: node.end,
      nameStart: place.start, nameEnd: place.end)
    symbol.parent = owner
    symbol.signature = collapsed(source.text(node), limit: 200)
    symbol.visibility = visibility(name)
    symbol.valueTypes = valueTypes(value)
    symbol.aliases = alias(node.child(.right), value)
    if classes[owner] != nil { symbol.flags.insert(.static) }
    if module.isStub { symbol.flags.insert(.declarationOnly) }
    output.symbols.append(symbol)
  }

  /// The qualified name of what a scope around here binds to that name.
  private func qualifiedName(_ name: Text) -> Text {
    var current: Scope? = scope
    while let scope = current, scope.bindings[name] == nil { current = scope.parent }
    return arena.join(current?.qualifiedName ?? scope.qualifiedName, ".", name)
  }

  // MARK: metaclasses

  /// Notes that `info` is made by `metaclass`, where that is a class of this file.
  func noteMetaclass(_ metaclass: Node, of info: ClassInfo) {
    guard let chain = lookUp(source.text(metaclass))?.value.chains.first, chain.members.isEmpty else {
      return
    }
    guard let maker = classes[chain.root], maker.instances.count < ClassInfo.instanceLimit else { return }
    maker.instances.append(info)
  }

  /// A method of a metaclass that passes its name and value on to `setattr` makes attributes as `setattr` does.
  func noteSetter(_ name: Text, _ body: Node) {
    guard let type = scope.type, type.isMetaclass else { return }
    for node in body.descendants where node.kind == .call {
      guard let function = node.child(.function), source.text(function) == "setattr",
        let arguments = node.child(.arguments),
        arguments.children.reduce(0, { $0 + ($1.kind == .identifier ? 1 : 0) }) == 3
      else { continue }
      type.setters.insert(name)
    }
  }

  /// `setattr(cls, "name", value)` in a metaclass, or a method of its that does as much: an attribute of the classes
  /// of this file that it makes.
  func readSetter(_ function: Node, _ arguments: Node?) {
    guard let type = scope.type, !type.instances.isEmpty, let arguments else { return }
    var rest = arguments.children
    if function.kind == .identifier {
      guard source.text(function) == "setattr", rest.next() != nil else { return }
    } else {
      guard let name = function.child(.attribute), type.setters.contains(source.text(name)) else { return }
    }
    guard let string = rest.next(), string.kind == .string, let place = string.child(of: .stringContent),
      let right = rest.next(), rest.next() == nil
    else { return }
    let value = known(right)
    guard value.isKnown, value.nature != .external else { return }
    for instance in type.instances where !instance.methods.contains(source.text(place)) {
      make(place, of: instance.id, instance.qualifiedName, value, node: arguments.parent ?? arguments)
    }
  }

  // MARK: classes made by calls

  /// What `type(name, bases, attributes)` gives: of a class made so its bases are known.
  func madeType(_ arguments: Node) -> Value? {
    var rest = arguments.children
    guard rest.next() != nil, let bases = rest.next(), bases.kind == .tuple, rest.next() != nil else {
      return nil
    }
    return bases.children.reduce(Value.unknown) { either($0, known($1)) }
  }

  /// A class that a call gives, as in `class A(Base.made_from(B))`, is made of what the call gives, and where a class was
  /// asked for it, or the function is called `with_metaclass`, of the classes that it was given.
  func readMadeBase(_ call: Node, _ info: ClassInfo) {
    guard let function = call.child(.function) else { return }
    let value = visit(call)
    guard value.nature != .external else { return }
    if !value.chains.isEmpty { referToBase(function, value, info) }
    guard let given = basesGiven(to: function), let arguments = call.child(.arguments) else { return }
    for argument in arguments.children.dropFirst(given) {
      guard argument.kind == .identifier || argument.kind == .attribute, isTypeName(argument) else {
        continue
      }
      referToBase(argument, known(argument), info)
    }
  }

  /// How many arguments of a class-making call stand before the bases; nil where they are something else.
  private func basesGiven(to function: Node) -> Int? {
    let name = source.text(function)
    if name == "with_metaclass" || name.hasSuffix(".with_metaclass") { return 1 }
    guard let object = function.child(.object) else { return nil }
    return (object.kind == .identifier || object.kind == .attribute) && isTypeName(object) ? 0 : nil
  }

  func referToBase(_ node: Node, _ value: Value, _ info: ClassInfo) {
    refer(.inherits, node, value)
    info.bases = joinBases(info.bases, value.chains)
  }
}
