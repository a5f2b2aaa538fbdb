import CodiraAnalyzerKit

/// Reads one file: its declarations in order, each with its body.
///
/// What stands in other files of the package is named by candidates: the package and a name.
final class FileReader {
  enum Declared: UInt8 { case function, type, variable }

  let source: Source
  let output: Output
  let arena: Arena
  let modules: Modules
  let comments: Comments
  let packageName: Text
  let importPath: Text
  let packageID: Text
  /// What belongs to the file alone, as its imports do.
  let fileID: Text
  let isTestFile: Bool
  var isGenerated = false

  /// The symbol that contains what is being read, and what nested definitions hang under.
  var owner: Text
  var ownerName: Text
  var scope = Scope()
  /// What is being defined stands in a function.
  var isLocal = false
  var imports: [Text: Import] = [:]
  /// Imports whose name the path does not tell for certain.
  var looseImports: [Import] = []
  var dotImports: [Chain] = []
  /// Names that this file declares in its package.
  var declared: [Text: Declared] = [:]
  var fieldNames: Set<Text> = []
  var methodNames: Set<Text> = []
  var packageValues: [Text: Value] = [:]

  init(source: Source, output: Output, modules: Modules, root: Node) {
    self.source = source
    self.output = output
    self.modules = modules
    arena = output.arena
    comments = Comments(source, output.comments, output.arena)
    let name = root.child(of: .packageClause)?.firstChild.map { source.text($0) } ?? "_"
    packageName = name.isEmpty ? "_" : name
    let slash = source.path.lastIndex(of: "/").map { $0 + 1 } ?? 0
    let fileName = source.path.dropFirst(slash)
    isTestFile = fileName.hasSuffix("_test.go")
    var path = modules.importPath(of: source.path)
    if path.isEmpty {
      path = packageName.description
    } else if isTestFile, packageName.hasSuffix("_test") {
      path += "_test"
    }
    importPath = output.arena.copy(path)
    packageID = FileReader.namespace(importPath, output.ids)
    fileID = output.ids.id(packageID, .namespace, fileName.isEmpty ? "_" : fileName)
    owner = packageID
    ownerName = packageName
  }

  /// False when the host no longer wants the result.
  func read(_ root: Node) -> Bool {
    definePackage(root)
    collectNames(root)
    for (index, node) in root.children.enumerated() {
      if index & 63 == 63, source.shouldStop { return false }
      readDeclaration(node)
    }
    readImplementations(root)
    for index in output.symbols.indices {
      if isTestFile { output.symbols[index].flags.insert(.test) }
      if isGenerated { output.symbols[index].flags.insert(.generated) }
    }
    return true
  }

  /// The id of a package by its import path.
  static func namespace(_ path: Text, _ ids: Identifiers) -> Text {
    ids.namespace("go", path.split(at: "/").filter { !$0.isEmpty })
  }

  private func definePackage(_ root: Node) {
    let clause = root.child(of: .packageClause)
    let place = clause?.firstChild
    var symbol = SymbolDraft(
      .module, id: packageID, name: packageName, qualifiedName: importPath, start: 0,
      end: UInt32(source.bytes.count), nameStart: place?.start ?? 0, nameEnd: place?.end ?? 0)
    symbol.signature = arena.join("package", " ", packageName)
    symbol.visibility =
      importPath.description.split(separator: "/").contains("internal") ? .internal : .public
    symbol.hasPayload = false
    let start = clause?.start ?? 0
    isGenerated = comments.isGenerated(before: start)
    if let range = comments.above(start) {
      symbol.documentation = comments.text(range).withoutLicence
      symbol.documentationSpan = comments.bounds(range)
    }
    if !symbol.documentation.isEmpty, let span = symbol.documentationSpan {
      symbol.hasPayload = true
      output.documentation.append(
        DocumentationDraft(
          id: output.ids.id(fileID, .term, "package"), owner: packageID, format: "plain",
          text: symbol.documentation, start: span.start, end: span.end))
    }
    output.symbols.append(symbol)
  }

  /// Notes what the file declares, before anything refers to it.
  private func collectNames(_ root: Node) {
    for node in root.children {
      switch node.kind {
      case .functionDeclaration: note(node.child(.name), .function)
      case .methodDeclaration: if let name = node.child(.name) { methodNames.insert(source.text(name)) }
      case .typeDeclaration:
        for spec in node.children { note(spec.child(.name), .type) }
      case .constDeclaration, .varDeclaration:
        for spec in node.descendants where spec.kind == .constSpec || spec.kind == .varSpec {
          for name in spec.children where name.field == .name { note(name, .variable) }
        }
      default: break
      }
    }
    for node in root.descendants where node.kind == .fieldDeclaration {
      for name in node.children where name.field == .name { fieldNames.insert(source.text(name)) }
    }
  }

  private func note(_ name: Node?, _ kind: Declared) {
    if let name { declared[source.text(name)] = kind }
  }

  private func readDeclaration(_ node: Node) {
    switch node.kind {
    case .importDeclaration: readImports(node)
    case .functionDeclaration: readFunction(node)
    case .methodDeclaration: readMethod(node)
    case .typeDeclaration: readTypes(node)
    case .constDeclaration: readConstants(node)
    case .varDeclaration: readVariables(node)
    case .packageClause: break
    case .error:
      for child in node.children { readDeclaration(child) }
    default:
      // A statement outside a function: only where the source is broken.
      scope.open()
      read(statement: node)
      scope.close()
    }
  }

  /// Reads something as part of another symbol.
  func within<Result>(_ id: Text, _ name: Text, _ body: () -> Result) -> Result {
    let (outer, outerName) = (owner, ownerName)
    owner = id
    ownerName = name
    defer {
      owner = outer
      ownerName = outerName
    }
    return body()
  }

  static func visibility(_ name: Text) -> Visibility {
    guard let first = name.description.unicodeScalars.first else { return .internal }
    return first.properties.generalCategory == .uppercaseLetter ? .public : .internal
  }
}
