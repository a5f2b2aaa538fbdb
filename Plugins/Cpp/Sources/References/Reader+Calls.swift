import CodiraAnalyzerKit
import CodiraCFamily

/// Calls and constructions.
extension Reader {
  mutating func call(_ node: Node) {
    let arguments = node.child(.arguments)
    let count = arguments.map { argumentCount($0) } ?? -1
    if let function = node.child(.function) { call(to: function, count, arguments) }
    if let arguments { children(arguments, isValue: true) }
  }

  func argumentCount(_ arguments: Node) -> Int32 {
    var count: Int32 = 0
    for argument in arguments.children {
      if argument.kind == .packExpansion { return -1 }
      if argument.kind != .error { count += 1 }
    }
    return count
  }

  mutating func call(to function: Node, _ count: Int32, _ arguments: Node? = nil) {
    switch function.kind {
    case .identifier, .qualifiedIdentifier, .templateFunction, .typeIdentifier, .templateType,
      .dependentName:
      scopeArguments(function)
      named(function, count, arguments)
    case .fieldExpression: memberCall(function, count, arguments)
    case .parenthesized:
      if let inner = function.firstChild, inner.kind == .identifier || inner.kind == .qualifiedIdentifier {
        named(inner, count, arguments)
      } else {
        visit(function)
      }
    default: visit(function)
    }
  }

  private mutating func named(_ node: Node, _ count: Int32, _ arguments: Node?) {
    let parts = NameParts.parts(node, file)
    guard let name = parts.last else { return }
    let last = NameParts.last(node)
    if parts.count == 1, Casts.names.contains(name) { return }
    var reference = ReferenceDraft(.call, owner: .empty, name: name, start: last.start, end: last.end)
    reference.argumentCount = count
    reference.noName = true
    if parts.count > 1 { reference.receiver = file.oneLine(node.start, last.start, limit: 80) }
    if parts.count == 1, let local = scope.local(name) {
      // Through a pointer or a lambda: which function it holds, nobody knows.
      _ = local
      file.output.references.append(reference)
      return
    }
    if let first = parts.first, scope.isTemplateParameter(first) {
      if parts.count > 1 { file.output.references.append(reference) }
      return
    }
    reference.candidates = arena.copy(callChains(parts))
    setArguments(&reference, arguments, on: scope.isThisConst)
    setExternal(&reference, parts)
    file.output.references.append(reference)
  }

  private func callChains(_ parts: [Text]) -> [Chain] {
    var chains = scope.chains(parts)
    if parts.count == 1 || (parts.count == 2 && parts[0].isEmpty), let name = parts.last {
      let isSettled = chains.last.map { $0.members.isEmpty } ?? false
      if !isSettled {
        chains += macroChains(name)
        chains.append(Chain(file.ids.id(file.shared.otherRoot, .callable, name)))
      }
    }
    return chains
  }

  private func setExternal(_ reference: inout ReferenceDraft, _ parts: [Text]) {
    let isStandard =
      parts.count == 1 ? StandardLibrary.contains(reference.name) : parts.first == "std"
    guard isStandard else { return }
    reference.externalKind = .standardLibrary
    reference.external = reference.name
  }

  private mutating func memberCall(_ callee: Node, _ count: Int32, _ arguments: Node?) {
    guard let argument = callee.child(.argument), let field = callee.child(.field) else {
      return visit(callee)
    }
    visit(argument)
    if field.kind == .templateMethod { self.arguments(of: field) }
    let last = NameParts.last(field)
    let name = NameParts.simple(field, file)
    var reference = ReferenceDraft(.call, owner: .empty, name: name, start: last.start, end: last.end)
    reference.argumentCount = count
    reference.receiver = file.oneLine(argument.start, argument.end, limit: 80)
    let holder = self.holder(callee)
    setArguments(&reference, arguments, on: holder.map { $0.isConst ?? false })
    if let holder {
      reference.noName = true
      if holder.isNameless {
        reference.candidates = arena.chains(Chain("std", flags: .external))
        reference.externalKind = .standardLibrary
        reference.external = name
      } else if field.kind == .qualifiedIdentifier {
        reference.candidates = arena.copy(scope.chains(NameParts.parts(field, file)))
      } else {
        let chains = holder.member(name, arena).chains
        reference.noName = !chains.isEmpty
        reference.candidates = arena.copy(chains)
      }
    }
    file.output.references.append(reference)
  }

  // Constructions

  /// A call of the constructors of a type that is written here.
  mutating func construct(_ type: Node, _ count: Int32, _ arguments: Node? = nil) {
    if type.kind == .primitiveType || type.kind == .sizedTypeSpecifier || type.kind == .placeholder { return }
    let parts = NameParts.parts(type, file)
    guard let name = parts.last, let first = parts.first, !scope.isTemplateParameter(first) else { return }
    let last = NameParts.last(type)
    var reference = ReferenceDraft(.call, owner: .empty, name: name, start: last.start, end: last.end)
    reference.argumentCount = count
    reference.noName = true
    let chains = scope.chains(parts)
    reference.candidates = arena.copy(
      chains.compactMap { $0.isExternal ? $0 : arena.chain($0, then: Step.constructor) })
    if chains.isEmpty { return }
    setArguments(&reference, arguments, on: nil)
    if chains.contains(where: \.isExternal) {
      reference.externalKind = .standardLibrary
      reference.external = chains[0].root
    }
    file.output.references.append(reference)
  }

  mutating func new(_ node: Node) {
    let arguments = node.child(.arguments)
    if let type = node.child(.type) {
      switch type.kind {
      case .primitiveType, .sizedTypeSpecifier, .placeholder: break
      default:
        scopeArguments(type)
        if node.child(.declarator) == nil {
          construct(type, arguments.map { argumentCount($0) } ?? 0, arguments)
        } else {
          visit(type)
        }
      }
    }
    for child in node.children where child.field != .type { visit(child, isValue: true) }
  }

  /// `T{x}`.
  mutating func literal(_ node: Node) {
    let value = node.child(.value)
    if let type = node.child(.type) {
      switch type.kind {
      case .typeIdentifier, .qualifiedIdentifier, .templateType:
        scopeArguments(type)
        construct(type, value.map { argumentCount($0) } ?? 0, value)
      default: visit(type)
      }
    }
    if let value { children(value, isValue: true) }
  }
}

/// What looks like a call of a template and is part of the language.
enum Casts {
  static let names: Set<Text> = [
    "static_cast", "dynamic_cast", "reinterpret_cast", "const_cast", "sizeof", "alignof", "decltype",
    "typeid", "noexcept", "defined",
  ]
}
