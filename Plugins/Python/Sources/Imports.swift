import CodiraAnalyzerKit

extension FileReader {
  /// `import a.b, c as d`.
  func readImport(_ node: Node) {
    for item in node.children where item.field == .name {
      let isAliased = item.kind == .aliasedImport
      guard let path = isAliased ? item.child(.name) : item else { continue }
      let components = components(path)
      guard let first = components.first else { continue }
      let external = external(components)
      referToImport(path, target: modules(components), name: components.last!, external: external)
      if isAliased, let alias = item.child(.alias) {
        let chains = modules(components)
        let binding = Binding(
          kind: .module, value: Value(nature: .object, chains: chains), external: external.text,
          externalKind: external.kind)
        defineImport(source.text(alias), alias, node, binding)
      } else {
        let chains = modules([first])
        let binding = Binding(
          kind: .module, value: Value(nature: .object, chains: chains), external: first,
          externalKind: external.kind)
        defineImport(first, path.firstChild ?? path, node, binding)
      }
    }
  }

  /// `from a.b import c as d, e`, `from . import *`.
  func readFromImport(_ node: Node) {
    guard let moduleName = node.child(.moduleName), let (components, isRelative) = target(moduleName) else {
      return
    }
    let modules =
      isRelative ? arena.chains(Chain(namespace(components))) : modules(components)
    let external = isRelative ? (.none, .empty) : external(components)
    for item in node.children {
      if item.kind == .wildcardImport {
        importEverything(modules, item, node, external, moduleName)
      } else if item.field == .name {
        importName(item, from: modules, node, external, moduleName)
      }
    }
  }

  private typealias External = (kind: ExternalKind, text: Text)

  private func importName(
    _ item: Node, from modules: Chains, _ node: Node, _ external: External, _ module: Node
  ) {
    let isAliased = item.kind == .aliasedImport
    guard let path = isAliased ? item.child(.name) : item, let last = path.firstChild else { return }
    let name = source.text(last)
    let chains = arena.chains(modules, then: name)
    let text = external.kind == .none ? Text.empty : arena.join(external.text, ".", name)
    referToImport(
      last, target: chains, name: name, external: (external.kind, text), from: source.text(module))
    let place = isAliased ? item.child(.alias) ?? last : last
    let binding = Binding(
      kind: .imported, value: Value(nature: .object, chains: chains), external: text,
      externalKind: external.kind)
    defineImport(source.text(place), place, node, binding)
  }

  private func importEverything(
    _ modules: Chains, _ item: Node, _ node: Node, _ external: External, _ module: Node
  ) {
    referToImport(item, target: modules, name: "*", external: external, from: source.text(module))
    scope.wildcards.append(contentsOf: modules)
    let binding = Binding(kind: .module, value: Value(nature: .object, chains: modules))
    defineImport("*", item, node, binding, flags: .wildcard)
  }

  private func referToImport(
    _ place: Node, target: Chains, name: Text, external: External, from receiver: Text = .empty
  ) {
    var reference = ReferenceDraft(
      .imports, owner: scope.owner, name: name, start: place.start, end: place.end)
    reference.candidates = target
    reference.receiver = receiver
    reference.externalKind = external.kind
    reference.external = external.text
    reference.noName = true
    output.references.append(reference)
  }

  /// The symbol of an imported name; the same import written twice is one.
  private func defineImport(
    _ name: Text, _ place: Node, _ statement: Node, _ binding: Binding, flags: SymbolFlags = []
  ) {
    let isRepeated = scope.bindings[name].map {
      ($0.kind == .imported || $0.kind == .module) && $0.value.chains.elementsEqual(binding.value.chains)
    }
    bind(name, binding)
    if isRepeated == true || scope.foreign.contains(name) { return }
    var symbol = SymbolDraft(
      .import, id: output.ids.define(scope.id, .term, name), name: name,
      qualifiedName: arena.join(scope.qualifiedName, ".", name), start: statement.start, end: statement.end,
      nameStart: place.start, nameEnd: place.end, flags: flags)
    symbol.parent = scope.id
    symbol.signature = signature(imported: place, statement)
    symbol.aliases = binding.value.chains
    symbol.visibility = visibility(name)
    if scope.isLocal { symbol.flags.insert(.local) }
    if module.isStub { symbol.flags.insert(.declarationOnly) }
    output.symbols.append(symbol)
  }

  /// The statement as if it imported this name alone.
  private func signature(imported place: Node, _ statement: Node) -> Text {
    var item = place
    while let parent = item.parent, parent != statement { item = parent }
    let name = collapsed(source.text(item), limit: 200)
    guard statement.kind == .importFromStatement, let module = statement.child(.moduleName) else {
      return arena.join("import", " ", name)
    }
    return arena.join(arena.join("from", " ", source.text(module)), " import ", name)
  }

  private func components(_ path: Node) -> [Text] {
    path.children.filter { $0.kind == .identifier }.map { source.text($0) }
  }

  /// The module that a `from` names; nil where the dots climb out of the repository.
  private func target(_ node: Node) -> (components: [Text], isRelative: Bool)? {
    guard node.kind == .relativeImport else { return (components(node), false) }
    let dots =
      node.child(of: .importPrefix).map { source.text($0).bytes.filter { $0 == UInt8(ascii: ".") }.count }
      ?? 1
    let package = module.package
    guard dots - 1 <= package.count else { return nil }
    let rest = node.child(of: .dottedName).map { components($0) } ?? []
    let path = Array(package.dropLast(dots - 1)) + rest
    return path.isEmpty ? nil : (path, true)
  }

  /// Where an absolute import may lead: the module of that name, and one beside a file that is in no package.
  func modules(_ components: [Text]) -> Chains {
    var chains = [Chain(namespace(components))]
    if let inner = packages.package(in: components) { chains.append(Chain(namespace(inner))) }
    guard !module.isInPackage, module.components.count > 1 else { return arena.copy(chains) }
    let folders = module.components.dropLast()
    // Folders without `__init__` are packages too: the one that this file itself lies in.
    if let place = folders.firstIndex(of: components[0]), place > 0 {
      chains.append(Chain(namespace(folders[..<place] + components)))
    }
    chains.append(Chain(namespace(folders + components)))
    return arena.copy(chains)
  }

  /// What an absolute import is outside the repository, as far as its first name tells.
  private func external(_ components: [Text]) -> External {
    guard let first = components.first, !packages.names.contains(first.description) else {
      return (.none, .empty)
    }
    let text = arena.join(components, separator: ".")
    return (names.standardLibrary.contains(first) ? .standardLibrary : .dependency, text)
  }
}
