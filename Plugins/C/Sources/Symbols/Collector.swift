import CodiraCFamily
import CodiraAnalyzerKit

/// Finds what a file defines and declares, in source order, parents first.
struct Collector {
  var found: [Found] = []
  let file: FileContext
  var source: Source { file.source }

  init(_ file: FileContext) { self.file = file }

  mutating func collect(_ root: Node) { visit(root, container: -1) }

  /// Definitions among the children of a node, however deep; `container` is the callable they are local to.
  private mutating func visit(_ node: Node, container: Int32) {
    for child in node.children {
      switch child.kind {
      case .functionDefinition: function(child, container)
      case .declaration: declaration(child, container)
      case .typeDefinition: typeDefinition(child, container)
      case .expressionStatement where container < 0: headless(child)
      case .structSpecifier, .unionSpecifier, .enumSpecifier:
        if child.child(.body) != nil {
          tag(child, whole: child, container)
        } else if container < 0, child.isAlone, let name = child.child(.name) {
          forward(child, child, name, container)
        }
      default:
        if child.firstChild != nil { visit(child, container: container) }
      }
    }
  }

  // Functions

  private mutating func function(_ node: Node, _ container: Int32) {
    guard let outer = node.child(.declarator) else { return }
    let declarator = Declarator(outer)
    let body = node.child(.body)
    typeOf(node, container)
    if !declarator.isFunction, !endsInParenthesis(outer) {
      // C++, or broken: what the braces hold may be read all the same.
      if let body { visit(body, container: container) }
      return
    }
    guard let name = declarator.name, Keywords.c.kind(source.text(name)) != .control else { return }
    var found = make(.function, .callable, name, node.start, node.end, container)
    found.isStatic = isStatic(node)
    found.flags = container < 0 ? [] : .local
    (found.parametersMin, found.parametersMax) = declarator.parameterCount(source)
    found.type = result(node, declarator)
    found.signature = file.oneLine(declarationStart(node), body?.start ?? node.end)
    if !declarator.isFunction || (node.child(.type) == nil && isMacroHead(name)) {
      nameByArguments(&found, from: declarator.isFunction ? outer.start : node.start, to: outer.end)
    }
    self.found.append(found)
    if let body { visit(body, container: Int32(self.found.count - 1)) }
  }

  /// `main() {`, `TEST(group, name) {`: a function without a type, read as a call and a block.
  private mutating func headless(_ node: Node) {
    guard let call = node.firstChild, call.kind == .call, let name = call.child(.function),
      name.kind == .identifier,
      let body = node.nextSibling, body.kind == .compoundStatement
    else { return }
    var found = make(.function, .callable, name, node.start, body.end, -1)
    found.signature = file.oneLine(declarationStart(node), call.end)
    if isMacroHead(name) { nameByArguments(&found, from: call.start, to: call.end) }
    self.found.append(found)
  }

  private func endsInParenthesis(_ node: Node) -> Bool {
    node.end > node.start && source.bytes[Int(node.end) - 1] == UInt8(ascii: ")")
  }

  /// `TEST(name) {`: a body that a macro makes a function of is called as it is written.
  private func nameByArguments(_ found: inout Found, from start: UInt32, to end: UInt32) {
    found.name = file.oneLine(start, end, limit: 120)
    found.nameStart = start
    found.nameEnd = end
    found.type = nil
    (found.parametersMin, found.parametersMax) = (0, -1)
    if found.name.hasPrefix("TEST") { found.flags.insert(.test) }
  }

  private func isMacroHead(_ name: Node) -> Bool { MacroNames.likeness(source.text(name)) > 0 }

  // Declarations

  private mutating func declaration(_ node: Node, _ container: Int32) {
    let type = node.child(.type)
    let declarators = node.declarators
    typeOf(node, container, isAlone: declarators.isEmpty, hasValue: valueName(declarators))
    if container >= 0 { return }
    for outer in declarators {
      let declarator = Declarator(outer)
      guard let name = declarator.name else { continue }
      let isOnly = declarators.count == 1
      let (start, end) = isOnly ? (node.start, node.end) : (outer.start, outer.end)
      if declarator.isFunction {
        var found = make(.function, .callable, name, start, end, container)
        found.isDeclaration = true
        found.isStatic = isStatic(node)
        (found.parametersMin, found.parametersMax) = declarator.parameterCount(source)
        found.type = result(node, declarator)
        found.signature = signature(node, type, outer, isOnly)
        found.commentPlace = declarationStart(node)
        self.found.append(found)
      } else {
        variable(node, type, outer, declarator, name, (start, end), isOnly)
      }
    }
  }

