import CodiraCFamily
import CodiraAnalyzerKit

/// Finds what a file uses: calls, types, and functions that are passed around.
struct ReferenceWalker {
  let file: FileContext
  let names: FileNames
  var scope = Scope()
  /// Names that the typedef around defines.
  private var definedType: [UInt32] = []
  /// Candidates of a global name, made once.
  private var calls: [Text: Chains] = [:]
  private var values: [Text: Chains] = [:]
  private var types: [Text: Chains] = [:]

  init(_ file: FileContext, _ names: FileNames) {
    self.file = file
    self.names = names
  }

  var source: Source { file.source }
  var arena: Arena { file.arena }

  mutating func walk(_ root: Node) {
    children(of: root)
    for use in file.preparation.uses { call(use.start, use.end, use.argumentCount) }
    MacroBodies.walk(file.shared, .c) { start, end, count in call(start, end, count) }
  }

  private mutating func children(of node: Node, isValue: Bool = false) {
    for child in node.children { visit(child, isValue: isValue) }
  }

  /// `isValue`: the value of the expression goes somewhere: an argument, an initializer, a result.
  private mutating func visit(_ node: Node, isValue: Bool = false) {
    switch node.kind {
    case .functionDefinition: function(node)
    case .compoundStatement, .forStatement:
      let mark = scope.mark
      children(of: node)
      scope.leave(mark)
    case .declaration: declaration(node)
    case .parameterDeclaration:
      if let type = node.child(.type) { visit(type) }
      if let declarator = node.child(.declarator) { visit(declarator) }
    case .typeDefinition:
      // The name it defines is no use of it.
      definedType = node.declarators.compactMap { Declarator($0).name?.start }
      children(of: node)
    case .structSpecifier, .unionSpecifier, .enumSpecifier: tag(node)
    case .typeIdentifier: if !definedType.contains(node.start) { typeUse(node) }
    case .identifier: if isValue { callableValue(node) }
    case .call: call(node)
    case .argumentList, .initializerList, .returnStatement, .comma: children(of: node, isValue: true)
    case .parenthesized: children(of: node, isValue: isValue)
    case .initializerPair, .initDeclarator:
      for child in node.children { visit(child, isValue: child.field == .value) }
    case .castExpression:
      for child in node.children { visit(child, isValue: isValue && child.field == .value) }
    case .assignment: for child in node.children { visit(child, isValue: child.field == .right) }
    case .conditional:
      for child in node.children { visit(child, isValue: isValue && child.field != .condition) }
    case .pointerExpression:
      let isAddress = node.child(of: .address) != nil
      children(of: node, isValue: isAddress)
    case .enumerator: break
    default: children(of: node)
    }
  }

  // Scopes

  private mutating func function(_ node: Node) {
    let mark = scope.mark
    if !scope.isEmpty, let name = Declarator(node.child(.declarator)).name {
      scope.declare(source.text(name), nil)
    }
    for child in node.children where child.field != .body { visit(child) }
    let oldStyle = node.children.filter { $0.kind == .declaration }
    if let parameters = Declarator(node.child(.declarator)).parameters {
      for parameter in parameters.children {
        if parameter.kind == .parameterDeclaration { declare(parameter) }
        if parameter.kind == .identifier { scope.declare(source.text(parameter), nil) }
      }
    }
    for parameter in oldStyle { declare(parameter) }
    if let body = node.child(.body) { children(of: body) }
    scope.leave(mark)
  }

  /// Locals come into scope with their declarator; at file scope there are none.
  private mutating func declaration(_ node: Node) {
    let isLocal = !scope.isEmpty || isInBody(node)
    if isLocal { declare(node) }
    children(of: node)
  }

  private func isInBody(_ node: Node) -> Bool {
    var next = node.parent
    while let parent = next {
      if parent.kind == .compoundStatement { return true }
      if parent.kind == .translationUnit || parent.kind == .declarationList { return false }
      next = parent.parent
    }
    return false
  }

  private mutating func declare(_ node: Node) {
    let type = node.child(.type)
    for outer in node.declarators {
      let declarator = Declarator(outer)
      guard let name = declarator.name else { continue }
      // A prototype inside a body speaks of the function outside.
      if node.kind == .declaration, declarator.isFunction { continue }
      scope.declare(source.text(name), TypeFacts.fact(type, declarator.path, file))
    }
  }

  // Types

  private mutating func tag(_ node: Node) {
    let isUse = node.child(.body) == nil && !isForward(node)
    for child in node.children {
      if child.field != .name { visit(child) } else if isUse { typeUse(child) }
    }
  }

