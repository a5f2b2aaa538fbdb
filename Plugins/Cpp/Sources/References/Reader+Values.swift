import CodiraAnalyzerKit
import CodiraCFamily

/// What an expression's value is.
extension Reader {
  /// What `x.` or `x->` reaches into.
  func holder(_ node: Node) -> Value? {
    guard let argument = node.child(.argument), let value = value(argument) else { return nil }
    return node.child(of: .arrow) != nil ? value.dereferenced(arena) : value
  }

  func value(_ node: Node, depth: Int = 0) -> Value? {
    guard depth < 40 else { return nil }
    func inner(_ field: CppGrammar.Field) -> Value? {
      node.child(field).flatMap { value($0, depth: depth + 1) }
    }
    switch node.kind {
    case .identifier: return named([file.text(node)])
    case .qualifiedIdentifier:
      if let first = NameParts.parts(node, file).first, scope.isTemplateParameter(first) { return nil }
      return named(NameParts.parts(node, file))
    case .this:
      guard let record = scope.enclosingRecord else { return nil }
      var value = Value([Chain(record.id)], path: [Step.element])
      (value.stars, value.isConst, value.isDeclared) = (1, scope.isThisConst, true)
      return value
    case .fieldExpression: return field(node, depth)
    case .call: return called(node, depth)
    case .pointerExpression:
      let isAddress = node.child(of: .address) != nil
      return inner(.argument).map { isAddress ? $0.address() : $0.dereferenced(arena) }
    case .subscriptExpression: return inner(.argument)?.element(arena)
    case .parenthesized: return node.firstChild.flatMap { value($0, depth: depth + 1) }
    case .castExpression:
      return node.child(.type).flatMap { TypeReader(file: file, scope: scope).value(descriptor: $0) }
    case .compoundLiteral: return TypeReader(file: file, scope: scope).value(node.child(.type))
    case .newExpression:
      return TypeReader(file: file, scope: scope).value(node.child(.type))?.address()
    case .conditional: return inner(.consequence) ?? inner(.alternative)
    case .assignment: return inner(.left)
    default: return nil
    }
  }

  func named(_ parts: [Text]) -> Value? {
    if parts.count == 1 {
      if let local = scope.local(parts[0]) { return local }
      if scope.isTemplateParameter(parts[0]) { return nil }
    }
    let chains = scope.chains(parts)
    if chains.isEmpty { return nil }
    var value = Value(Array(chains.prefix(Value.limit)))
    value.isConst = scope.isThisConst
    return value
  }

  private func field(_ node: Node, _ depth: Int) -> Value? {
    guard let field = node.child(.field), let argument = node.child(.argument),
      let base = value(argument, depth: depth + 1)
    else { return nil }
    let holder = node.child(of: .arrow) != nil ? base.dereferenced(arena) : base
    let name = NameParts.simple(field, file)
    // A pair's parts: of an iterator over a map the value.
    if name == "second" || name == "first" {
      let member = holder.member(name, arena)
      let part = holder.parts.filter { $0.path.first == (name == "first" ? "#0" : "#1") }
      if !part.isEmpty {
        return Value(parts: part.map { Value.Part(path: Array($0.path.dropFirst()), chains: $0.chains) })
      }
      // Of a pair that a name stands for: first, for a pair's own members have no rows.
      let named = holder.chains.compactMap { chain in
        chain.isExternal ? nil : arena.chain(chain, then: name == "first" ? "#0" : "#1")
      }
      let known = Value(named).or(member)
      return name == "second" ? known.or(holder) : known
    }
    let member = holder.member(name, arena)
    return member.parts.isEmpty ? nil : member
  }

  private func called(_ node: Node, _ depth: Int) -> Value? {
    guard let function = node.child(.function) else { return nil }
    switch function.kind {
    case .fieldExpression: return calledMember(function, depth)
    case .templateFunction:
      if let cast = cast(function) { return cast }
      return function.child(.name).flatMap { value($0, depth: depth + 1) }?.called(arena)
    case .qualifiedIdentifier:
      let parts = NameParts.parts(function, file)
      if let known = standard(function, parts, node, depth) { return known }
      return named(parts)?.called(arena)
    case .identifier:
      let name = file.text(function)
      if name == "move" || name == "forward" { return firstArgument(node, depth) }
      return named([name])?.called(arena)
    default: return value(function, depth: depth + 1)?.called(arena)
    }
  }

  private func calledMember(_ function: Node, _ depth: Int) -> Value? {
    guard let field = function.child(.field), let holder = holder(function) else { return nil }
    let name = NameParts.simple(field, file)
    let result = holder.member(name, arena).called(arena)
    if name == "get" || name == "lock" || name == "release" {
      return holder.isNameless ? holder : holder.or(result)
    }
    if StandardTypes.elementMembers.contains(name) {
      return holder.isNameless ? holder.element(arena) : holder.element(arena).or(result)
    }
    return result.parts.isEmpty ? nil : result
  }

  /// `static_cast<T>(x)`, `make_unique<T>(…)`.
  private func cast(_ function: Node) -> Value? {
    guard let name = function.child(.name), let arguments = function.child(.arguments) else { return nil }
    let reader = TypeReader(file: file, scope: scope)
    let type = arguments.children.first { $0.kind == .typeDescriptor }
    switch file.text(name) {
    case "static_cast", "dynamic_cast", "reinterpret_cast", "const_cast", "any_cast", "down_cast",
      "static_pointer_cast", "dynamic_pointer_cast", "get", "get_if", "polymorphic_downcast", "forward":
      let isPointer = file.text(name).hasSuffix("pointer_cast")
      return type.flatMap { reader.value(descriptor: $0) }.map { isPointer ? $0.address() : $0 }
    case "make_unique", "make_shared":
      return type.flatMap { reader.value(descriptor: $0) }?.address()
    default: return nil
    }
  }

  /// `std::move(x)`, `std::make_unique<T>()`.
  private func standard(_ function: Node, _ parts: [Text], _ call: Node, _ depth: Int) -> Value? {
    var last = function
    while last.kind == .qualifiedIdentifier, let inner = last.child(.name) { last = inner }
    if last.kind == .templateFunction, let cast = cast(last) { return cast }
    guard parts.first == "std" || parts.first == "absl" else { return nil }
    switch parts.last {
    case "move", "forward", "as_const", "ref", "cref", "exchange": return firstArgument(call, depth)
    case "begin", "end", "next", "prev": return firstArgument(call, depth)
    case "min", "max": return firstArgument(call, depth)
    default: return nil
    }
  }

  private func firstArgument(_ call: Node, _ depth: Int) -> Value? {
    call.child(.arguments)?.firstChild.flatMap { value($0, depth: depth + 1) }
  }
}
