import CodiraAnalyzerKit

extension FileReader {
  func visitCall(_ node: Node) -> Value {
    guard let function = node.child(.function) else { return .unknown }
    let arguments = node.child(.arguments)
    if function.kind == .identifier,
      let value = visitSpecial(source.text(function), node, function, arguments)
    {
      return value
    }
    var receiver = Value.unknown
    let callee: Value
    if function.kind == .attribute, let object = function.child(.object),
      let name = function.child(.attribute)
    {
      receiver = visit(object)
      callee = member(receiver, source.text(name))
    } else {
      callee = visit(function)
    }
    referToCallee(function, callee, receiver, arguments)
    visitArguments(arguments)
    readSetter(function, arguments)
    if function.kind == .attribute, let value = visitContainerCall(function, receiver) { return value }
    if function.kind == .attribute, isCast(function) { return castValue(arguments) }
    return passedOn(function, arguments) ?? result(of: callee)
  }

  /// What well-known functions of the standard library give back of their first argument.
  private func passedOn(_ function: Node, _ arguments: Node?) -> Value? {
    switch externalName(function) {
    case "weakref.proxy", "copy.copy", "copy.deepcopy", "functools.partial", "dataclasses.replace",
      "contextlib.closing", "contextlib.aclosing", "builtins.staticmethod", "builtins.classmethod":
      return arguments?.firstChild.map { known($0) }
    case "typing.TypeVar", "typing_extensions.TypeVar": return bound(arguments)
    case "weakref.ref": return arguments?.firstChild.map { wrap(known($0), in: "()") }
    default: return nil
    }
  }

  /// What a type variable is bound to.
  private func bound(_ arguments: Node?) -> Value {
    for argument in arguments?.children.map({ $0 }) ?? [] where argument.kind == .keywordArgument {
      guard let name = argument.child(.name), source.text(name) == "bound", let type = argument.child(.value)
      else { continue }
      let value = readAnnotation(source.text(type), refers: false)
      return Value(nature: .result, chains: value.nature == .external ? .none : value.chains)
    }
    return .unknown
  }

  /// The name outside the repository that a callee has: `copy.copy` for `copy` behind `from copy import copy`.
  private func externalName(_ function: Node) -> Text {
    if function.kind == .identifier {
      let name = source.text(function)
      guard let binding = lookUp(name), binding.externalKind != .none else { return .empty }
      return binding.externalKind == .builtin ? arena.join("builtins", ".", name) : binding.external
    }
    guard let object = function.child(.object), object.kind == .identifier,
      let name = function.child(.attribute), let binding = lookUp(source.text(object)),
      binding.externalKind == .standardLibrary
    else { return .empty }
    return arena.join(binding.external, ".", source.text(name))
  }

  /// The value of an expression whose references are reported already.
  func known(_ node: Node) -> Value {
    let count = output.references.count
    let value = visit(node)
    output.references.removeLast(output.references.count - count)
    return value
  }

  private func referToCallee(_ function: Node, _ callee: Value, _ receiver: Value, _ arguments: Node?) {
    switch function.kind {
    case .identifier, .attribute:
      let (count, labels) = count(arguments)
      let value =
        function.kind == .identifier && callee.nature == .unknown && !callee.isKnown ? Value.local : callee
      refer(
        .call, function, value, candidates: self.callee(of: callee), argumentCount: count, labels: labels)
    case .call, .subscriptExpression: referToNameless(callee, arguments)
    default: break
    }
  }

  /// A call of what a call or a subscript gives: `f()()`, `table[k]()`.
  ///
  /// It has no name, and stands at its own bracket. Of several things that it may call none is sure, so that only one is told.
  private func referToNameless(_ callee: Value, _ arguments: Node?) {
    guard let arguments, callee.chains.count == 1, !callee.chains[0].isExternal, callee.nature != .local
    else { return }
    let (count, labels) = count(arguments)
    var reference = ReferenceDraft(
      .call, owner: scope.owner, name: "()", start: arguments.start, end: arguments.start + 1)
    reference.candidates = self.callee(of: callee)
    reference.argumentCount = count
    reference.labels = labels
    reference.noName = true
    output.references.append(reference)
  }

  /// How many arguments there are, -1 with a spread one, and their names where any has one.
  private func count(_ arguments: Node?) -> (Int32, UnsafeBufferPointer<Text>) {
    let none = UnsafeBufferPointer<Text>(start: nil, count: 0)
    guard let arguments else { return (-1, none) }
    if arguments.kind == .generatorExpression { return (1, none) }
    var count: Int32 = 0
    var isSpread = false
    var hasNames = false
    for argument in arguments.children {
      count += 1
      if argument.kind == .listSplat || argument.kind == .dictionarySplat { isSpread = true }
      if argument.kind == .keywordArgument { hasNames = true }
    }
    guard hasNames else { return (isSpread ? -1 : count, none) }
    let labels = arena.allocate(Text.self, count: Int(count))
    for (index, argument) in arguments.children.enumerated() {
      let name = argument.kind == .keywordArgument ? argument.child(.name) : nil
      (labels + index).initialize(to: name.map { source.text($0) } ?? .empty)
    }
    return (isSpread ? -1 : count, UnsafeBufferPointer(start: labels, count: Int(count)))
  }

