import CodiraAnalyzerKit

extension FileReader {
  func visitInvocation(_ node: Node) -> Value {
    guard let place = node.child(.name) else { return .unknown }
    let name = source.text(place)
    if let types = node.child(.typeArguments) { visitTypes(types) }
    guard let object = node.child(.object) else {
      let callees = unqualifiedCallees(name)
      let values = visitArguments(node.child(.arguments), of: .unknown, name)
      refer(.call, place, callees, arguments: values, argumentCount: Int32(values.count))
      return result(of: unqualifiedCallees(name, as: called(name, values.count)), .unknown, name)
    }
    let receiver = qualifiedReceiver(node, object)
    let values = visitArguments(node.child(.arguments), of: receiver, name)
    var callees = arena.chains(receiver.chains.filter { !$0.root.hasPrefix(";") }, then: name)
    if let first = receiver.chains.first, first.isExternal { callees = arena.chains(first) }
    let isKnown = receiver.isKnown
    if isKnown, let implicit = implicitCallee(receiver, name, values.count) {
      callees = join(callees, implicit)
    }
    var receiverText = source.text(object)
    if receiverText.count > 120 { receiverText = .empty }
    refer(
      .call, place, callees, receiver: receiverText, isKnown: isKnown, arguments: values,
      argumentCount: Int32(values.count))
    let isInside = receiver.chains.first.map { !$0.isExternal } ?? false
    let results = isInside ? arena.chains(receiver.chains, then: called(name, values.count)) : .none
    return result(of: results, receiver, name)
  }

  /// `name(2)`, as a member that is a call.
  private func called(_ name: Text, _ count: Int) -> Text {
    count < 10 ? arena.join(name, "(", arena.join(FileReader.digit(count), ")", .empty)) : name
  }

  /// `Type.super.f()` asks an interface, `super.f()` the superclass.
  private func qualifiedReceiver(_ node: Node, _ object: Node) -> Value {
    guard node.child(of: .super) != nil, object.kind != .super else { return visitReceiver(object) }
    let value = visitReceiver(object)
    guard let type = declaredType(source.text(object), in: scope), isAround(type), !type.isInterface else {
      return value
    }
    return superValue(of: type)
  }

  private func isAround(_ type: TypeInfo) -> Bool {
    var current: Scope? = scope
    while let scope = current {
      if scope.type === type { return true }
      current = scope.parent
    }
    return false
  }

  /// What every object has; of an enum also what the compiler writes, for which the enum itself stands.
  private func implicitCallee(_ receiver: Value, _ name: Text, _ count: Int) -> Chains? {
    if library.isOfObject(name) { return arena.chains(arena.chain(objectID, name)) }
    guard receiver.isType, (name == "values" && count == 0) || (name == "valueOf" && count == 1) else {
      return nil
    }
    return receiver.chains
  }

  /// What a call gives: the callee's result, what the library's tables know, what the receiver holds.
  private func result(of callees: Chains, _ receiver: Value, _ name: Text) -> Value {
    if isString(receiver), let type = library.stringResult(of: name) { return libraryValue(type) }
    if receiver.isType, name == "values" {
      return array(of: Value(chains: receiver.chains), "?")
    }
    var value = Value(chains: callees)
    if receiver.isType, name == "valueOf" { value.chains = join(callees, receiver.chains) }
    if let contained = contained(receiver, name) {
      value.chains = join(callees, contained.chains)
      value.parts = contained.parts
    }
    guard let type = library.result(of: name), receiver.isKnown || value.isKnown else { return value }
    let known = libraryValue(type)
    if name == "toString" { return known }
    return Value(chains: join(value.chains, known.chains), parts: known.parts)
  }

  /// Methods of containers: what they give where the receiver is one.
  private func contained(_ receiver: Value, _ name: Text) -> Value? {
    guard receiver.isKnown, !receiver.isType, !isString(receiver) else { return nil }
    if library.givesSame(name), !receiver.parts.isEmpty { return Value(parts: receiver.parts) }
    switch name {
    case "values": return step(receiver, "[]").isKnown ? wrap(step(receiver, "[]"), in: "[]") : nil
    case "keySet": return receiver.parts.isEmpty ? nil : wrap(step(receiver, "[k]"), in: "[]")
    case "entrySet":
      guard !receiver.parts.isEmpty else { return nil }
      return wrap(Value(parts: receiver.parts), in: "[]")
    default: break
    }
    if library.givesSame(name) { return Value(chains: receiver.chains) }
    if library.givesElement(name) {
      let element = step(receiver, "[]")
      return element.isKnown ? element : nil
    }
    guard library.givesKey(name) else { return nil }
    let key = step(receiver, "[k]")
    return key.isKnown ? key : nil
  }

  // MARK: arguments

  func visitArguments(_ list: Node?, of receiver: Value, _ method: Text) -> [Value] {
    guard let list else { return [] }
    var values: [Value] = []
    for argument in list.children {
      if argument.kind == .lambdaExpression {
        values.append(visitLambda(argument, receiver: receiver, method: method))
      } else {
        values.append(visit(argument, isStored: true))
      }
    }
    return values
  }

