import CodiraAnalyzerKit

/// Reads one file: names first, then definitions, then bodies, when everything they may name is known.
final class FileReader {
  let source: Source
  let output: Output
  let arena: Arena
  let module: ModulePath
  let crates: Crates
  let names: KnownNames
  let crateID: Text
  var scope: Scope
  /// What the file itself says of members: by the id of their type, then by name.
  var fields: [Text: [Text: Value]] = [:]
  var results: [Text: [Text: Value]] = [:]
  var pending: [PendingBody] = []
  /// Blocks that stand in the file already, by id.
  var extensions: Set<Text> = []
  var declaredModules: Set<Text> = []
  /// How many macro calls are read inside each other.
  var macroDepth = 0

  /// A function's block or a constant's value, read after all definitions.
  struct PendingBody {
    var node: Node
    var scope: Scope
  }

  init(source: Source, output: Output, module: ModulePath, crates: Crates, names: KnownNames) {
    self.source = source
    self.output = output
    self.module = module
    self.crates = crates
    self.names = names
    arena = output.arena
    let ids = FileReader.namespaces(module.components, output)
    crateID = ids[module.crateDepth - 1]
    let id = ids[ids.count - 1]
    let name = output.arena.copy(module.components.joined(separator: "::"))
    scope = Scope(.module, parent: nil, owner: id, id: id, qualifiedName: name, isTest: module.isTest)
  }

  private static func namespaces(_ components: [String], _ output: Output) -> [Text] {
    var id = output.ids.root("rust")
    return components.map { component in
      id = output.ids.id(id, .namespace, output.arena.copy(component))
      return id
    }
  }

  func namespace(_ components: [String]) -> Text { FileReader.namespaces(components, output).last ?? .empty }

  /// False when the host no longer wants the result.
  func read(_ root: Node) -> Bool {
    defineFile(root)
    readModule(root)
    var next = 0
    while next < pending.count {
      if next & 255 == 255, source.shouldStop { return false }
      scope = pending[next].scope
      visit(pending[next].node, isStored: true)
      next += 1
    }
    if isGenerated { for index in output.symbols.indices { output.symbols[index].flags.insert(.generated) } }
    return true
  }

  private func defineFile(_ root: Node) {
    let end = UInt32(source.bytes.count)
    let name = arena.copy(module.components[module.components.count - 1])
    var symbol = SymbolDraft(
      .module, id: scope.id, name: name, qualifiedName: scope.qualifiedName, start: 0, end: end, nameStart: 0,
      nameEnd: 0)
    symbol.signature = arena.join(
      module.components.count > module.crateDepth ? "mod" : "crate", " ", scope.qualifiedName)
    if module.isTest { symbol.flags.insert(.test) }
    if module.components.count > 1 { symbol.parent = namespace(module.components.dropLast()) }
    let documentation = innerDocumentation(
      from: 0, to: root.firstChild { !$0.isAttribute }?.start ?? end, root)
    if let documentation {
      symbol.documentation = documentation.text
      symbol.documentationSpan = documentation.span
      document(scope.id, documentation)
    }
    output.symbols.append(symbol)
  }

  func document(_ owner: Text, _ documentation: Documentation) {
    output.documentation.append(
      DocumentationDraft(
        id: output.ids.id(owner, .term, "//!"), owner: owner, format: "markdown", text: documentation.text,
        start: documentation.span.start, end: documentation.span.end))
  }

  /// The items of a file or of an inline module.
  func readModule(_ body: Node) {
    bindItems(body)
    readItems(body)
  }

  /// A comment near the top says that a program wrote the file.
  private var isGenerated: Bool {
    output.comments.prefix(5).contains { comment in
      guard comment.start < 2_000 else { return false }
      let text = source.text(comment.start, comment.end).description
      return text.contains("@generated") || text.contains("DO NOT EDIT")
    }
  }
}

extension SyntaxNode<Rust> {
  var isAttribute: Bool { kind == .attributeItem || kind == .innerAttributeItem }

  func firstChild(where condition: (Node) -> Bool) -> Node? {
    for child in children where condition(child) { return child }
    return nil
  }

  /// The descendants' direct type node of a field, parameter or item.
  var type: Node? { child(.type) }
}
