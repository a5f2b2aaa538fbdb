import CodiraAnalyzerKit
import CodiraCFamily

/// Namespaces, templates, and names brought in from elsewhere.
extension Reader {
  mutating func namespace(_ node: Node) {
    let parts = NameParts.namespaces(node, file)
    let isInline = node.child(of: .inlineWord) != nil
    let depth = scope.frames.count
    let saved = visibility
    visibility = .unknown
    if parts.isEmpty { enterNameless(node) }
    for part in parts {
      let around = scope.namespace
      let space = names.inner(Space(id: around.id, twin: around.twin), part)
      let qualified = join(around.qualified, part)
      var reading = self.reading(.namespace, .namespace, node.child(.name) ?? node, node, part)
      reading.parent = around.id
      reading.qualified = qualified
      reading.flags = isInline ? [.wildcard] : []
      reading.signature = file.oneLine(node.start, node.child(.body)?.start ?? node.end)
      reading.hasPayload = false
      emitter.space(reading, id: space.id)
      scope.enter(
        Scope.Frame(kind: .namespace, id: space.id, twin: space.twin, name: part, qualified: qualified))
    }
    if let body = node.child(.body) { declarations(body) }
    while scope.frames.count > depth { scope.leaveFrame() }
    visibility = saved
  }

  private mutating func enterNameless(_ node: Node) {
    let around = scope.namespace
    let space = names.inner(Space(id: around.id, twin: around.twin), nil)
    scope.enter(
      Scope.Frame(
        kind: .namespace, id: space.id, twin: space.twin, name: .empty, qualified: around.qualified))
  }

  /// `extern "C"`: a function there has no overloads.
  mutating func linkage(_ node: Node) {
    let isC = node.child(.value).map { file.text($0) == "\"C\"" } ?? false
    let before = scope.top.isC
    scope.setC(isC)
    if let body = node.child(.body) { declaration(body) }
    scope.setC(before)
  }

  mutating func template(_ node: Node) {
    let mark = scope.mark
    let outer = template
    template = outer ?? node
    if let parameters = node.child(.parameters) { templateParameters(parameters) }
    for child in node.children where child.field != .parameters { declaration(child) }
    template = outer
    scope.leave(mark)
  }

  mutating func templateParameters(_ node: Node) {
    for parameter in node.children {
      switch parameter.kind {
      case .typeParameter, .optionalTypeParameter, .variadicTypeParameter, .templateTemplateParameter:
        let inner =
          parameter.kind == .templateTemplateParameter
          ? parameter.children.first { $0.kind == .typeParameter } ?? parameter : parameter
        if let name = inner.child(.name) ?? inner.children.first(where: { $0.kind == .typeIdentifier }) {
          scope.declareParameter(file.text(name))
        }
        if let type = parameter.child(.defaultType) { visit(type) }
      case .parameterDeclaration, .optionalParameter, .variadicParameter:
        if let type = parameter.child(.type) { visit(type) }
        if let name = Declarator(parameter.child(.declarator)).name {
          scope.declareParameter(file.text(name))
        }
        if let value = parameter.child(.defaultValue) { visit(value) }
      default: break
      }
    }
  }

  /// `using a::b;`, `using namespace a;`.
  mutating func using(_ node: Node) {
    guard let name = node.children.first(where: { isName($0) }) else { return }
    let parts = NameParts.parts(name, file)
    if scope.record != nil { return }
    if node.child(of: .namespaceWord) != nil {
      if parts.first == "std" { return }
      let chains = scope.chains(parts).filter { !$0.isExternal }
      scope.addDirective(chains)
      if file.isHeader, !scope.isInFunction, scope.namespace.id != file.root {
        emitImport(node, name, parts.last ?? .empty, chains, isWildcard: true)
      }
      return
    }
    guard let last = parts.last else { return }
    let chains = scope.chains(parts)
    if scope.isInFunction {
      scope.declareAlias(last, chains)
    } else {
      emitImport(node, NameParts.last(name), last, chains)
    }
  }

  mutating func namespaceAlias(_ node: Node) {
    guard let name = node.child(.name),
      let target = node.children.first(where: { $0.field != .name && isName($0) })
    else { return }
    let parts =
      target.kind == .nestedNamespace
      ? target.descendants.filter { $0.kind == .namespaceIdentifier }.map { file.text($0) }
      : NameParts.parts(target, file)
    let chains = scope.chains(parts)
    if scope.isInFunction {
      scope.declareAlias(file.text(name), chains)
    } else {
      emitImport(node, name, file.text(name), chains)
    }
  }

  private func isName(_ node: Node) -> Bool {
    switch node.kind {
    case .qualifiedIdentifier, .identifier, .namespaceIdentifier, .nestedNamespace: true
    default: false
    }
  }

  private mutating func emitImport(
    _ node: Node, _ place: Node, _ name: Text, _ chains: [Chain], isWildcard: Bool = false
  ) {
    let around = scope.namespace
    var reading = self.reading(
      .import, .term, place, node, isWildcard ? arena.join("namespace", " ", name) : name)
    reading.parent = around.twin
    reading.qualified = join(around.qualified, name)
    reading.flags = isWildcard ? [.wildcard] : []
    reading.aliases = Array(chains.prefix(Value.limit))
    reading.signature = file.oneLine(node.start, node.end)
    _ = emitter.emit(reading)
  }

  // Parts

  func join(_ qualified: Text, _ name: Text) -> Text {
    qualified.isEmpty ? name : arena.join(qualified, "::", name)
  }

  /// With the place of its name and of its whole, the template around included.
  func reading(
    _ kind: SymbolKind, _ descriptor: DescriptorKind, _ name: Node, _ whole: Node, _ text: Text
  ) -> Reading {
    let start = template.map { min($0.start, whole.start) } ?? whole.start
    return Reading(
      kind: kind, descriptor: descriptor, parent: file.root, name: text, qualified: text,
      nameStart: name.start, nameEnd: name.end, start: start, end: whole.end)
  }
}