  private mutating func variable(
    _ node: Node, _ type: Node?, _ outer: Node, _ declarator: Declarator, _ name: Node,
    _ bounds: (UInt32, UInt32), _ isOnly: Bool
  ) {
    let isConstant =
      hasConst(node) && declarator.constPlace != .pointer || declarator.constPlace == .constPointer
    var found = make(isConstant ? .constant : .variable, .term, name, bounds.0, bounds.1, -1)
    found.isStatic = isStatic(node)
    let hasValue = outer.kind == .initDeclarator
    found.isDeclaration = !hasValue && has(node, "extern")
    found.isTentative = !hasValue
    found.hasPayload = !found.isDeclaration
    found.type = fact(type, declarator.path)
    found.signature = signature(node, type, outer, isOnly)
    found.hasTrailingComment = true
    found.commentPlace = declarationStart(node)
    self.found.append(found)
    members(of: type, valueAt: self.found.count - 1)
  }

  /// `struct { int a; } x;`: what the nameless type holds is held by the value.
  private mutating func members(of type: Node?, valueAt index: Int) {
    guard let type, type.isRecord, type.child(.name) == nil, let body = type.child(.body) else { return }
    fields(body, Int32(index))
  }

  private func valueName(_ declarators: [Node]) -> Bool {
    declarators.contains { Declarator($0).name != nil }
  }

  // Typedefs

  private mutating func typeDefinition(_ node: Node, _ container: Int32) {
    let type = node.child(.type)
    let declarators = node.declarators.map { ($0, Declarator($0)) }
    let plain = declarators.first { $0.1.path.isEmpty && $0.1.name != nil }
    if let type, type.isTag, type.child(.body) != nil {
      if type.child(.name) != nil {
        tag(type, whole: node, container)
      } else if let name = (plain ?? declarators.first { $0.1.name != nil })?.1.name {
        tag(type, whole: node, container, name: name)
      }
    }
    for (outer, declarator) in declarators {
      guard let name = declarator.name else { continue }
      alias(node, type, outer, declarator, name, container, isOnly: declarators.count == 1)
    }
  }

  private mutating func alias(
    _ node: Node, _ type: Node?, _ outer: Node, _ declarator: Declarator, _ name: Node, _ container: Int32,
    isOnly: Bool
  ) {
    let isTag = type?.isTag ?? false
    let tagName = type?.child(.name).map { source.text($0) }
    let own = source.text(name)
    if isTag, declarator.path.isEmpty, tagName == own {
      // The tag has this name: one symbol. Without its body here the typedef declares it.
      if type?.child(.body) == nil { forward(type!, node, name, container) }
      return
    }
    // A nameless tag took the first name.
    let taken =
      isTag && tagName == nil ? found.last { $0.start == declarationStart(node) && $0.kind != .field } : nil
    if taken?.nameStart == name.start { return }
    var found = make(.typeAlias, .type, name, node.start, node.end, container)
    found.flags = container < 0 ? [] : .local
    found.type =
      taken.map { TypeFact(root: file.typeID($0.name), isExternal: false, path: declarator.path) }
      ?? fact(type, declarator.path)
    found.isAlias = declarator.path.isEmpty
    if type?.child(.body) != nil {
      (found.start, found.end) = (outer.start, outer.end)
      found.hasPayload = false
    }
    found.signature = signature(node, type, outer, isOnly)
    found.hasTrailingComment = true
    self.found.append(found)
  }

  private mutating func forward(_ type: Node, _ node: Node, _ name: Node, _ container: Int32) {
    var found = make(type.tagKind, .type, name, node.start, node.end, container)
    found.isDeclaration = true
    found.hasPayload = false
    found.signature = file.oneLine(declarationStart(node), withoutSemicolon(node.end))
    self.found.append(found)
  }

  // Tags

  /// The tag in a declaration's type, where it says more than a name.
  private mutating func typeOf(
    _ node: Node, _ container: Int32, isAlone: Bool = false, hasValue: Bool = false
  ) {
    guard let type = node.child(.type), type.isTag else { return }
    if type.child(.body) != nil {
      // Without a name the value that it types holds its fields.
      if type.child(.name) == nil, hasValue, type.isRecord, container < 0 { return }
      tag(type, whole: isAlone ? node : type, container)
    } else if isAlone, let name = type.child(.name), container < 0 {
      forward(type, node, name, container)
    }
  }

  /// A tag with its body; `name` is the typedef's where the tag has none.
  private mutating func tag(_ node: Node, whole: Node, _ container: Int32, name: Node? = nil) {
    guard let body = node.child(.body) else { return }
    let kind = node.tagKind
    guard let name = node.child(.name) ?? name else {
      if kind == .enum { enumerators(body, container) } else { fields(body, container) }
      return
    }
    var found = make(kind, .type, name, whole.start, whole.end, container)
    found.flags = container < 0 || self.found[Int(container)].kind != .function ? [] : .local
    found.signature = file.oneLine(declarationStart(whole), body.start)
    if name.start > body.start {
      found.signature = file.arena.join(found.signature, " ", source.text(name))
    }
    self.found.append(found)
    let index = Int32(self.found.count - 1)
    if kind == .enum { enumerators(body, index) } else { fields(body, index) }
  }

