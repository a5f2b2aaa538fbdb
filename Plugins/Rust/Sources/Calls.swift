import CodiraAnalyzerKit

extension FileReader {
  func visitCall(_ node: Node) -> Value {
    guard var function = node.child(.function) else { return .unknown }
    let arguments = node.child(.arguments)
    if function.kind == .genericFunction, let inner = function.child(.function) {
      if let types = function.child(.typeArguments), inner.kind == .fieldExpression {
        readTypeArguments(types)
      }
      if inner.kind == .fieldExpression { function = inner }
    }
    switch function.kind {
    case .fieldExpression: return visitMethod(function, arguments)
    case .identifier, .scopedIdentifier, .genericFunction, .selfWord:
      return visitFunction(function, arguments)
    default:
      let value = visit(function)
      visitArguments(arguments)
      return step(value, "()")
    }
  }

  /// `name(…)`, `path::name(…)`.
  private func visitFunction(_ node: Node, _ arguments: Node?) -> Value {
    let (base, segments) = path(node)
    guard let last = segments.last else {
      visitArguments(arguments)
      return .unknown
    }
    if last.name == MacroBlanking.oldTry { return visitTry(last, arguments) }
    let callee = resolve(segments, base: base, asValue: true)
    referToPrefix(segments, base: base)
    let isLocal = segments.count == 1 && lookUp(value: last.name)?.kind == .local
    let count = segments.count == 1 && base == nil ? argumentCount(arguments) : -1
    if last.name != "Self" {
      // A closure has no symbol, and what it gives is not what is called.
      let target = isLocal ? Value.unknown : callee
      refer(.call, last, target, receiver: receiver(segments), argumentCount: count)
    }
    let values = visitArguments(arguments)
    if isLocal { return step(callee, "()") }
    return passed(last.name, segments, callee, values) ?? knownResult(callee) ?? callee
  }

  /// `try!(…)`, which the grammar reads as a call.
  private func visitTry(_ place: PathSegment, _ arguments: Node?) -> Value {
    referToMacro([PathSegment(name: "try", start: place.start, end: place.end - 1)])
    return step(visitArguments(arguments).first ?? .unknown, "[]")
  }

  /// Functions of the library that give back what they take.
  private func passed(_ name: Text, _ path: [PathSegment], _ callee: Value, _ values: [Value]) -> Value? {
    guard let first = values.first, callee.isExternal || callee.chains.isEmpty || path.count > 1 else {
      return nil
    }
    if path.count == 1 {
      switch name {
      case "Some" where callee.isExternal: return holder("Option", [("[]", first)])
      case "Ok" where callee.isExternal: return holder("Result", [("[]", first)])
      case "Err" where callee.isExternal: return holder("Result", [("[k]", first)])
      default: return nil
      }
    }
    let type = path[path.count - 2].name
    guard names.transparent.contains(type) || names.holders.contains(type) else {
      return type == "mem" && (name == "replace" || name == "take") ? first : nil
    }
    let isKnownType = callee.isExternal || ["Arc", "Box", "Rc", "Mutex", "RwLock"].contains(type)
    guard isKnownType else { return nil }
    switch name {
    case "new", "pin", "from", "clone", "new_unchecked", "unwrap_or_clone":
      return names.transparent.contains(type) || name == "clone" ? first : holder(type, [("[]", first)])
    default: return nil
    }
  }

  /// What the file says that a callable gives.
  func knownResult(_ callee: Value) -> Value? {
    guard callee.chains.count == 1, let chain = callee.chains.first else { return nil }
    let found =
      chain.members.isEmpty
      ? results[chain.root]?[.empty] : chain.members.count == 1 ? results[chain.root]?[chain.members[0]] : nil
    guard let found, found.isKnown else { return nil }
    return found
  }

  func argumentCount(_ arguments: Node?) -> Int32 {
    guard let arguments else { return -1 }
    return Int32(arguments.children.reduce(0) { $1.isAttribute ? $0 : $0 + 1 })
  }

  @discardableResult
  func visitArguments(_ arguments: Node?, closure inputs: [Value] = []) -> [Value] {
    guard let arguments else { return [] }
    var values: [Value] = []
    for argument in arguments.children where !argument.isAttribute {
      values.append(
        argument.kind == .closureExpression ? visitClosure(argument, inputs) : visit(argument, isStored: true)
      )
    }
    return values
  }

  // MARK: methods

  private func visitMethod(_ function: Node, _ arguments: Node?) -> Value {
    guard let object = function.child(.value), let field = function.child(.field) else { return .unknown }
    let receiver = visit(object)
    let name = FileReader.plain(source.text(field))
    let segment = PathSegment(name: name, start: field.start, end: field.end)
    let callee = member(receiver, name)
    referToMethod(segment, receiver, callee, source.text(object), argumentCount(arguments))
    let values = visitArguments(arguments, closure: inputs(of: name, receiver))
    return methodResult(name, receiver, values, callee)
  }

  func referToMethod(_ name: PathSegment, _ receiver: Value, _ callee: Value, _ written: Text, _ count: Int32)
  {
    refer(
      .call, name, callee, receiver: written, argumentCount: count,
      noName: names.commonMethods.contains(name.name))
  }

  /// What a method gives: the library's by what they are known to do, others by where their definition leads.
  func methodResult(_ name: Text, _ receiver: Value, _ values: [Value], _ callee: Value) -> Value {
    if receiver.parts.isEmpty, let known = knownResult(callee) { return known }
    return libraryResult(name, receiver, values, callee) ?? callee
  }
}
