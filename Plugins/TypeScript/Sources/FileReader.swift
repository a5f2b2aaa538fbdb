import CodiraAnalyzerKit

/// Reads one file: the names of a block first, then what stands in it, and bodies of named functions last.
///
/// That order gives every function what its surroundings define, keeps the walk of nested functions off the stack,
/// and lets one pass both define and refer. Closures without a name are read where they stand.
final class FileReader {
  let source: Source
  let output: Output
  let arena: Arena
  let path: ModulePath
  let project: ProjectModules
  let names: KnownNames
  let moduleID: Text
  let globalID: Text
  var scope: Scope
  var pending: [PendingBody] = []
  /// Ids given to declarations before they are read, by the place of the name.
  var hoisted: [UInt32: Text] = [:]
  /// Symbols already there, by id: an interface or namespace declared in parts is one.
  var emitted: [Text: Int] = [:]
  var namespaceIDs: [Text: Text] = [:]
  /// By scope: ids of functions whose signatures still wait for a body.
  var overloads: [Text: [Text: Text]] = [:]
  /// Ids of classes that stand in the file: two of one name are two.
  var classes: Set<Text> = []
  /// Members that assignments made, by the id they stand under: the place of their symbol.
  var declared: [Text: [Text: Int]] = [:]
  /// Scopes of namespaces by id: a namespace goes on in its next part.
  var namespaceScopes: [Text: Scope] = [:]
  /// Types that comments define, and how many of them have their ids.
  var typedefs: [Typedef] = []
  var nextTypedef = 0
  var isTestFile = false
  /// It imports or exports something: its top-level names are its own.
  var isModule = false
  /// Its names are exported by being assigned to `exports`.
  var isCommonJS = false

  init(source: Source, output: Output, path: ModulePath, project: ProjectModules, names: KnownNames) {
    self.source = source
    self.output = output
    self.path = path
    self.project = project
    self.names = names
    arena = output.arena
    globalID = output.ids.namespace("typescript", ["globalThis"])
    moduleID = output.ids.namespace("typescript", path.components)
    scope = Scope(
      .module, in: nil, owner: moduleID, id: moduleID,
      qualifiedName: output.arena.join(path.components, separator: "/"))
  }

  /// False when the host no longer wants the result.
  func read(_ root: Node) -> Bool {
    isTestFile = FileReader.isTestPath(source.path)
    isModule = root.children.contains { $0.kind == .importStatement || $0.kind == .exportStatement }
    defineModule()
    if path.isDeclaration {
      scope.isAmbient = true
      if !isModule {
        scope = Scope(.namespace, in: scope, id: globalID, qualifiedName: "globalThis")
        scope.isGlobal = true
      }
    }
    let moduleScope = scope
    typedefs = findTypedefs()
    readBlock(root)
    var next = 0
    while next < pending.count {
      if next & 255 == 255, source.shouldStop { return false }
      readBody(pending[next])
      next += 1
    }
    scope = moduleScope
    if isGenerated {
      for index in output.symbols.indices { output.symbols[index].flags.insert(.generated) }
    }
    return true
  }

  private func defineModule() {
    let name = path.components.last!
    var symbol = SymbolDraft(
      .module, id: moduleID, name: name, qualifiedName: scope.qualifiedName, start: 0,
      end: UInt32(source.bytes.count), nameStart: 0, nameEnd: 0)
    symbol.signature = arena.join("module", " ", scope.qualifiedName)
    symbol.visibility = .public
    if isTestFile { symbol.flags.insert(.test) }
    if path.isDeclaration { symbol.flags.insert(.declarationOnly) }
    output.symbols.append(symbol)
  }

  /// The id of a module by the names on the way to it.
  func namespace(_ components: [Text]) -> Text {
    let path = arena.join(components, separator: "/")
    if let id = namespaceIDs[path] { return id }
    let id = output.ids.namespace("typescript", components)
    namespaceIDs[path] = id
    return id
  }

  private static func isTestPath(_ path: Text) -> Bool {
    let parts = path.split(at: "/")
    if parts.dropLast().contains(where: { $0 == "__tests__" || $0 == "test" || $0 == "tests" }) {
      return true
    }
    let pieces = parts[parts.count - 1].split(at: ".")
    return pieces.dropFirst().contains { $0 == "test" || $0 == "spec" }
  }

  /// A comment near the top says that a program wrote the file.
  private var isGenerated: Bool {
    output.comments.prefix(5).contains { comment in
      guard comment.start < 2_000 else { return false }
      let text = source.text(comment.start, comment.end).description
      return text.contains("@generated") || text.contains("DO NOT EDIT")
    }
  }

  // MARK: symbols

  /// A symbol under the scope at hand; its documentation is the comment before `whole`.
  func draft(
    _ kind: SymbolKind, id: Text, name: Text, place: Node, whole: Node, in scope: Scope? = nil
  )
    -> SymbolDraft
  {
    let scope = scope ?? self.scope
    let around = whole.parent?.kind == .exportStatement ? whole.parent! : whole
    var symbol = SymbolDraft(
      kind, id: id, name: name,
      qualifiedName: scope.qualifiedName.isEmpty
        ? name : arena.join(scope.qualifiedName, ".", name),
      start: around.start, end: around.end, nameStart: place.start, nameEnd: place.end)
    symbol.parent = scope.id
    symbol.visibility = visibility(whole)
    if scope.isLocal {
      symbol.flags.insert(.local)
      if kind == .constant || kind == .variable { symbol.hasPayload = false }
    }
    if path.isDeclaration { symbol.flags.insert(.declarationOnly) }
    if isTestFile { symbol.flags.insert(.test) }
    if let comment = documentation(before: around) {
      symbol.documentation = comment.text
      if comment.isDeprecated { symbol.flags.insert(.deprecated) }
    }
    return symbol
  }

  @discardableResult
  func add(_ symbol: SymbolDraft) -> Int {
    emitted[symbol.id] = output.symbols.count
    output.symbols.append(symbol)
    return output.symbols.count - 1
  }

  /// Exported names are public; others of a module with exports are not.
  private func visibility(_ whole: Node) -> Visibility {
    if let word = whole.child(of: .accessibilityModifier) {
      switch source.text(word) {
      case "private": return .private
      case "protected": return .protected
      default: return .public
      }
    }
    switch scope.kind {
    case .module:
      let around = whole.parent?.kind == .ambientDeclaration ? whole.parent?.parent : whole.parent
      return around?.kind == .exportStatement || !isModule ? .public : .internal
    case .function, .block: return scope.isLocal ? .private : .public
    case .namespace, .type: return .public
    }
  }
}
