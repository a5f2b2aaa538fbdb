import CodiraAnalyzerKit
import CodiraCFamily

/// Walks a file once: reports what it defines and declares, and what that uses.
struct Reader {
  let file: FileContext
  let names: FileNames
  var scope: Scope
  var emitter: SymbolEmitter
  /// Of the record around: what its members are where nothing is said.
  var visibility = Visibility.unknown
  /// The template around a declaration, which begins with it.
  var template: Node?
  var isFriend = false

  var arena: Arena { file.arena }

  init(_ file: FileContext, _ names: FileNames) {
    self.file = file
    self.names = names
    scope = Scope(file, names)
    emitter = SymbolEmitter(file)
  }

  mutating func read(_ root: Node) {
    emitter.module(before: root.firstChild?.start ?? 0)
    emitter.macros()
    declarations(root)
    macroUses()
    emitter.finish()
  }

  mutating func declarations(_ node: Node) {
    for child in node.children { declaration(child) }
  }

  mutating func declaration(_ node: Node) {
    switch node.kind {
    case .namespaceDefinition: namespace(node)
    case .linkageSpecification: linkage(node)
    case .declarationList: declarations(node)
    case .templateDeclaration: template(node)
    case .functionDefinition: function(node)
    case .declaration, .fieldDeclaration: variables(node)
    case .typeDefinition: typedef(node)
    case .aliasDeclaration: alias(node)
    case .conceptDefinition: concept(node)
    case .usingDeclaration: using(node)
    case .namespaceAlias: namespaceAlias(node)
    case .classSpecifier, .structSpecifier, .unionSpecifier, .enumSpecifier: tag(node, whole: node)
    case .friendDeclaration:
      isFriend = true
      declarations(node)
      isFriend = false
    case .accessSpecifier: visibility = Reader.visibility(file.text(node))
    case .templateInstantiation, .staticAssert: children(node)
    case .error, .expressionStatement, .compoundStatement: mixed(node)
    default: visit(node)
    }
  }

  /// Broken code: whatever in it is whole.
  private mutating func mixed(_ node: Node) {
    for child in node.children { declaration(child) }
  }

  static func visibility(_ word: Text) -> Visibility {
    if word.hasPrefix("private") { return .private }
    return word.hasPrefix("protected") ? .protected : .public
  }

  /// Calls of macros that the grammar does not see, and those in the macros that the file defines.
  private mutating func macroUses() {
    for use in file.preparation.blanked {
      // The grammar sees spaces there.
      let places = file.preparation.places
      let (start, end) = (places.source(use.start), places.source(use.end, isEnd: true))
      if end - start == use.end - use.start { macroCall(file.shared.source.text(start, end), use) }
    }
    MacroBodies.walk(file.shared, .cpp) { start, end, count in
      bodyCalls.append(MacroUse(start: start, end: end, argumentCount: count))
    }
    for use in bodyCalls {
      var reference = ReferenceDraft(
        .call, owner: .empty, name: file.shared.source.text(use.start, use.end), start: use.start,
        end: use.end)
      reference.candidates = arena.copy(macroChains(reference.name) + scope.chains(reference.name))
      reference.noName = true
      emitter.ownReferences.append(reference)
    }
    for use in file.preparation.replaced {
      var reference = ReferenceDraft(
        .call, owner: .empty, name: file.shared.source.text(use.start, use.end), start: use.start,
        end: use.end)
      reference.candidates = arena.copy(macroChains(reference.name))
      reference.argumentCount = use.argumentCount
      reference.noName = true
      emitter.ownReferences.append(reference)
    }
  }

  private var bodyCalls: [MacroUse] = []

  private mutating func macroCall(_ name: Text, _ use: MacroUse) {
    var reference = ReferenceDraft(.call, owner: .empty, name: name, start: use.start, end: use.end)
    reference.candidates = arena.copy(macroChains(name))
    reference.argumentCount = use.argumentCount
    reference.noName = true
    file.output.references.append(reference)
  }

  func macroChains(_ name: Text) -> [Chain] {
    [Chain(file.ids.id(file.root, .macro, name)), Chain(file.ids.id(file.shared.otherRoot, .macro, name))]
  }
}
