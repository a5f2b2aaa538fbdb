import CodiraAnalyzerKit

extension FileReader {
  /// `export …` in all its forms; what is declared in it is read as a statement.
  func readExport(_ node: Node) {
    if let declaration = node.child(.declaration) {
      readDecorators(node)
      readStatement(declaration)
      if node.child(of: .defaultWord) != nil, let name = declaration.child(.name) {
        alias("default", name, node, arena.chains(Chain(id(ofDeclaration: name))))
      }
      return
    }
    if node.child(.source) != nil {
      readReexport(node)
    } else if let clause = node.child(of: .exportClause) {
      readExportClause(clause, node)
    } else if let value = node.child(.value) {
      readDefault(value, node)
    } else if node.child(of: .equalsWord) != nil,
      let value = node.children.first(where: { $0.kind != .equalsWord })
    {
      readDefault(value, node)
    }
  }

  func id(ofDeclaration name: Node) -> Text {
    hoisted[name.start] ?? lookUp(source.text(name))?.value.chains.first?.root
      ?? lookUpType(source.text(name))?.value.chains.first?.root ?? moduleID
  }

  private func readReexport(_ node: Node) {
    guard let target = target(node.child(.source)) else { return }
    if let clause = node.child(of: .exportClause) {
      for item in clause.children where item.kind == .exportSpecifier {
        guard let name = item.child(.name), let text = propertyName(name) else { continue }
        let chains = arena.chains(target.chains, then: text)
        refer(import: name, text, chains, target)
        let place = item.child(.alias) ?? name
        alias(propertyName(place) ?? text, place, node, chains, id: hoisted[place.start])
      }
      return
    }
    let place = node.child(of: .namespaceExport) ?? node.child(of: .starWord) ?? node
    refer(import: place, "*", target.chains, target)
    if place.kind == .namespaceExport,
      let name = place.children.first(where: { $0.kind != .starWord })
    {
      let text = propertyName(name) ?? source.text(name)
      alias(text, name, node, target.chains, id: hoisted[name.start])
    } else {
      let id = output.ids.define(scope.id, .term, "*")
      var symbol = draft(.import, id: id, name: "*", place: place, whole: node)
      symbol.flags.insert(.wildcard)
      symbol.signature = collapsed(source.text(node), limit: 200)
      symbol.aliases = target.chains
      symbol.visibility = .public
      add(symbol)
    }
  }

  private func readExportClause(_ clause: Node, _ node: Node) {
    for item in clause.children where item.kind == .exportSpecifier {
      guard let name = item.child(.name) else { continue }
      let text = source.text(name)
      let value = lookUp(text)?.value ?? lookUpType(text)?.value ?? unbound(text)
      guard let place = item.child(.alias), let exported = propertyName(place), exported != text
      else {
        if let index = value.chains.first.flatMap({ emitted[$0.root] }) {
          output.symbols[index].visibility = .public
        }
        continue
      }
      let chains = arena.chains(arena.chain(scope.id, text))
      alias(exported, place, node, chains, id: hoisted[place.start])
    }
  }

  func readDefault(_ value: Node, _ node: Node) {
    switch value.kind {
    case .identifier, .memberExpression:
      let known = visit(value, isStored: true)
      alias("default", value, node, known.chains)
    case .functionExpression, .generatorFunction, .arrowFunction:
      let place = value.child(.name) ?? value
      let name = value.child(.name).map { source.text($0) } ?? "default"
      let id = define(function: value, name: name, place: place, whole: node)
      if place != value { alias("default", place, node, arena.chains(Chain(id))) }
    case .classExpression:
      let place = value.child(.name) ?? value
      let name = value.child(.name).map { source.text($0) } ?? "default"
      let id = output.ids.define(scope.id, .type, name)
      readClass(value, id: id, name: name, place: place, whole: node)
      if place != value { alias("default", place, node, arena.chains(Chain(id))) }
    default:
      defineVariable(
        name: "default", place: value, whole: node, kind: .constant, type: nil, value: value)
    }
  }

  /// A symbol that stands for another.
  func alias(_ name: Text, _ place: Node, _ whole: Node, _ chains: Chains, id: Text? = nil) {
    let id = id ?? output.ids.define(scope.id, .term, name)
    var symbol = draft(.import, id: id, name: name, place: place, whole: whole)
    symbol.documentation = .empty
    symbol.signature = collapsed(source.text(whole), limit: 120)
    symbol.aliases = chains
    symbol.visibility = .public
    add(symbol)
  }
}
