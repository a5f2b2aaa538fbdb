import CodiraAnalyzerKit

extension FileReader {
  /// `mod x { … }`, or `mod x;`, whose file is found by its place.
  func readInlineModule(_ node: Node, _ attributes: Attributes) {
    guard let body = node.child(.body) else { return declareModule(node, attributes) }
    guard var symbol = draft(.module, .namespace, node, attributes) else { return }
    let documentation = innerDocumentation(
      from: body.start, to: body.firstChild { !$0.isAttribute }?.start ?? body.end, body)
    if symbol.documentation.isEmpty, let documentation { symbol.documentation = documentation.text }
    if attributes.isTest || symbol.name == "tests" { symbol.flags.insert(.test) }
    output.symbols.append(symbol)
    let inner = Scope(
      .module, parent: scope, owner: symbol.id, id: symbol.id, qualifiedName: symbol.qualifiedName,
      isTest: symbol.flags.contains(.test))
    inner.path.append(symbol.name.description)
    let outer = scope
    scope = inner
    readModule(body)
    scope = outer
    if attributes.usesMacros { bringMacros(from: symbol.id, node) }
  }

  private func declareModule(_ node: Node, _ attributes: Attributes) {
    guard let place = node.child(.name) else { return }
    let name = FileReader.plain(source.text(place))
    let own = output.ids.id(scope.id, .namespace, name)
    let target = namespace(crates.module(file(of: name, attributes.path)).components)
    guard declaredModules.insert(own).inserted else { return }
    guard var symbol = draft(.module, .namespace, node, attributes) else { return }
    if target == own {
      symbol.flags.insert(.declarationOnly)
    } else {
      symbol.aliases = arena.chains(Chain(target))
    }
    if attributes.isTest || (symbol.name == "tests" && !scope.isLocal) { symbol.flags.insert(.test) }
    symbol.hasPayload = false
    output.symbols.append(symbol)
    if attributes.usesMacros { bringMacros(from: target, node) }
  }

  /// Where the file of `mod name;` lies.
  private func file(of name: Text, _ path: Text?) -> String {
    let inner = scope.path
    if let path {
      let folder = inner.isEmpty ? module.folder : inner.reduce(module.childFolder, Crates.join)
      return Crates.normalized(Crates.join(folder, path.description))
    }
    return Crates.join(inner.reduce(module.childFolder, Crates.join), name.description + ".rs")
  }

  /// `#[macro_use]`: what the module defines is seen behind it as if it stood here.
  private func bringMacros(from target: Text, _ node: Node) {
    let id = output.ids.define(scope.id, .term, "*")
    var symbol = SymbolDraft(
      .import, id: id, name: "*", qualifiedName: arena.join(scope.qualifiedName, "::", "*"),
      start: node.start,
      end: node.end, nameStart: node.start, nameEnd: node.start, flags: .wildcard)
    symbol.parent = scope.id
    symbol.visibility = .internal
    symbol.signature = arena.join(
      "#[macro_use]", " ", signature(node.start, node.child(.body)?.start ?? node.end))
    symbol.aliases = arena.chains(Chain(target))
    output.symbols.append(symbol)
  }
}
