import CodiraAnalyzerKit

/// What the language is.
///
///     use shop.money              names of the module shop/money
///     type Cart { fn add(item) { price(item) } }
///     fn price(item) { money.round(item) }
///
/// A definition may stand in another one. One that begins at the left margin always stands at the top: so a brace
/// that is missing costs one definition, not the rest of the file.
struct Reader {
  /// A symbol that has not ended: its place in `output.symbols`, and the braces that are open inside of it.
  struct Scope {
    var symbol: Int
    var braces = 0
  }

  let output: Output
  var cursor: Cursor
  /// The module first, the innermost last.
  var scopes: [Scope] = []
  /// By the name in use: what `use` gives.
  var modules: [Text: Text] = [:]
  /// `a.b.c` of a call, as far as it has been read.
  var path: [Token] = []
  /// A dot came last.
  var isPathOpen = false

  init(_ source: Source, _ output: Output) {
    self.output = output
    output.symbols.append(Self.module(source, output))
    scopes.append(Scope(symbol: 0))
    cursor = Cursor(source, output)
  }

  /// False when the host no longer wants the result.
  mutating func read() -> Bool {
    var count = 0
    while !cursor.isAtEnd {
      count += 1
      if count % 4096 == 0, cursor.source.shouldStop { return false }
      readToken()
    }
    cursor.passHeader()
    closeAll()
    return true
  }

  func report(_ problem: String, _ span: ByteSpan) {
    output.diagnose(.warning, code: "syntax", problem, span)
  }

  /// The module: its names are the components of the path, the last one without the suffix.
  private static func module(_ source: Source, _ output: Output) -> SymbolDraft {
    var path = source.path
    let shorter = path.dropLast(__TYPE__Analyzer.suffix.count)
    if path.hasSuffix(__TYPE__Analyzer.suffix), !shorter.isEmpty, !shorter.hasSuffix("/") { path = shorter }
    let names = path.split(at: "/")
    let dotted = output.arena.join(names, separator: ".")
    var module = SymbolDraft(
      .module, id: output.ids.namespace(__TYPE__Analyzer.id, names), name: names[names.count - 1],
      qualifiedName: dotted, start: 0, end: UInt32(source.bytes.count), nameStart: 0, nameEnd: 0)
    module.signature = dotted
    module.visibility = .public
    return module
  }

  private mutating func readToken() {
    cursor.passHeader()
    if cursor.isKeyword || cursor.isSign("}") { path = [] }
    if cursor.isKeyword, cursor.token.isAtMargin { closeAll() }
    if cursor.isWord("fn") {
      readFunction()
    } else if cursor.isWord("type") {
      readType()
    } else if cursor.isWord("use") {
      readUse()
    } else if cursor.isSign("}") {
      readClosingBrace()
    } else if isCallable(scopes[scopes.count - 1]) {
      readCode()
    } else {
      readUnexpected()
    }
  }

  private func isCallable(_ scope: Scope) -> Bool {
    let kind = output.symbols[scope.symbol].kind
    return kind == .function || kind == .method
  }

  /// Adds a symbol to what is open; a second one of the same name gets an id of its own.
  mutating func add(_ kind: SymbolKind, _ descriptor: DescriptorKind, _ name: Token, from keyword: Token)
    -> Int
  {
    let scope = scopes[scopes.count - 1]
    let outer = output.symbols[scope.symbol]
    var added = SymbolDraft(
      kind, id: output.ids.define(outer.id, descriptor, name.text), name: name.text,
      qualifiedName: output.arena.join(outer.qualifiedName, ".", name.text), start: keyword.start,
      end: cursor.lastEnd,
      nameStart: name.start, nameEnd: name.end)
    added.parent = outer.id
    if isCallable(scope) || outer.flags.contains(.local) { added.flags.insert(.local) }
    added.visibility = kind == .import || name.text.hasPrefix("_") ? .private : .public
    output.symbols.append(added)
    return output.symbols.count - 1
  }

  private mutating func close(at end: UInt32) { output.symbols[scopes.removeLast().symbol].end = end }

  /// Ends every definition that still is open, where one begins at the margin or the file ends.
  private mutating func closeAll() {
    while scopes.count > 1 {
      report("This definition has no closing brace.", nameSpan(scopes[scopes.count - 1].symbol))
      close(at: cursor.lastEnd)
    }
  }

  private func nameSpan(_ symbol: Int) -> ByteSpan {
    ByteSpan(start: output.symbols[symbol].nameStart, end: output.symbols[symbol].nameEnd)
  }

  /// Opens the body of a definition, or ends the definition where there is none.
  private mutating func openBody(_ symbol: Int) {
    scopes.append(Scope(symbol: symbol))
    if cursor.isSign("{") {
      cursor.advance()
    } else {
      report("A body in braces must follow.", nameSpan(symbol))
      close(at: cursor.lastEnd)
    }
  }

  /// Reads `(a, b)`.
  private mutating func readParameters() -> [Text] {
    var names: [Text] = []
    let start = cursor.token.span
    var isClosed = false
    if cursor.isSign("(") { cursor.advance() }
    while !isClosed, cursor.isName || cursor.isSign(",") || cursor.isSign(")") {
      isClosed = cursor.isSign(")")
      if cursor.isName { names.append(cursor.token.text) }
      cursor.advance()
    }
    if !isClosed { report("A closed list of parameters must follow.", start) }
    return names
  }

  private mutating func readFunction() {
    let keyword = cursor.token
    let documentation = cursor.documentation
    guard let name = cursor.readName("A name must follow `fn`.") else { return }
    let isMethod = output.symbols[scopes[scopes.count - 1].symbol].kind == .class
    let added = add(isMethod ? .method : .function, .callable, name, from: keyword)
    let parameters = readParameters()
    let list = output.arena.join(parameters, separator: ", ")
    output.symbols[added].documentation = documentation
    output.symbols[added].signature = output.arena.join(["fn ", name.text, "(", list, ")"], separator: "")
    output.symbols[added].parametersMin = Int32(parameters.count)
    output.symbols[added].parametersMax = Int32(parameters.count)
    if name.text.hasPrefix("test_"), name.text.count > 5 { output.symbols[added].flags.insert(.test) }
    openBody(added)
  }

  private mutating func readType() {
    let keyword = cursor.token
    let documentation = cursor.documentation
    guard let name = cursor.readName("A name must follow `type`.") else { return }
    let added = add(.class, .type, name, from: keyword)
    output.symbols[added].documentation = documentation
    output.symbols[added].signature = output.arena.join("type", " ", name.text)
    openBody(added)
  }

  private mutating func readClosingBrace() {
    if scopes.count == 1 {
      report("This brace closes nothing.", cursor.token.span)
    } else if scopes[scopes.count - 1].braces > 0 {
      scopes[scopes.count - 1].braces -= 1
    } else {
      close(at: cursor.token.end)
    }
    cursor.advance()
  }

  private mutating func readUnexpected() {
    report("Only `fn`, `type` and `use` can stand here.", cursor.token.span)
    let line = cursor.token.line
    while !cursor.isAtEnd, cursor.token.line == line { cursor.advance() }
  }
}
