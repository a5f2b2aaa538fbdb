import CodiraAnalyzerKit

extension FileReader {
  func visitCall(_ node: Node) -> Value {
    guard let function = node.child(.function) else { return .unknown }
    if let list = node.child(.typeArguments) { _ = type(list) }
    let arguments = node.child(.arguments)
    let callee = unwrapped(function)
    switch callee.kind {
    case .identifier: return callName(callee, node, arguments)
    case .memberExpression: return callMember(callee, arguments)
    case .superExpression:
      let base = scope.type?.base.chains ?? .none
      refer(
        .call, callee, .unknown, candidates: constructors(base), argumentCount: count(arguments))
      visitArguments(arguments)
      return .unknown
    case .importExpression:
      let target = arguments?.firstChild.flatMap { self.target($0) }
      visitArguments(arguments)
      guard let target, let place = arguments?.firstChild else { return .unknown }
      refer(import: place, stringText(place) ?? .empty, target.chains, target)
      return Value(nature: .object, chains: target.chains)
    case .arrowFunction, .functionExpression, .generatorFunction:
      let given =
        arguments?.kind == .arguments ? arguments!.children.map { visit($0, isStored: true) } : []
      return result(of: visitFunction(callee, given: given, receiver: scope.receiver))
    case .subscriptExpression:
      let value = visit(callee)
      visitArguments(arguments)
      return result(of: value)
    default:
      let value = visit(callee)
      visitArguments(arguments)
      return result(of: value)
    }
  }

  private func callName(_ callee: Node, _ node: Node, _ arguments: Node?) -> Value {
    if isRequire(node), let target = requireTarget(node), let place = arguments?.firstChild {
      refer(import: place, stringText(place) ?? .empty, target.chains, target)
      return Value(nature: .object, chains: exported(target))
    }
    let name = source.text(callee)
    let binding = lookUp(name)
    let value = binding?.value ?? unbound(name)
    var candidates = value.chains
    switch value.nature {
    // What a call gave or a parameter holds is called: nobody knows which function that is.
    case .result, .instance, .function, .local, .unknown, .receiver: candidates = .none
    case .object, .member, .parent, .external: break
    }
    if binding?.kind == .required {
      candidates = Chains(rebasing: candidates.prefix(max(1, candidates.count / 2)))
    }
    if binding?.kind == .parameter { candidates = .none }
    refer(
      .call, callee, value, candidates: candidates, argumentCount: count(arguments),
      mayGuess: binding == nil && !isModule)
    visitArguments(arguments, of: value)
    return result(of: value)
  }

  private func callMember(_ callee: Node, _ arguments: Node?) -> Value {
    guard let object = callee.child(.object), let property = callee.child(.property) else {
      return .unknown
    }
    let name = source.text(property)
    if let value = builtinCall(object, name, arguments) { return value }
    if let value = special(object, name) {
      refer(.call, callee, value, argumentCount: count(arguments))
      visitArguments(arguments, of: value)
      return result(of: value)
    }
    let receiver = visit(object)
    let value = receiver.shape?.members[name] ?? member(receiver, name)
    let isShape = receiver.shape?.members[name] != nil
    refer(
      .call, callee, value,
      candidates: isShape && value.nature != .object ? Chains.none : value.chains,
      argumentCount: count(arguments), mayGuess: !isShape && receiver.nature != .external)
    if let result = callContainer(name, receiver, arguments, value) { return result }
    visitArguments(arguments, of: value)
    if isShape { return result(of: value) }
    if name == "bind" {
      return receiver.nature == .member || receiver.nature == .object ? receiver : .unknown
    }
    if name == "call" || name == "apply" { return result(of: receiver) }
    return result(of: value)
  }

  func visitNew(_ node: Node) -> Value {
    guard let constructor = node.child(.constructor) else { return .unknown }
    if let list = node.child(.typeArguments) { _ = type(list) }
    let written =
      node.child(.typeArguments)?.children.map { child in silently { self.type(child) } } ?? []
    let callee = unwrapped(constructor)
    let value = visit(callee)
    let arguments = node.child(.arguments)
    if callee.kind == .identifier || callee.kind == .memberExpression {
      var candidates = value.chains
      if value.nature == .local || value.nature == .result || value.nature == .instance
        || value.nature == .function
      {
        candidates = .none
      }
      if callee.kind == .identifier, let kind = lookUp(source.text(callee))?.kind {
        if kind == .required {
          candidates = Chains(rebasing: candidates.prefix(max(1, candidates.count / 2)))
        }
        if kind == .parameter { candidates = .none }
      }
      refer(
        .call, callee, value, candidates: constructors(candidates), argumentCount: count(arguments))
    }
    let isNamed = value.nature == .object || value.nature == .member
    let made = isNamed ? arena.chains(value.chains, then: "new") : Chains.none
    let values = visitArguments(arguments, of: Value(nature: .object, chains: made))
    if value.nature == .external, callee.kind == .identifier {
      let name = source.text(callee)
      if let made = generic(name, written), !written.isEmpty { return made }
      if name == "Set" || name == "Map", let first = values.first, name == "Set" {
        return wrap(step(first, "[]"), in: "[]", of: builtin(name).chains)
      }
      return builtin(name)
    }
    if value.nature == .local || value.nature == .function || value.nature == .unknown {
      return .unknown
    }
    return Value(nature: .instance, chains: value.chains)
  }

  /// The constructors of a class, else what is called.
  private func constructors(_ chains: Chains) -> Chains {
    guard !chains.isEmpty, !chains[0].isExternal else { return chains }
    return arena.copy(Array(arena.chains(chains, then: "new")) + Array(chains))
  }

