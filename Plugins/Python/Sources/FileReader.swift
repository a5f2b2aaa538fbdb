import CodiraAnalyzerKit

/// Reads one file: definitions as it meets them, a function's body after the scope around it.
///
/// That order gives a closure what its surroundings bind later, keeps the walk of nested functions off the stack,
/// and lets one pass both define and refer.
final class FileReader {
  let source: Source
  let output: Output
  let arena: Arena
  let module: ModulePath
  let packages: PackageRoots
  let names: KnownNames
  let moduleID: Text
  var scope: Scope
  /// What stands in `except`, `else` and `elif` is one more possibility of a name, not its new meaning.
  var isAlternative = false
  var exports: Set<Text>?
  var pending: [PendingBody] = []
  var namespaceIDs: [Text: Text] = [:]
  var isTestFile = false
  /// The symbols of the module's variables.
  var variables: [Text: Int] = [:]
  /// The classes read so far, by id.
  var classes: [Text: ClassInfo] = [:]
  /// Attributes made from outside, of what is no class.
  var made: Set<Text> = []
  /// A result's annotation is being read.
  var readsResult = false
  /// The modules of the `conftest.py` files above a test, the nearest first.
  let conftests: [[Text]]

  init(source: Source, output: Output, module: ModulePath, packages: PackageRoots, names: KnownNames) {
    self.source = source
    self.output = output
    self.module = module
    self.packages = packages
    self.names = names
    arena = output.arena
    conftests = packages.conftests(above: source.path, arena: output.arena)
    moduleID = output.ids.namespace("python", module.components)
    scope = Scope(
      .module, parent: nil, owner: moduleID, id: moduleID,
      qualifiedName: arena.join(module.components, separator: "."))
  }

  /// False when the host no longer wants the result.
  func read(_ root: Node) -> Bool {
    let name = module.components.last!
    isTestFile = FileReader.isTestName(name) || name == "conftest" || name == "tests"
    defineModule(root, name)
    readBlock(root)
    finishOverloads()
    let moduleScope = scope
    var next = 0
    while next < pending.count {
      if next & 255 == 255, source.shouldStop { return false }
      readBody(pending[next])
      next += 1
    }
    scope = moduleScope
    applyExports()
    if isGenerated { for index in output.symbols.indices { output.symbols[index].flags.insert(.generated) } }
    return true
  }

  private func defineModule(_ root: Node, _ name: Text) {
    let end = UInt32(source.bytes.count)
    var symbol = SymbolDraft(
      .module, id: moduleID, name: name, qualifiedName: scope.qualifiedName, start: 0, end: end, nameStart: 0,
      nameEnd: 0)
    symbol.signature = arena.join("module", " ", scope.qualifiedName)
    symbol.visibility = name.hasPrefix("_") && !FileReader.isDunder(name) ? .internal : .public
    if isTestFile { symbol.flags.insert(.test) }
    if module.components.count > 1 { symbol.parent = namespace(module.components.dropLast()) }
    if let docstring = docstring(in: root) {
      symbol.documentation = docstring.text
      symbol.documentationSpan = docstring.span
      let id = output.ids.id(moduleID, .term, "__doc__")
      output.documentation.append(
        DocumentationDraft(
          id: id, owner: moduleID, format: "restructuredtext", text: docstring.text,
          start: docstring.span.start,
          end: docstring.span.end))
    }
    output.symbols.append(symbol)
  }

  /// The id of a module by the names on the way to it.
  func namespace(_ components: some Collection<Text>) -> Text {
    let path = arena.join(components, separator: ".")
    if let id = namespaceIDs[path] { return id }
    let id = output.ids.namespace("python", components)
    namespaceIDs[path] = id
    return id
  }

  static func isDunder(_ name: Text) -> Bool {
    name.count > 4 && name.hasPrefix("__") && name.hasSuffix("__")
  }

  static func isTestName(_ name: Text) -> Bool { name.hasPrefix("test_") || name.hasSuffix("_test") }

  /// Capitals, digits and underscores, with at least one capital.
  static func isConstantName(_ name: Text) -> Bool {
    var hasCapital = false
    for byte in name.bytes {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): hasCapital = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): continue
      default: return false
      }
    }
    return hasCapital
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