  private mutating func enumerators(_ body: Node, _ container: Int32) {
    for node in body.descendants where node.kind == .enumerator {
      guard let name = node.child(.name) else { continue }
      var found = make(.enumerator, .term, name, node.start, node.end, container)
      found.signature = file.oneLine(node.start, node.end, limit: 120)
      found.hasTrailingComment = true
      self.found.append(found)
    }
  }

  private mutating func fields(_ body: Node, _ container: Int32) {
    for node in body.children {
      switch node.kind {
      case .fieldDeclaration: field(node, container)
      case .functionDefinition, .declaration, .typeDefinition: break
      default: if node.firstChild != nil { fields(node, container) }
      }
    }
  }

  private mutating func field(_ node: Node, _ container: Int32) {
    guard let type = node.child(.type) else { return }
    let declarators = node.declarators
    if type.isTag, let body = type.child(.body) {
      if type.child(.name) != nil {
        tag(type, whole: type, -1)
      } else if type.kind == .enumSpecifier {
        enumerators(body, -1)
      } else if declarators.isEmpty {
        fields(body, container)
      }
    }
    for outer in declarators {
      let declarator = Declarator(outer)
      guard let name = declarator.name, container >= 0 else { continue }
      let isOnly = declarators.count == 1
      let bounds = isOnly ? (node.start, node.end) : (outer.start, outer.end)
      var found = make(.field, .term, name, bounds.0, bounds.1, container)
      found.type = fact(type, declarator.path)
      found.signature = signature(node, type, outer, isOnly)
      found.hasTrailingComment = true
      found.commentPlace = declarationStart(node)
      self.found.append(found)
      members(of: type, valueAt: self.found.count - 1)
    }
  }

  // Parts

  private func make(
    _ kind: SymbolKind, _ descriptor: DescriptorKind, _ name: Node, _ start: UInt32, _ end: UInt32,
    _ container: Int32
  ) -> Found {
    let wide = file.preparation.starts[start] ?? start
    var found = Found(
      kind: kind, descriptor: descriptor, name: source.text(name), nameStart: name.start, nameEnd: name.end,
      start: wide, end: end, container: container, commentPlace: wide)
    if let pasted = file.preparation.pastedNames[name.start] {
      (found.nameStart, found.nameEnd) = (pasted.start, pasted.end)
      found.name = file.oneLine(pasted.start, pasted.end, limit: 120)
    }
    return found
  }

  /// With the macros before it that the grammar did not see.
  private func declarationStart(_ node: Node) -> UInt32 { file.preparation.starts[node.start] ?? node.start }

  private func withoutSemicolon(_ end: UInt32) -> UInt32 {
    source.bytes[Int(end) - 1] == UInt8(ascii: ";") ? end - 1 : end
  }

  /// The declaration as far as it speaks of one name: specifiers and that declarator, no initializer.
  private func signature(_ node: Node, _ type: Node?, _ outer: Node, _ isOnly: Bool) -> Text {
    let declarator = outer.kind == .initDeclarator ? outer.child(.declarator) ?? outer : outer
    let start = declarationStart(node)
    let bodyStart = type?.child(.body)?.start
    if isOnly, bodyStart == nil {
      if outer.kind == .initDeclarator {
        let whole = file.oneLine(start, outer.end, limit: 120)
        if whole.count <= 120 { return whole }
        return file.oneLine(start, declarator.end)
      }
      return file.oneLine(start, withoutSemicolon(node.end))
    }
    var line: [UInt8] = []
    let first = node.declarators.first ?? outer
    file.append(start, bodyStart ?? first.start, to: &line, limit: 160)
    line.append(0x20)
    file.append(declarator.start, declarator.end, to: &line, limit: 240)
    return file.arena.copy(line)
  }

  private func result(_ node: Node, _ declarator: Declarator) -> TypeFact? {
    fact(node.child(.type), Array(declarator.path.dropFirst()))
  }

  private func fact(_ type: Node?, _ path: [Text]) -> TypeFact? { TypeFacts.fact(type, path, file) }

  private func has(_ node: Node, _ word: Text) -> Bool {
    node.children.contains { $0.kind == .storageClass && source.text($0) == word }
  }

  /// A static of a header belongs to everyone who includes it.
  private func isStatic(_ node: Node) -> Bool { has(node, "static") }

  private func hasConst(_ node: Node) -> Bool {
    node.children.contains { $0.kind == .typeQualifier && source.text($0) == "const" }
  }
}