  /// How many arguments there are, -1 with a spread one.
  func count(_ arguments: Node?) -> Int32 {
    guard let arguments else { return 0 }
    guard arguments.kind == .arguments else { return -1 }
    var count: Int32 = 0
    for argument in arguments.children {
      if argument.kind == .spreadElement { return -1 }
      count += 1
    }
    return count
  }

  /// `function` is what is called.
  @discardableResult
  func visitArguments(_ arguments: Node?, of function: Value = .unknown) -> [Value] {
    guard let arguments else { return [] }
    if arguments.kind == .templateString {
      visitSubstitutions(arguments)
      return []
    }
    return arguments.children.enumerated().map { index, argument in
      visit(argument, isStored: true, expected: parameter(function, index))
    }
  }

  // MARK: what the language's own functions give

  /// `globalThis.x`, `window.x`, `module.exports`, `exports.x`.
  func special(_ object: Node, _ name: Text) -> Value? {
    guard object.kind == .identifier else { return nil }
    switch source.text(object) {
    case "globalThis", "window", "global", "self":
      guard lookUp(source.text(object))?.kind == .external else { return nil }
      return member(globals, name)
    case "module" where name == "exports":
      guard lookUp("module")?.kind == .external else { return nil }
      return Value(nature: .object, chains: arena.chains(Chain(moduleID)))
    case "exports":
      guard lookUp("exports")?.kind == .external else { return nil }
      return Value(nature: .object, chains: arena.chains(arena.chain(moduleID, name)))
    default: return nil
    }
  }

  private func builtinCall(_ object: Node, _ name: Text, _ arguments: Node?) -> Value? {
    guard object.kind == .identifier, arguments?.kind == .arguments else { return nil }
    let owner = source.text(object)
    guard owner == "Object" || owner == "Promise" || owner == "Array" || owner == "Reflect",
      lookUp(owner)?.kind == .external
    else { return nil }
    let values = visitArguments(arguments)
    guard let first = values.first else { return builtin(owner) }
    switch (owner, name) {
    case ("Object", "freeze"), ("Object", "seal"), ("Object", "preventExtensions"),
      ("Promise", "resolve"):
      return first
    case ("Object", "assign"): return values.reduce(.unknown) { either($0, $1) }
    case ("Object", "create"):
      return Value(nature: .instance, chains: first.nature == .external ? .none : first.chains)
    case ("Object", "values"): return list(of: step(first, "[]"))
    case ("Object", "entries"): return list(of: tuple([builtin("string"), step(first, "[]")]))
    case ("Array", "from"): return list(of: element(of: first))
    case ("Promise", "all"): return first
    default: return builtin(owner)
    }
  }

  /// Methods of lists, maps and promises: what they hand to a function, and what they give.
  private func callContainer(
    _ name: Text, _ receiver: Value, _ arguments: Node?, _ function: Value
  ) -> Value? {
    guard arguments?.kind == .arguments, receiver.isKnown else { return nil }
    let isContainer = receiver.nature == .external && !receiver.parts.isEmpty
    if receiver.nature == .external, !isContainer { return nil }
    switch name {
    case "map", "flatMap", "forEach", "filter", "find", "findLast", "some", "every", "findIndex",
      "sort",
      "findLastIndex", "toSorted":
      // A list whose elements are known is the library's; anything else may have such a method of its own.
      let isList = isContainer || part(receiver, "[]") != nil
      let given = isList ? Value.unknown : parameter(parameter(function, 0), 0)
      let values = callEach(
        arguments, either(step(receiver, "[]"), given),
        isPair: name == "sort" || name == "toSorted")
      switch name {
      case "map": return list(of: values.first.map { result(of: $0) } ?? .unknown)
      case "flatMap": return list(of: values.first.map { step(result(of: $0), "[]") } ?? .unknown)
      case "filter", "sort", "toSorted":
        return isContainer ? receiver : Value(nature: .result, chains: receiver.chains)
      case "find", "findLast": return step(receiver, "[]")
      default: return .unknown
      }
    case "reduce", "reduceRight":
      let values = arguments!.children.map { $0 }
      let start = values.count > 1 ? visit(values[1], isStored: true) : step(receiver, "[]")
      if let first = values.first { visitCallback(first, [start, step(receiver, "[]")]) }
      return start
    case "then", "catch", "finally":
      let given = name == "then" ? [receiver] : []
      let values = arguments!.children.map { visitCallback($0, given) }
      return name == "then" ? values.first.map { result(of: $0) } : receiver
    case "pop" where isContainer, "shift" where isContainer, "at" where isContainer:
      return visiting(arguments, step(receiver, "[]"))
    case "get" where isContainer: return visiting(arguments, step(receiver, "[]"))
    case "slice" where isContainer, "concat" where isContainer, "reverse" where isContainer,
      "splice" where isContainer:
      return visiting(arguments, receiver)
    case "values" where isContainer: return visiting(arguments, list(of: step(receiver, "[]")))
    case "keys" where isContainer: return visiting(arguments, list(of: step(receiver, "[k]")))
    case "entries" where isContainer: return visiting(arguments, receiver)
    default: return nil
    }
  }

  private func visiting(_ arguments: Node?, _ value: Value) -> Value {
    visitArguments(arguments)
    return value
  }

  private func callEach(_ arguments: Node?, _ element: Value, isPair: Bool) -> [Value] {
    arguments!.children.enumerated().map { index, argument in
      index == 0
        ? visitCallback(argument, isPair ? [element, element] : [element])
        : visit(argument, isStored: true)
    }
  }

  @discardableResult
  private func visitCallback(_ node: Node, _ given: [Value]) -> Value {
    switch node.kind {
    case .arrowFunction, .functionExpression: visitFunction(node, given: given)
    default: visit(node, isStored: true)
    }
  }
}