  /// `struct x;` alone, or the typedef that gives the tag its own name.
  private func isForward(_ node: Node) -> Bool {
    guard let parent = node.parent else { return false }
    if node.isAlone { return true }
    if parent.kind == .declaration { return parent.child(.declarator) == nil }
    guard parent.kind == .typeDefinition, let name = node.child(.name) else { return false }
    return parent.declarators.contains { $0.kind == .typeIdentifier && source.text($0) == source.text(name) }
  }

  private mutating func typeUse(_ node: Node) {
    let name = source.text(node)
    var reference = ReferenceDraft(.typeUse, owner: .empty, name: name, start: node.start, end: node.end)
    reference.noName = true
    if let known = types[name] {
      reference.candidates = known
    } else {
      let ids = [Chain(file.typeID(name)), Chain(file.output.ids.id(file.root, .macro, name))]
      let chains = arena.copy(ids)
      types[name] = chains
      reference.candidates = chains
    }
    if StandardLibrary.types.contains(name) { setStandard(&reference) }
    file.output.references.append(reference)
  }

  // Calls

  private mutating func call(_ node: Node) {
    let arguments = node.child(.arguments)
    let count = arguments.map { Int32($0.children.reduce(0) { $0 + ($1.kind == .error ? 0 : 1) }) } ?? -1
    if let function = node.child(.function) {
      let callee = unwrapped(function)
      switch callee.kind {
      case .identifier: call(callee.start, callee.end, count)
      case .fieldExpression: memberCall(callee, count)
      case .call: pastedCall(callee, count)
      default: visit(function)
      }
    }
    if let arguments { children(of: arguments, isValue: true) }
  }

  /// `PREFIXED(name)(x)`: calls what the macro makes of the name.
  private mutating func pastedCall(_ callee: Node, _ count: Int32) {
    visit(callee)
    guard let name = callee.child(.function), name.kind == .identifier,
      MacroNames.likeness(source.text(name)) > 0
    else { return }
    let written = file.oneLine(callee.start, callee.end, limit: 120)
    var reference = ReferenceDraft(.call, owner: .empty, name: written, start: callee.start, end: callee.end)
    reference.argumentCount = count
    reference.noName = true
    let id = names.statics[written] ?? file.output.ids.id(file.root, .callable, written)
    reference.candidates = arena.chains(Chain(id))
    file.output.references.append(reference)
  }

  /// `(*f)(x)` and `(f)(x)` call `f`.
  private func unwrapped(_ node: Node) -> Node {
    var node = node
    while true {
      guard
        node.kind == .parenthesized || (node.kind == .pointerExpression && node.child(of: .address) == nil),
        let inner = node.child(.argument) ?? node.firstChild
      else { return node }
      node = inner
    }
  }

  private mutating func call(_ start: UInt32, _ end: UInt32, _ count: Int32) {
    let name = source.text(start, end)
    var reference = ReferenceDraft(.call, owner: .empty, name: name, start: start, end: end)
    reference.argumentCount = count
    if case .local = scope.meaning(name) {
      // Through a pointer: which function it holds, nobody knows.
      reference.noName = true
    } else {
      reference.candidates = callCandidates(name)
      setExternal(&reference, name)
    }
    file.output.references.append(reference)
  }

  private mutating func callCandidates(_ name: Text) -> Chains {
    if let known = calls[name] { return known }
    let ids = file.output.ids
    var chains: [Chain] = []
    if let own = names.statics[name] {
      chains = [Chain(own)]
    } else if names.functions.contains(name) {
      chains = [Chain(ids.id(file.root, .callable, name))]
    } else if names.callableMacros.contains(name) || names.constants.contains(name) {
      chains = [Chain(ids.id(file.root, .macro, name))]
    } else if names.variables.contains(name) {
      chains = [Chain(ids.id(file.root, .term, name))]
    } else if StandardLibrary.contains(name), !StandardLibrary.macros.contains(name) {
      // A macro of that name in another file is for platforms that lack the function.
      chains = [Chain(ids.id(file.root, .callable, name))]
    } else {
      let kinds: [DescriptorKind] = [.callable, .macro, .term]
      chains = kinds.map { Chain(ids.id(file.root, $0, name)) }
    }
    if StandardLibrary.contains(name) { chains.append(Chain(name, flags: .external)) }
    let result = arena.copy(chains)
    calls[name] = result
    return result
  }

