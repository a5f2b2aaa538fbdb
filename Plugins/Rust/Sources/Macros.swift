import CodiraAnalyzerKit

extension FileReader {
  /// `name!(…)`: a call of the macro; of what stands in it the calls that can be told from its tokens.
  func visitMacro(_ node: Node) -> Value {
    guard let place = node.child(.macroName) else { return .unknown }
    let (_, segments) = path(place)
    guard let last = segments.last else { return .unknown }
    let isKnown = referToMacro(segments)
    guard let tree = node.child(of: .tokenTree) else { return .unknown }
    let element = readTokens(tree)
    switch last.name {
    case "vec" where isKnown: return holder("Vec", [("[]", element)])
    case "format" where isKnown: return Value(chains: external("String"))
    case "ready", "assert_ok", "assert_ready", "assert_some", "try_ready", "tri": return step(element, "[]")
    case "assert_ready_ok": return step(step(element, "[]"), "[]")
    case "dbg" where isKnown, "try" where isKnown: return element
    default: return .unknown
    }
  }

  /// A call of a macro; whether it is one of the library's own.
  @discardableResult
  func referToMacro(_ segments: [PathSegment]) -> Bool {
    guard let last = segments.last else { return false }
    let isKnown = segments.count == 1 && names.macros.contains(last.name) && macro(last.name) == nil
    let value =
      isKnown
      ? Value(chains: external(last.name))
      : segments.count == 1 ? self.value(macro: last.name) : resolve(segments, asValue: false)
    refer(.call, last, value, receiver: receiver(segments), noName: isKnown)
    return isKnown
  }

  private func macro(_ name: Text) -> Text? {
    var current: Scope? = scope
    while let scope = current {
      if let id = scope.macros[name] { return id }
      current = scope.parent
    }
    return nil
  }

  /// A macro by its bare name: of the file, imported, or of a module around this one.
  private func value(macro name: Text) -> Value {
    if let id = macro(name) { return Value(chains: arena.chains(Chain(id))) }
    if let binding = lookUp(type: name), binding.kind == .imported { return binding.value }
    var chains: [Chain] = []
    var components = module.components
    while chains.count < 6, components.count >= module.crateDepth {
      chains.append(arena.chain(namespace(components), name))
      components.removeLast()
    }
    return Value(chains: arena.copy(chains))
  }

  /// Reads a macro's tokens as if they were expressions; gives what the first one is.
  private func readTokens(_ tree: Node) -> Value {
    guard tree.end - tree.start > 2, macroDepth < 8 else { return .unknown }
    macroDepth += 1
    defer { macroDepth -= 1 }
    enterBlock()
    defer { leaveBlock() }
    var reader = TokenReader(
      file: self, text: source.text(tree.start + 1, tree.end - 1), offset: tree.start + 1)
    return reader.readAll()
  }
}
