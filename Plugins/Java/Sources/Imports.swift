import CodiraAnalyzerKit

/// What a file's import declarations bring in.
struct Imports {
  /// Types by their simple names; several where a package's name begins with a capital.
  var types: [Text: [Text]] = [:]
  /// Packages and types whose types come on demand.
  var onDemand: [Text] = []
  /// Types whose static members of that name come in.
  var members: [Text: [Text]] = [:]
  /// Types whose static members all come on demand.
  var staticOnDemand: [Text] = []
}

extension FileReader {
  func readImport(_ node: Node) {
    guard let path = node.children.first(where: { $0.kind == .scopedIdentifier || $0.kind == .identifier })
    else { return }
    let name = plainName(path)
    let isStatic = node.child(of: .staticToken) != nil
    let isOnDemand = node.child(of: .asterisk) != nil
    let target: Chain
    switch (isStatic, isOnDemand) {
    case (false, false):
      target = Chain(typeIDs(name)[0])
      imports.types[lastComponent(name), default: []] += typeIDs(name)
    case (false, true):
      target = Chain(FileReader.isTypeName(lastComponent(name)) ? typeID(name) : package(name))
      imports.onDemand.append(target.root)
      if target.root.hasSuffix("#") { imports.onDemand.append(package(name)) }
    case (true, false):
      let dot = name.lastIndex(of: ".") ?? 0
      let types = typeIDs(name[0..<dot])
      target = arena.chain(types[0], lastComponent(name))
      imports.members[lastComponent(name), default: []] += types
    case (true, true):
      target = Chain(typeID(name))
      imports.staticOnDemand += typeIDs(name)
    }
    defineImport(node, path, name, target, isOnDemand: isOnDemand)
  }

  private func defineImport(_ node: Node, _ path: Node, _ name: Text, _ target: Chain, isOnDemand: Bool) {
    let place = isOnDemand ? node.child(of: .asterisk) ?? path : path.child(.name) ?? path
    let bound = isOnDemand ? "*" : lastComponent(name)
    let full = isOnDemand ? arena.join(name, ".", "*") : name
    let id = output.ids.define(packageID, .term, full, role: "import")
    var symbol = SymbolDraft(
      .import, id: id, name: bound, qualifiedName: full, start: node.start, end: node.end,
      nameStart: place.start, nameEnd: place.end)
    symbol.parent = scope.owner
    symbol.signature = collapsed(source.text(node.start, node.end), limit: 300)
    symbol.visibility = .private
    symbol.aliases = isOnDemand ? arena.chains(target) : arena.copy(targets(of: name, node))
    if node.child(of: .staticToken) != nil { symbol.flags.insert(.static) }
    output.symbols.append(symbol)
    let last = path.child(.name) ?? path
    var reference = ReferenceDraft(
      .imports, owner: scope.owner, name: lastComponent(name), start: last.start, end: last.end)
    reference.noName = true
    if path.kind == .scopedIdentifier { reference.receiver = source.text(path.start, last.start).dropLast(1) }
    reference.candidates = symbol.aliases
    reference.external = full
    reference.externalKind = FileReader.externalKind(name)
    output.references.append(reference)
  }

  /// What a declaration of one name brings in, the likeliest first.
  private func targets(of name: Text, _ node: Node) -> [Chain] {
    guard node.child(of: .staticToken) != nil else { return typeIDs(name).map { Chain($0) } }
    let type = name[0..<(name.lastIndex(of: ".") ?? 0)]
    return typeIDs(type).map { arena.chain($0, lastComponent(name)) }
  }

  /// The id of a type by its full name: what begins with a capital, or comes last, is a type.
  func typeID(_ name: Text) -> Text {
    let components = name.split(at: ".").filter { !$0.isEmpty }
    guard !components.isEmpty else { return packageID }
    let first = components.firstIndex(where: FileReader.isTypeName) ?? components.count - 1
    var id = output.ids.root("java")
    for (index, component) in components.enumerated() {
      id = output.ids.id(id, index < first ? .namespace : .type, component)
    }
    return id
  }

  /// The ids that a type of this name may have, the likeliest first.
  func typeIDs(_ name: Text) -> [Text] {
    let likely = typeID(name)
    guard let dot = name.lastIndex(of: ".") else { return [likely] }
    let other = output.ids.id(package(name[0..<dot]), .type, lastComponent(name))
    return likely == other ? [likely] : [likely, other]
  }

  func lastComponent(_ name: Text) -> Text {
    name.lastIndex(of: ".").map { name.dropFirst($0 + 1) } ?? name
  }

  /// Types begin with a capital, packages do not.
  static func isTypeName(_ name: Text) -> Bool {
    guard let first = name.bytes.first else { return false }
    return first >= UInt8(ascii: "A") && first <= UInt8(ascii: "Z")
  }

  static func externalKind(_ name: Text) -> ExternalKind {
    name.hasPrefix("java.") || name.hasPrefix("javax.") || name.hasPrefix("jdk.") ? .standardLibrary : .none
  }
}
