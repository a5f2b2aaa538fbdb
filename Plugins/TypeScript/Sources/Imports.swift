import CodiraAnalyzerKit

extension FileReader {
  /// Where a specifier leads, inside the repository or outside.
  struct Target {
    var chains: Chains
    var external: Text
    var externalKind: ExternalKind
  }

  func target(_ source: Node?) -> Target? {
    guard let source, let specifier = stringText(source) else { return nil }
    return target(specifier)
  }

  func target(_ specifier: Text) -> Target {
    let modules = project.modules(specifier, from: path.folder, arena: arena)
    let chains = arena.copy(modules.map { Chain(namespace($0)) })
    let isRelative = specifier.hasPrefix(".")
    if isRelative || project.isOwn(specifier, from: path.folder, arena: arena) {
      return Target(chains: chains, external: .empty, externalKind: .none)
    }
    let isStandard = specifier.hasPrefix("node:") || names.nodeModules.contains(specifier)
    return Target(
      chains: chains, external: specifier, externalKind: isStandard ? .standardLibrary : .dependency
    )
  }

  func readImport(_ node: Node) {
    let target = target(node.child(.source))
    for child in node.children {
      switch child.kind {
      case .importClause:
        guard let target else { continue }
        readImportClause(child, node, target)
      case .importRequireClause:
        guard let name = child.firstChild, let target = self.target(child.child(.source)) else {
          continue
        }
        defineImport(name, node, .required, exported(target), target)
      case .identifier, .importAlias: break
      default: break
      }
    }
    if node.child(of: .importClause) == nil, let source = node.child(.source), let target {
      refer(import: source, stringText(source) ?? .empty, target.chains, target)
    }
  }

  private func readImportClause(_ clause: Node, _ node: Node, _ target: Target) {
    for child in clause.children {
      switch child.kind {
      case .identifier:
        let chains = arena.chains(target.chains, then: "default")
        refer(import: child, "default", chains, target)
        defineImport(child, node, .imported, chains, target)
      case .namespaceImport:
        guard let name = child.child(of: .identifier) else { continue }
        refer(import: name, "*", target.chains, target)
        defineImport(name, node, .namespace, target.chains, target)
      case .namedImports:
        for item in child.children where item.kind == .importSpecifier {
          guard let name = item.child(.name), let text = propertyName(name) else { continue }
          let chains = arena.chains(target.chains, then: text)
          refer(import: name, text, chains, target)
          var own = target
          if !own.external.isEmpty { own.external = arena.join(own.external, ".", text) }
          defineImport(item.child(.alias) ?? name, node, .imported, chains, own)
        }
      default: break
      }
    }
  }

  /// `import A = B.C`.
  func readImportAlias(_ node: Node) {
    guard let name = node.firstChild, let path = name.nextSibling else { return }
    let value = visit(path)
    defineImport(
      name, node, .imported, value.chains,
      Target(chains: .none, external: .empty, externalKind: .none))
  }

  func refer(import place: Node, _ name: Text, _ chains: Chains, _ target: Target) {
    var reference = ReferenceDraft(
      .imports, owner: scope.owner, name: name, start: place.start, end: place.end)
    reference.candidates = chains
    reference.externalKind = target.externalKind
    reference.external = target.external
    reference.noName = true
    output.references.append(reference)
  }

  /// What `require` gives: what the module exports as a whole, else the module.
  func exported(_ target: Target) -> Chains {
    join(arena.chains(target.chains, then: "default"), target.chains)
  }

  func defineImport(
    _ place: Node, _ statement: Node, _ kind: Binding.Kind, _ chains: Chains, _ target: Target
  ) {
    let name = source.text(place)
    let binding = Binding(
      kind: kind, value: Value(nature: .object, chains: chains), external: target.external,
      externalKind: target.externalKind)
    scope.bindings[name] = binding
    scope.types[name] = binding
    let id = hoisted[place.start] ?? output.ids.define(scope.id, .term, name)
    var symbol = draft(.import, id: id, name: name, place: place, whole: statement)
    symbol.documentation = .empty
    symbol.signature = collapsed(source.text(statement), limit: 200)
    symbol.aliases = chains
    symbol.visibility = .internal
    add(symbol)
  }
}
