import CodiraAnalyzerKit

extension FileReader {
  func readCommand(_ node: Node) {
    guard let head = node.child(.name) else {
      readChildren(node)
      return
    }
    let arguments = node.children.filter { $0.field == .argument }
    if let name = literal(head) {
      switch name {
      case "source", ".": readSource(node, arguments)
      case "alias": readAliases(arguments)
      case "trap", "complete", "compgen": readHandler(name, arguments)
      default: break
      }
      refer(.call, head.firstChild ?? head, name)
      if KnownCommands.wrappers.contains(name) { readWrapped(arguments) }
    }
    for child in node.children {
      // `NAME=value command` sets it for that command alone.
      if child.kind == .variableAssignment { readChildren(child) } else { visit(child) }
    }
  }

  /// The text of a word or a quoted word without expansions.
  func literal(_ node: Node) -> Text? {
    switch node.kind {
    case .word:
      var text = source.text(node)
      if text.hasPrefix("\\") { text = text.dropFirst(1) }
      return text.isEmpty || text.bytes.contains(where: { Text.isSpace($0) }) ? nil : text
    case .commandName, .string:
      guard let only = node.firstChild, only.nextSibling == nil else { return nil }
      return literal(only)
    case .stringContent: return source.text(node)
    case .rawString: return source.text(node).dropFirst(1).dropLast(1)
    default: return nil
    }
  }

  /// A reference to a function or command by its name.
  func refer(_ role: ReferenceRole, _ place: Node, _ name: Text) {
    var reference = ReferenceDraft(
      role, owner: owner(at: place.start), name: name, start: place.start, end: place.end)
    reference.candidates = candidates(name)
    if functions[name] == nil, aliases[name] == nil, KnownCommands.isKnown(name) {
      reference.externalKind = KnownCommands.builtins.contains(name) ? .builtin : .dependency
      reference.external = name
    }
    // A path is a program, and so is a name that no function may have.
    if name.firstIndex(of: "/") != nil {
      reference.candidates = .none
      reference.noName = true
    }
    reference.noName = reference.noName || role != .call
    output.references.append(reference)
  }

  /// The function of that name here, else in what is sourced; a built-in or common command that nothing redefines.
  private func candidates(_ name: Text) -> Chains {
    if let id = aliases[name] { return arena.chains(Chain(id)) }
    if let function = functions[name], function.count == 1 { return arena.chains(Chain(function.id)) }
    let isKnown = functions[name] == nil && KnownCommands.isKnown(name)
    // Where nothing is sourced there is nothing to find: then the name alone may tell.
    guard functions[name] != nil || isSourcing else {
      return isKnown ? arena.chains(Chain(name, flags: .external)) : .none
    }
    let here = arena.chain(fileID, name)
    return isKnown ? arena.copy([here, Chain(name, flags: .external)]) : arena.chains(here)
  }

  /// `sudo -u root f`, `command f`: the first word is called too; behind an option, which may have an operand, the first
  /// that is a function here.
  private func readWrapped(_ arguments: [Node]) {
    var isSure = true
    for argument in arguments {
      guard let name = literal(argument) else { return }
      if name.hasPrefix("-") { isSure = false }
      if name.hasPrefix("-") || name.firstIndex(of: "=") != nil { continue }
      if functions[name] != nil || (isSure && argument.kind == .word) {
        refer(.call, argument, name)
        return
      }
      if isSure { return }
    }
  }

  /// `trap f EXIT`, `complete -F f program`.
  private func readHandler(_ command: Text, _ arguments: [Node]) {
    if command == "trap" {
      guard let first = arguments.first, let name = literal(first), !name.hasPrefix("-") else { return }
      if functions[name] != nil || first.kind == .word { refer(.callableValue, first, name) }
      return
    }
    for (option, argument) in zip(arguments, arguments.dropFirst()) where source.text(option).hasSuffix("F") {
      if let name = literal(argument), source.text(option).hasPrefix("-") {
        refer(.callableValue, argument, name)
      }
    }
  }