  private func setExternal(_ reference: inout ReferenceDraft, _ name: Text) {
    if name.hasPrefix("__builtin_") || name.hasPrefix("__sync_") || name.hasPrefix("__atomic_") {
      reference.externalKind = .builtin
      reference.external = name
      reference.candidates = arena.chains(Chain(name, flags: .external))
    } else if StandardLibrary.contains(name) {
      setStandard(&reference)
    }
  }

  private func setStandard(_ reference: inout ReferenceDraft) {
    reference.externalKind = .standardLibrary
    reference.external = reference.name
  }

  private mutating func memberCall(_ callee: Node, _ count: Int32) {
    guard let field = callee.child(.field), let receiver = callee.child(.argument) else { return }
    var reference = ReferenceDraft(
      .call, owner: .empty, name: source.text(field), start: field.start, end: field.end)
    reference.argumentCount = count
    reference.noName = true
    reference.receiver = file.oneLine(receiver.start, receiver.end, limit: 100)
    if let chain = holder(callee)?.chain(to: reference.name, arena) {
      reference.candidates = arena.chains(chain)
    }
    file.output.references.append(reference)
    visit(receiver)
  }

  // Values

  private mutating func callableValue(_ node: Node) {
    let name = source.text(node)
    if case .local = scope.meaning(name) { return }
    if Keywords.c.kind(name) != .identifier { return }
    let isKnown = names.functions.contains(name) || names.callableMacros.contains(name)
    if !isKnown, names.variables.contains(name) || names.constants.contains(name) || isConstantName(name) {
      return
    }
    var reference = ReferenceDraft(
      .callableValue, owner: .empty, name: name, start: node.start, end: node.end)
    reference.noName = true
    if let known = values[name] {
      reference.candidates = known
    } else {
      let id = names.statics[name] ?? file.output.ids.id(file.root, .callable, name)
      reference.candidates = arena.chains(Chain(id))
      values[name] = reference.candidates
    }
    if StandardLibrary.contains(name) { setStandard(&reference) }
    file.output.references.append(reference)
  }

  /// Upper-case names are constants by everyone's habit; a few words are no functions either.
  private func isConstantName(_ name: Text) -> Bool {
    if !name.bytes.contains(where: { $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") }) { return true }
    return ["stdin", "stdout", "stderr", "errno", "true", "false", "environ", "nullptr"].contains(name)
  }

  /// The value that a field expression takes its field from.
  private func holder(_ node: Node) -> Value? {
    guard let argument = node.child(.argument), let value = value(argument) else { return nil }
    return node.child(of: .arrow) != nil ? value.dereferenced(arena) : value
  }

  private func value(_ node: Node, depth: Int = 0) -> Value? {
    guard depth < 40 else { return nil }
    func inner(_ field: CGrammar.Field) -> Value? {
      node.child(field).flatMap { value($0, depth: depth + 1) }
    }
    switch node.kind {
    case .identifier: return named(source.text(node))
    case .fieldExpression:
      guard let field = node.child(.field), let base = inner(.argument) else { return nil }
      let holder = node.child(of: .arrow) != nil ? base.dereferenced(arena) : base
      return holder?.member(source.text(field), arena)
    case .call:
      guard let function = node.child(.function) else { return nil }
      if function.kind == .identifier, case .global = scope.meaning(source.text(function)) {
        return result(source.text(function))
      }
      return value(unwrapped(function), depth: depth + 1)?.called(arena)
    case .pointerExpression:
      let isAddress = node.child(of: .address) != nil
      return inner(.argument).flatMap { isAddress ? $0.address() : $0.dereferenced(arena) }
    case .subscriptExpression: return inner(.argument)?.element(arena)
    case .parenthesized, .comma: return node.firstChild.flatMap { value($0, depth: depth + 1) }
    case .castExpression, .compoundLiteral:
      guard let type = node.child(.type) else { return nil }
      return Value(
        TypeFacts.fact(type.child(.type), Declarator(type.child(.declarator)).path, file))
    case .conditional: return inner(.consequence) ?? inner(.alternative)
    case .assignment: return inner(.left)
    default: return nil
    }
  }

  private func named(_ name: Text) -> Value? {
    switch scope.meaning(name) {
    case .local(let type): return Value(type)
    case .global: return Value(Chain(names.statics[name] ?? file.output.ids.id(file.root, .term, name)))
    }
  }

  private func result(_ name: Text) -> Value? {
    let id = names.statics[name] ?? file.output.ids.id(file.root, .callable, name)
    return Value(arena.chain(id, TypeFact.call))
  }
}
