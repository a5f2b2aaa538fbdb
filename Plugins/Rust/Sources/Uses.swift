import CodiraAnalyzerKit

/// One name that a `use` brings in.
struct UseLeaf {
  var path: [PathSegment]
  /// The name it gets here; nil for a glob and for `_`.
  var alias: Node?
  var place: Node
  var isGlob = false
}

extension FileReader {
  func bindUse(_ argument: Node) {
    for leaf in leaves(argument) {
      let value = imported(leaf.path)
      if leaf.isGlob {
        scope.globs.append(contentsOf: value.chains.filter { !$0.isExternal })
      } else if let name = name(of: leaf) {
        let binding = Binding(kind: .imported, value: value)
        bind(name, binding, isType: true)
      }
    }
  }

  func bindCrate(_ node: Node) {
    guard let name = node.child(.name) else { return }
    let value = Value(
      chains: arena.chains(crate(source.text(name)) ?? Chain(source.text(name), flags: .external)))
    bind(source.text(node.child(.alias) ?? name), Binding(kind: .imported, value: value), isType: true)
  }

  func readUse(_ node: Node, _ attributes: Attributes) {
    guard let argument = node.child(.argument) else { return }
    for leaf in leaves(argument) {
      let value = imported(leaf.path)
      guard let last = leaf.path.last(where: { $0.name != "self" }) ?? leaf.path.last else { continue }
      let receiver = source.text(leaf.path[0].start, max(leaf.path[0].start, last.start))
      refer(
        .imports, leaf.isGlob ? PathSegment(name: "*", start: leaf.place.start, end: leaf.place.end) : last,
        value,
        receiver: leaf.path.count > 1 && !receiver.bytes.contains(UInt8(ascii: "{"))
          ? receiver.dropLast(2) : .empty)
      define(leaf, value, node)
    }
  }

  func readCrate(_ node: Node, _ attributes: Attributes) {
    guard let name = node.child(.name) else { return }
    let segment = PathSegment(name: source.text(name), start: name.start, end: name.end)
    let value = Value(chains: arena.chains(crate(segment.name) ?? Chain(segment.name, flags: .external)))
    refer(.imports, segment, value)
    define(UseLeaf(path: [segment], alias: node.child(.alias), place: name), value, node)
  }

  private func define(_ leaf: UseLeaf, _ value: Value, _ node: Node) {
    guard let name = leaf.isGlob ? "*" : name(of: leaf) else { return }
    let place = leaf.alias ?? leaf.place
    var symbol = SymbolDraft(
      .import, id: output.ids.define(scope.id, .term, name), name: name,
      qualifiedName: arena.join(scope.qualifiedName, "::", name), start: node.start, end: node.end,
      nameStart: place.start, nameEnd: place.end, flags: leaf.isGlob ? .wildcard : [])
    symbol.parent = scope.id
    symbol.visibility = visibility(node)
    symbol.aliases = value.chains
    var path = Text.empty
    for segment in leaf.path {
      path =
        path.isEmpty || path == "::"
        ? arena.join(path, "", segment.name) : arena.join(path, "::", segment.name)
    }
    if leaf.isGlob { path = arena.join(path, "::", "*") }
    if let alias = leaf.alias { path = arena.join(path, " as ", source.text(alias)) }
    let word: Text = node.kind == .useDeclaration ? "use" : "extern crate"
    symbol.signature = arena.join(word, " ", path)
    if visibility(node) == .public { symbol.signature = arena.join("pub", " ", symbol.signature) }
    if scope.isLocal { symbol.flags.insert(.local) }
    if scope.isTest { symbol.flags.insert(.test) }
    output.symbols.append(symbol)
  }

  private func name(of leaf: UseLeaf) -> Text? {
    if let alias = leaf.alias {
      let name = FileReader.plain(source.text(alias))
      return name == "_" ? nil : name
    }
    guard let last = leaf.path.last(where: { $0.name != "self" })?.name else { return nil }
    return last == "crate" || last == "super" ? nil : last
  }

  /// What the path of a `use` means: its first name is a crate, `crate`, `self`, `super`, or stands here.
  private func imported(_ path: [PathSegment]) -> Value {
    var segments = path.filter { $0.name != "::" }
    if segments.count > 1, segments.last?.name == "self" { segments.removeLast() }
    guard let first = segments.first else { return .unknown }
    switch first.name {
    case "crate", "$crate", "self", "super", "Self":
      return resolve(segments, asValue: false)
    default: break
    }
    let rest = segments.dropFirst()
    func following(_ chain: Chain) -> Chain? {
      rest.reduce(chain) { chain, segment in chain.flatMap { arena.chain($0, then: segment.name) } }
    }
    let local = arena.chain(scope.module.id, first.name)
    let root = arena.chain(crateID, first.name)
    var chains: [Chain] = []
    if crates.isEdition2015(module), path.first?.name != "::" || !segments.isEmpty {
      chains = [crate(first.name), root, local].compactMap { $0 }
    } else if let binding = scope.types[first.name] ?? scope.module.types[first.name], binding.kind == .item {
      chains = Array(binding.value.chains)
    } else if let crate = crate(first.name) {
      chains = [crate]
    } else {
      chains = [local]
      if !FileReader.isCapitalized(first.name), scope.module.types[first.name] == nil {
        chains.append(Chain(first.name, flags: .external))
      }
    }
    return Value(chains: arena.copy(chains.compactMap(following)))
  }

  private func leaves(_ argument: Node) -> [UseLeaf] {
    var found: [UseLeaf] = []
    collect(argument, [], &found)
    return found
  }

  private func collect(_ node: Node, _ prefix: [PathSegment], _ found: inout [UseLeaf]) {
    switch node.kind {
    case .scopedUseList:
      let inner = prefix + (node.child(.path).map { path($0).segments } ?? [])
      for child in node.child(.list)?.children ?? node.children { collect(child, inner, &found) }
    case .useList:
      for child in node.children { collect(child, prefix, &found) }
    case .useAsClause:
      guard let path = node.child(.path) else { return }
      found.append(UseLeaf(path: prefix + self.path(path).segments, alias: node.child(.alias), place: path))
    case .useWildcard:
      let inner = prefix + (node.firstChild.map { path($0).segments } ?? [])
      if !inner.isEmpty { found.append(UseLeaf(path: inner, alias: nil, place: node, isGlob: true)) }
    case .identifier, .scopedIdentifier, .selfWord, .crate, .superWord, .metavariable:
      found.append(UseLeaf(path: prefix + path(node).segments, alias: nil, place: node))
    default: break
    }
  }
}