  func visitArguments(_ arguments: Node?) {
    guard let arguments else { return }
    if arguments.kind == .generatorExpression {
      visit(arguments)
      return
    }
    for argument in arguments.children {
      if argument.kind == .keywordArgument {
        if let value = argument.child(.value) { visit(value, isStored: true) }
      } else {
        visit(argument, isStored: true)
      }
    }
  }

  /// Built-in functions whose result says something about their arguments.
  private func visitSpecial(_ name: Text, _ node: Node, _ function: Node, _ arguments: Node?) -> Value? {
    switch name {
    case "super": return visitSuper(function, arguments)
    case "type", "list", "tuple", "set", "frozenset", "sorted", "reversed", "iter", "next", "enumerate",
      "aiter",
      "anext", "cast", "zip":
      guard let binding = lookUp(name), binding.kind == .external || binding.kind == .imported else {
        return nil
      }
      let (count, labels) = count(arguments)
      refer(.call, function, binding.value, argumentCount: count, labels: labels)
      if name == "cast" {
        visitArguments(arguments)
        return castValue(arguments)
      }
      return special(name, arguments)
    default: return nil
    }
  }

  private func special(_ name: Text, _ arguments: Node?) -> Value {
    var values: [Value] = []
    if let arguments, arguments.kind == .argumentList {
      for argument in arguments.children { values.append(visit(argument, isStored: true)) }
    } else if let arguments {
      values.append(visit(arguments))
    }
    let first = values.first ?? .unknown
    switch name {
    case "type" where values.count > 2: return arguments.flatMap { madeType($0) } ?? .unknown
    case "type": return Value(nature: .receiverType, chains: first.nature == .external ? .none : first.chains)
    case "next", "anext": return element(of: first)
    case "enumerate":
      return wrap(wrap(element(of: first), in: "#1"), in: "[]", of: builtin("enumerate").chains)
    case "zip":
      var parts: [ValuePart] = []
      for (index, value) in values.prefix(6).enumerated() {
        append(element(of: value), behind: Text.place(index), to: &parts)
      }
      let tuple = Value(nature: .instance, parts: arena.copy(parts))
      return wrap(tuple, in: "[]", of: builtin("zip").chains)
    default:
      return wrap(element(of: first), in: "[]", of: builtin(name == "sorted" ? "list" : name).chains)
    }
  }

  /// `super()` stands for the bases in order.
  private func visitSuper(_ function: Node, _ arguments: Node?) -> Value? {
    guard let type = scope.type, let binding = lookUp("super"), binding.kind == .external else { return nil }
    let (count, _) = count(arguments)
    refer(.call, function, binding.value, argumentCount: count)
    visitArguments(arguments)
    return type.bases.isEmpty ? builtin("object") : Value(nature: .parent, chains: type.bases)
  }

  private func isCast(_ function: Node) -> Bool {
    guard let name = function.child(.attribute), source.text(name) == "cast",
      let object = function.child(.object)
    else { return false }
    let module = source.text(object)
    return module == "typing" || module == "t"
  }

  /// The type that `cast(Type, value)` names.
  private func castValue(_ arguments: Node?) -> Value {
    guard let type = arguments?.firstChild else { return .unknown }
    return readAnnotation(source.text(type), refers: false)
  }

  /// Methods of containers: what they give where the receiver is one with known elements, which for a receiver of
  /// another file is a guess that holds only if it is declared so.
  private func visitContainerCall(_ function: Node, _ receiver: Value) -> Value? {
    guard let name = function.child(.attribute), receiver.isKnown else { return nil }
    let isContainer = !receiver.parts.isEmpty
    if receiver.nature == .external, !isContainer { return nil }
    switch source.text(name) {
    case "items":
      var parts: [ValuePart] = []
      append(step(receiver, "[k]"), behind: "#0", to: &parts)
      append(step(receiver, "[]"), behind: "#1", to: &parts)
      return wrap(
        Value(nature: .instance, parts: arena.copy(parts)), in: "[]", of: result(function, receiver))
    case "values": return wrap(step(receiver, "[]"), in: "[]", of: result(function, receiver))
    case "keys" where isContainer:
      return wrap(step(receiver, "[k]"), in: "[]", of: result(function, receiver))
    case "get", "pop", "setdefault", "popleft":
      let inner = step(receiver, "[]")
      if isContainer { return inner }
      return Value(nature: .result, chains: join(inner.chains, result(function, receiver)))
    case "copy": return isContainer ? receiver : nil
    default: return nil
    }
  }

  private func result(_ function: Node, _ receiver: Value) -> Chains {
    guard let name = function.child(.attribute) else { return .none }
    return arena.chains(receiver.chains, then: source.text(name))
  }
}
