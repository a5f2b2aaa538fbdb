import CodiraAnalyzerKit

extension FileReader {
  /// What a bare name stands for here; nil where no scope binds it and it is no built-in.
  func lookUp(_ name: Text) -> Binding? {
    var current: Scope? = scope
    var isInnermost = true
    while let scope = current {
      // A class body's names are seen from the body itself, not from its methods.
      if scope.kind != .type || isInnermost, !scope.foreign.contains(name), let binding = scope.bindings[name]
      {
        return binding
      }
      if scope.kind != .comprehension { isInnermost = false }
      current = scope.parent
    }
    guard names.builtins.contains(name) else { return nil }
    return Binding(
      kind: .external, value: builtin(name), external: name, externalKind: .builtin)
  }

  /// What a name stands for that no scope binds: what stars bring in, else whatever else defines it in this module.
  func unbound(_ name: Text) -> Value {
    var chains: [Chain] = []
    var current: Scope? = scope
    while let scope = current {
      for wildcard in scope.wildcards.reversed() where chains.count < 4 {
        if let chain = arena.chain(wildcard, then: name) { chains.append(chain) }
      }
      current = scope.parent
    }
    chains.append(arena.chain(moduleID, name))
    return Value(nature: .object, chains: arena.copy(chains))
  }

  /// Binds a name in the scope that an assignment here means.
  func bind(_ name: Text, _ binding: Binding) {
    var target = scope
    while target.kind == .comprehension, let parent = target.parent { target = parent }
    guard !target.foreign.contains(name) else { return }
    bind(name, binding, in: target)
  }

  func bind(_ name: Text, _ binding: Binding, in scope: Scope) {
    guard isAlternative, let earlier = scope.bindings[name], earlier.value.isKnown else {
      scope.bindings[name] = binding
      return
    }
    guard binding.value.isKnown else { return }
    var merged = binding
    merged.value = either(earlier.value, binding.value)
    scope.bindings[name] = merged
  }

  /// Binds every name of a target, taking the value apart as Python does; defines nothing.
  func bind(_ target: Node, _ value: Value) {
    switch target.kind {
    case .identifier: bind(source.text(target), Binding(kind: .local, value: value.isKnown ? value : .local))
    case .patternList, .tuplePattern, .listPattern, .expressionList, .tuple, .list:
      for (index, child) in target.children.enumerated() {
        bind(child, step(value, Text.place(index)))
      }
    case .listSplatPattern, .listSplat, .parenthesizedExpression, .asPatternTarget:
      for child in target.children { bind(child, .local) }
    default: visit(target)
    }
  }
}

// MARK: references

extension FileReader {
  /// Adds a reference to what a name or attribute stands for.
  func refer(
    _ role: ReferenceRole, _ node: Node, _ value: Value, candidates: Chains? = nil, argumentCount: Int32 = -1,
    labels: UnsafeBufferPointer<Text> = UnsafeBufferPointer(start: nil, count: 0)
  ) {
    let name: Node
    var receiver = Text.empty
    if node.kind == .attribute, let attribute = node.child(.attribute), let object = node.child(.object) {
      name = attribute
      receiver = source.text(object)
      if receiver.count > 120 { receiver = .empty }
    } else if node.kind == .dottedName, let last = node.children.reduce(nil, { $1 }) {
      name = last
      if last.start > node.start { receiver = source.text(node.start, last.start).dropLast(1) }
    } else {
      name = node
    }
    var reference = ReferenceDraft(
      role, owner: scope.owner, name: source.text(name), start: name.start, end: name.end)
    reference.receiver = receiver
    reference.candidates = candidates ?? value.chains
    reference.argumentCount = argumentCount
    reference.labels = labels
    // Only a method that is called on something unknown may be found by its name alone.
    reference.noName = role != .call || node.kind == .identifier
    setExternal(&reference, node)
    output.references.append(reference)
  }

  /// Says what the reference is outside the repository, where its outermost name tells.
  private func setExternal(_ reference: inout ReferenceDraft, _ node: Node) {
    if let first = reference.candidates.first, first.isExternal {
      reference.externalKind = .builtin
      reference.external = first.root
      for member in first.members { reference.external = arena.join(reference.external, ".", member) }
      return
    }
    var outermost = node
    while outermost.kind == .attribute, let object = outermost.child(.object) { outermost = object }
    if outermost.kind == .dottedName, let first = outermost.firstChild { outermost = first }
    guard outermost.kind == .identifier, let binding = lookUp(source.text(outermost)),
      binding.externalKind != .none
    else { return }
    reference.externalKind = binding.externalKind
    let rest = source.text(outermost.end, max(reference.end, outermost.end))
    reference.external = arena.join(binding.external, "", outermost == node ? .empty : rest)
  }
}
