import CodiraAnalyzerKit

extension FileReader {
  /// What a name stands for here; nil where no scope binds it and the language does not.
  func lookUp(_ name: Text) -> Binding? {
    var current: Scope? = scope
    while let scope = current {
      if let binding = scope.bindings[name] { return binding }
      current = scope.parent
    }
    guard names.globals.contains(name) else { return nil }
    return Binding(kind: .external, value: builtin(name), external: name, externalKind: .builtin)
  }

  /// What the name of a type stands for here.
  func lookUpType(_ name: Text) -> Binding? {
    var current: Scope? = scope
    while let scope = current {
      if let binding = scope.types[name] { return binding }
      if let binding = scope.bindings[name], binding.kind == .imported || binding.kind == .required {
        return binding
      }
      current = scope.parent
    }
    guard names.types.contains(name) || names.globals.contains(name) else { return nil }
    return Binding(kind: .external, value: builtin(name), external: name, externalKind: .builtin)
  }

  /// What a name stands for that nothing here binds: another part of a namespace, or something global.
  func unbound(_ name: Text) -> Value {
    var chains: [Chain] = []
    var current: Scope? = scope
    while let scope = current {
      if scope.kind == .namespace, chains.count < 3, !scope.isGlobal {
        chains.append(arena.chain(scope.id, name))
      }
      current = scope.parent
    }
    chains.append(arena.chain(globalID, name))
    return Value(nature: .object, chains: arena.copy(chains))
  }

  /// `window`, `globalThis`: what is declared for every script, and the members of `Window`.
  var globals: Value {
    let window = output.ids.id(globalID, .type, "Window")
    return Value(nature: .object, chains: arena.copy([Chain(globalID), Chain(window)]))
  }

  func value(ofName name: Text) -> Value { lookUp(name)?.value ?? unbound(name) }

  func bind(_ name: Text, _ kind: Binding.Kind, _ value: Value) {
    scope.bindings[name] = Binding(kind: kind, value: value)
  }

  /// Binds every name of a pattern, taking the value apart as it does.
  func bind(_ pattern: Node, _ value: Value) {
    switch pattern.kind {
    case .identifier, .shorthandPropertyPattern:
      bind(source.text(pattern), .local, value.isKnown ? value : .local)
    case .objectPattern: bindObject(pattern, value)
    case .arrayPattern:
      for (index, child) in pattern.children.enumerated() {
        if child.kind == .restPattern {
          bind(child, value)
        } else {
          let part =
            part(value, Text.place(index))
            ?? step(value, value.parts.isEmpty ? Text.place(index) : "[]")
          bind(child, part)
        }
      }
    case .assignmentPattern, .objectAssignmentPattern:
      let other = pattern.child(.right).map { visit($0, isStored: true) } ?? .unknown
      if let left = pattern.child(.left) { bind(left, either(value, other)) }
    case .restPattern, .parenthesizedExpression, .nonNullExpression:
      for child in pattern.children { bind(child, pattern.kind == .restPattern ? value : .unknown) }
    case .memberExpression, .subscriptExpression: visit(pattern)
    default: break
    }
  }

  private func bindObject(_ pattern: Node, _ whole: Value) {
    let isGlobal = whole.nature == .external && whole.chains.first?.root == "window"
    let value = isGlobal ? globals : whole
    for child in pattern.children {
      switch child.kind {
      case .shorthandPropertyPattern: bind(child, member(value, source.text(child)))
      case .objectAssignmentPattern:
        let other = child.child(.right).map { visit($0, isStored: true) } ?? .unknown
        if let left = child.child(.left) {
          bind(left, either(member(value, source.text(left)), other))
        }
      case .pairPattern:
        guard let inner = child.child(.value) else { continue }
        let name = child.child(.key).flatMap { propertyName($0) }
        bind(inner, name.map { member(value, $0) } ?? .unknown)
      default: bind(child, value)
      }
    }
  }

  /// The name that a property's key says; nil where it is computed.
  func propertyName(_ key: Node) -> Text? {
    switch key.kind {
    case .propertyIdentifier, .privatePropertyIdentifier, .identifier, .shorthandProperty, .number:
      return source.text(key)
    case .string: return stringText(key)
    case .computedPropertyName:
      guard let inner = key.firstChild else { return nil }
      if inner.kind == .string { return stringText(inner) }
      let text = source.text(inner)
      return text.hasPrefix("Symbol.") ? arena.join("[", text, "]") : nil
    default: return nil
    }
  }

  /// A string's text, where it has no escapes.
  func stringText(_ node: Node) -> Text? {
    guard node.end >= node.start + 2 else { return nil }
    let text = source.text(node.start + 1, node.end - 1)
    return text.isEmpty || text.count > 200 || text.firstIndex(of: "\\") != nil ? nil : text
  }
}

// MARK: references

extension FileReader {
  /// Adds a reference to what a name or member stands for.
  func refer(
    _ role: ReferenceRole, _ node: Node, _ value: Value, candidates: Chains? = nil,
    argumentCount: Int32 = -1,
    mayGuess: Bool = false
  ) {
    let name = FileReader.nameNode(node)
    var reference = ReferenceDraft(
      role, owner: scope.owner, name: source.text(name), start: name.start, end: name.end)
    if name != node, name.start > node.start {
      let object = node.child(.object) ?? node.child(.module)
      let receiver = object.map { source.text($0) } ?? .empty
      reference.receiver =
        receiver.count > 120 || receiver.firstIndex(of: "\n") != nil ? .empty : receiver
    }
    reference.candidates = candidates ?? value.chains
    reference.argumentCount = argumentCount
    reference.noName = !mayGuess || names.members.contains(reference.name)
    setExternal(&reference, node)
    output.references.append(reference)
  }

  /// The part of a callee or type that names what is meant.
  static func nameNode(_ node: Node) -> Node {
    switch node.kind {
    case .memberExpression, .nestedIdentifier: node.child(.property) ?? node
    case .nestedTypeIdentifier: node.child(.name) ?? node
    default: node
    }
  }

  /// Says what the reference is outside the repository, where its outermost name tells.
  private func setExternal(_ reference: inout ReferenceDraft, _ node: Node) {
    if let first = reference.candidates.first, first.isExternal {
      reference.externalKind = .builtin
      reference.external = first.root
      return
    }
    var outermost = node
    while let object = outermost.child(.object) ?? outermost.child(.module) { outermost = object }
    guard outermost.kind == .identifier || outermost.kind == .typeIdentifier else { return }
    let name = source.text(outermost)
    guard let binding = lookUp(name) ?? lookUpType(name), binding.externalKind != .none else {
      return
    }
    reference.externalKind = binding.externalKind
    let rest = source.text(outermost.end, max(reference.end, outermost.end))
    let isPlain = outermost == node || rest.count > 80 || rest.firstIndex(of: "\n") != nil
    reference.external = arena.join(binding.external, "", isPlain ? .empty : rest)
  }
}