  /// A lambda; what it is given where the callee hands out the receiver's elements.
  func visitLambda(_ node: Node, receiver: Value, method: Text) -> Value {
    let outer = scope
    scope = Scope(in: outer)
    defer { scope = outer }
    var names: [Text] = []
    if let parameters = node.child(.parameters) {
      switch parameters.kind {
      case .identifier: names = [source.text(parameters)]
      case .inferredParameters:
        names = parameters.children.filter { $0.kind == .identifier }.map { source.text($0) }
      default:
        _ = readParameters(parameters, in: scope, into: scope)
        for child in parameters.children {
          guard let name = Parameter(child)?.name else { continue }
          names.append(source.text(name))
        }
      }
    }
    for (index, name) in names.enumerated() where scope.locals[name] == nil {
      scope.locals[name] = lambdaParameter(index, of: names.count, receiver, method)
    }
    if let body = node.child(.body) {
      if body.kind == .block { readStatements(body) } else { visit(body, isStored: true) }
    }
    return builtin(arena.join(";lambda ", .empty, FileReader.digit(names.count)))
  }

  private func lambdaParameter(_ index: Int, of count: Int, _ receiver: Value, _ method: Text) -> Value {
    guard receiver.isKnown, !receiver.isType, library.takesElement(method) else { return .unknown }
    if count == 2, method == "forEach" || method == "replaceAll" {
      return step(receiver, index == 0 ? "[k]" : "[]")
    }
    return count <= 2 ? step(receiver, "[]") : .unknown
  }

  static func digit(_ count: Int) -> Text {
    switch count {
    case 0: "0"
    case 1: "1"
    case 2: "2"
    case 3: "3"
    case 4: "4"
    case 5: "5"
    case 6: "6"
    case 7: "7"
    case 8: "8"
    default: "9"
    }
  }

  /// `Type::method`, `value::method`, `Type::new`.
  func visitMethodReference(_ node: Node) -> Value {
    guard let object = node.firstChild else { return .unknown }
    var receiver: Value
    if object.isType {
      visitTypes(object)
      receiver = localized(typeValue(object, in: scope))
    } else {
      receiver = visitReceiver(object)
    }
    if let types = node.child(of: .typeArguments) { visitTypes(types) }
    var place: Node?
    for child in node.children where child != object && (child.kind == .identifier || child.kind == .newToken)
    {
      place = child
    }
    guard let place else { return builtin(";lambda ") }
    let name: Text = place.kind == .newToken ? "new" : source.text(place)
    var callees = receiver.isKnown ? arena.chains(receiver.chains, then: name) : .none
    if let first = receiver.chains.first, first.isExternal { callees = arena.chains(first) }
    refer(.callableValue, place, callees, receiver: source.text(object))
    return builtin(";lambda ")
  }

  // MARK: constructors

  func visitCreation(_ node: Node) -> Value {
    guard let type = node.child(.type) else { return .unknown }
    let base = baseType(type)
    let place = nameOfType(base)
    var value = Value.unknown
    if let outer = node.firstChild, outer.field == .none, !outer.isType, outer.kind != .argumentList,
      outer.end < type.start, outer.kind != .typeArguments, !outer.isAnnotation, outer.kind != .newToken
    {
      // `outer.new Inner()`
      value = member(visit(outer), source.text(place))
      value = Value(chains: join(value.chains, typeValue(base, in: scope).chains))
    } else {
      value = typeValue(base, in: scope)
    }
    visitTypeArguments(type)
    let arguments = visitArguments(node.child(.arguments), of: .unknown, "")
    refer(
      .call, place, arena.chains(value.chains, then: "new"), receiver: receiverText(base),
      arguments: arguments,
      argumentCount: Int32(arguments.count))
    if let body = node.child(of: .classBody) {
      return readAnonymous(body, node, base, place, value)
    }
    if type.kind == .genericType { value.parts = typeValue(type, in: scope).parts }
    return plain(value)
  }

  /// A class without a name: a symbol named after what it extends.
  private func readAnonymous(_ body: Node, _ node: Node, _ base: Node, _ place: Node, _ value: Value) -> Value
  {
    let name = source.text(place)
    let id = output.ids.define(scope.owner.isEmpty ? packageID : scope.owner, .type, name, role: "anonymous")
    let qualified = arena.join(scope.qualifiedName, ".", name)
    var symbol = SymbolDraft(
      .class, id: id, name: name, qualifiedName: qualified, start: node.start, end: node.end,
      nameStart: place.start, nameEnd: place.end)
    symbol.parent = scope.owner
    symbol.signature = arena.join(
      "new ", .empty, collapsed(source.text(node.start, body.start).dropFirst(3).trimmed, limit: 200))
    symbol.visibility = .private
    symbol.flags.insert(.local)
    if isTestFile { symbol.flags.insert(.test) }
    output.symbols.append(symbol)
    let type = TypeInfo(
      .anonymous, id: id, name: name, qualifiedName: qualified, node: node, in: scope, isLocal: true)
    made.append(type)
    type.hasSupertypes = true
    type.superclass = value.chains
    var reference = ReferenceDraft(.inherits, owner: id, name: name, start: place.start, end: place.end)
    reference.noName = true
    reference.candidates = value.chains
    output.references.append(reference)
    collectMembers(body, type)
    readInner(body, type)
    return Value(chains: arena.chains(Chain(id)))
  }

  /// `this(…)` and `super(…)`.
  func visitConstructorInvocation(_ node: Node) -> Value {
    let arguments = visitArguments(node.child(.arguments), of: .unknown, "")
    if let object = node.child(.object) { visit(object) }
    guard let place = node.child(.constructor), let type = scope.enclosingType else { return .unknown }
    let target = place.kind == .this ? Value(chains: arena.chains(Chain(type.id))) : superValue(of: type)
    refer(
      .call, place, arena.chains(target.chains, then: "new"), arguments: arguments,
      argumentCount: Int32(arguments.count))
    return .unknown
  }
}

extension Arena {
  fileprivate func chains(_ chains: [Chain], then member: Text) -> Chains {
    self.chains(copy(chains), then: member)
  }
}