  /// `alias name=text …`.
  private func readAliases(_ arguments: [Node]) {
    for argument in arguments {
      let text = source.text(argument)
      guard let mark = text.firstIndex(of: "="), mark > 0 else { continue }
      let name = text[0..<mark]
      guard name.bytes.allSatisfy({ $0 > 0x20 && $0 != UInt8(ascii: "$") && $0 != UInt8(ascii: "\"") }) else {
        continue
      }
      let id = output.ids.define(fileID, .macro, name)
      var symbol = SymbolDraft(
        .macro, id: id, name: name, qualifiedName: name, start: argument.start, end: argument.end,
        nameStart: argument.start, nameEnd: argument.start + UInt32(mark))
      symbol.parent = fileID
      symbol.visibility = .public
      symbol.signature = arena.join("alias", " ", line(text, limit: 120))
      if let command = argument.parent { document(&symbol, above: command.start) }
      output.symbols.append(symbol)
      if functions[name] == nil { aliases[name] = id }
    }
  }

  // MARK: sourcing

  /// `source path`: a wildcard import of every script that the path may mean.
  private func readSource(_ node: Node, _ arguments: [Node]) {
    guard let argument = arguments.first, let path = staticTail(argument) else { return }
    let targets = scripts(path)
    var reference = ReferenceDraft(
      .imports, owner: owner, name: path.last!, start: argument.start, end: argument.end)
    reference.candidates = targets
    reference.noName = true
    if targets.isEmpty {
      reference.externalKind = .dependency
      reference.external = source.text(argument)
    }
    output.references.append(reference)
    let written = source.text(argument)
    guard written.count <= 300 else { return }
    var symbol = SymbolDraft(
      .import, id: output.ids.define(fileID, .term, written), name: path.last!, qualifiedName: written,
      start: node.start, end: node.end, nameStart: argument.start, nameEnd: argument.end)
    symbol.parent = fileID
    symbol.signature = line(source.text(node), limit: 200)
    symbol.visibility = .private
    symbol.aliases = targets
    symbol.flags.insert(.wildcard)
    output.symbols.append(symbol)
  }

  /// The components of a path behind its last expansion; nil where nothing is left of it.
  private func staticTail(_ argument: Node) -> [Text]? {
    var start = argument.start
    for node in argument.descendants {
      switch node.kind {
      case .simpleExpansion, .expansion, .commandSubstitution: start = max(start, node.end)
      default: break
      }
    }
    let isWhole = start == argument.start
    var parts: [Text] = []
    var isFirst = true
    for part in source.text(start, argument.end).split(at: "/") {
      let name = unquoted(part)
      defer { isFirst = false }
      // `$DIR-lib/x`: the first piece is only the end of a name.
      if isFirst, !isWhole { continue }
      if name.isEmpty {
        if isFirst { return nil }
        continue
      }
      if name == "." { continue }
      parts.append(name)
    }
    return parts.isEmpty ? nil : parts
  }

  private func unquoted(_ text: Text) -> Text {
    var text = text
    while text.count > 0, text[0] == UInt8(ascii: "\"") || text[0] == UInt8(ascii: "'") {
      text = text.dropFirst(1)
    }
    while text.count > 0,
      text[text.count - 1] == UInt8(ascii: "\"") || text[text.count - 1] == UInt8(ascii: "'")
    {
      text = text.dropLast(1)
    }
    return text
  }

  /// The scripts of that path beside this one, and under the folders around it.
  private func scripts(_ path: [Text]) -> Chains {
    var base = folder
    var rest = path[...]
    while rest.first == ".." {
      guard !base.isEmpty else { return .none }
      base.removeLast()
      rest = rest.dropFirst()
    }
    guard !rest.isEmpty, !rest.contains("..") else { return .none }
    var chains: [Chain] = []
    while chains.count < 8 {
      chains.append(Chain(output.ids.namespace("bash", base + Array(rest))))
      if base.isEmpty { break }
      base.removeLast()
    }
    return arena.copy(chains)
  }
}
