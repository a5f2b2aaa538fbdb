import CodiraAnalyzerKit
import CodiraCFamily

/// Classes, enumerations, and other names of types.
extension Reader {
  /// `class x;`, `class x {…};`; `whole` is the declaration around it.
  mutating func tag(_ node: Node, whole: Node) {
    guard let body = node.child(.body) else {
      if let name = node.child(.name), !isFriend, whole.declarators.isEmpty, !scope.isInFunction {
        forward(node, name, whole)
      }
      return
    }
    guard let name = node.child(.name) else {
      if node.kind == .enumSpecifier { enumerators(body) } else { members(body, node) }
      return
    }
    let place = NameParts.last(name)
    let text =
      name.kind == .qualifiedIdentifier ? NameParts.simple(name, file) : NameParts.typeName(name, file)
    var reading = self.reading(node.tagKind, .type, place, whole.declarators.isEmpty ? whole : node, text)
    let depth = scope.frames.count
    if name.kind == .qualifiedIdentifier { enterOwner(Array(NameParts.parts(name, file).dropLast())) }
    hang(&reading)
    reading.signature = file.oneLine(reading.start, body.start)
    reading.value = arrow(body)
    if file.preparation.places.source(name.start) == file.preparation.places.source(node.start) {
      reading.hasPayload = false
    }
    if isOpen(node) { reading.flags.insert(.wildcard) }
    let id = emitter.emit(reading)
    if scope.isInFunction { scope.declareType(text, id) }
    scope.enter(
      Scope.Frame(kind: .record, id: id, twin: id, name: bareName(name), qualified: reading.qualified))
    let saved = (visibility, template, isFriend)
    visibility = node.kind == .classSpecifier ? .private : .public
    template = nil
    isFriend = false
    if let bases = node.child(of: .baseClause) { self.bases(bases) }
    if node.kind == .enumSpecifier {
      enumerators(body, of: id)
    } else {
      declarations(body)
    }
    (visibility, template, isFriend) = saved
    while scope.frames.count > depth { scope.leaveFrame() }
  }

  /// An enumeration whose values are names of what is around, too: no `enum class`.
  private func isOpen(_ node: Node) -> Bool {
    guard node.kind == .enumSpecifier else { return false }
    let head = file.seen.text(node.start, node.child(.name)?.start ?? node.child(.body)?.start ?? node.end)
    return !head.split(at: " ").contains { $0 == "class" || $0 == "struct" }
  }

  /// The name that constructors have.
  private func bareName(_ name: Node) -> Text { NameParts.simple(name, file) }

  /// A record without a name: its members are those of what is around.
  private mutating func members(_ body: Node, _ node: Node) {
    let saved = visibility
    declarations(body)
    visibility = saved
  }

  private mutating func forward(_ node: Node, _ name: Node, _ whole: Node) {
    guard name.kind == .typeIdentifier, template == nil || name.kind == .typeIdentifier else { return }
    var reading = self.reading(node.tagKind, .type, name, whole, file.text(name))
    hang(&reading)
    reading.isDeclaration = true
    reading.hasPayload = false
    reading.signature = file.oneLine(reading.start, whole.end)
    _ = emitter.emit(reading)
  }

  /// Values of the enumeration `type`; those of a nameless one belong to what is around.
  private mutating func enumerators(_ body: Node, of type: Text? = nil) {
    let around = scope.top
    for node in body.children where node.kind == .enumerator {
      guard let name = node.child(.name) else { continue }
      var reading = self.reading(.enumerator, .term, name, node, file.text(name))
      reading.parent = around.id
      reading.value = type.map { Value([Chain($0)]) }
      reading.qualified = join(around.qualified, reading.name)
      reading.visibility = visibility
      reading.signature = file.oneLine(node.start, node.end, limit: 120)
      reading.hasTrailingComment = true
      _ = emitter.emit(reading)
      if let value = node.child(.value) { visit(value) }
    }
  }

  private mutating func bases(_ clause: Node) {
    for child in clause.children {
      switch child.kind {
      case .typeIdentifier, .qualifiedIdentifier, .templateType: typeUse(child, role: .inherits)
      default: break
      }
    }
  }

  /// What `->`, `*` and `[…]` of a record's values give.
  private func arrow(_ body: Node) -> Value? {
    var value: Value?
    for member in body.children {
      guard member.kind == .functionDefinition || member.kind == .fieldDeclaration else { continue }
      for outer in member.declarators {
        let declarator = Declarator(outer)
        guard let name = declarator.name, name.kind == .operatorName else { continue }
        let text = file.text(name)
        let step: Text =
          text.hasSuffix("->") ? Step.dereference : text.hasSuffix("[]") ? Step.element : Text.empty
        if step.isEmpty { continue }
        var path = Array(declarator.path.dropFirst())
        if step == Step.dereference, path.last == Step.element { path.removeLast() }
        let reader = TypeReader(file: file, scope: scope)
        guard let result = reader.value(member.child(.type), path) else { continue }
        value = value.map { $0.or(result.behind([step])) } ?? result.behind([step])
      }
    }
    return value
  }

  mutating func typedef(_ node: Node) {
    let type = node.child(.type)
    let declarators = node.declarators
    if let type, type.isTag, type.child(.body) != nil {
      if type.child(.name) != nil {
        tag(type, whole: type)
      } else if let name = declarators.first.flatMap({ Declarator($0) })?.name {
        nameless(type, name, node)
        for outer in declarators.dropFirst() { alias(node, outer) }
        return
      }
    }
    if let type, type.child(.body) == nil { visit(type) }
    for outer in declarators { alias(node, outer) }
  }

  /// `typedef struct {…} x;`.
  private mutating func nameless(_ type: Node, _ name: Node, _ whole: Node) {
    guard let body = type.child(.body) else { return }
    var reading = self.reading(type.tagKind, .type, name, whole, file.text(name))
    hang(&reading)
    reading.signature = arena.join(file.oneLine(whole.start, body.start), " ", reading.name)
    if isOpen(type) { reading.flags.insert(.wildcard) }
    let id = emitter.emit(reading)
    if scope.isInFunction { scope.declareType(reading.name, id) }
    scope.enter(
      Scope.Frame(kind: .record, id: id, twin: id, name: reading.name, qualified: reading.qualified))
    if type.kind == .enumSpecifier { enumerators(body, of: id) } else { members(body, type) }
    scope.leaveFrame()
  }

  private mutating func alias(_ node: Node, _ outer: Node) {
    let declarator = Declarator(outer)
    guard let name = declarator.name else { return }
    let type = node.child(.type)
    if let tag = type?.child(.name), type?.isTag == true, declarator.path.isEmpty,
      file.text(tag) == file.text(name)
    {
      return
    }
    let value = TypeReader(file: file, scope: scope).value(type, declarator.path)
    emitAlias(node, name, file.text(name), value)
  }

  /// `using x = …;`.
  mutating func alias(_ node: Node) {
    guard let name = node.child(.name) else { return }
    let descriptor = node.child(.type)
    if let type = descriptor?.child(.type), type.isTag, type.child(.body) != nil { tag(type, whole: type) }
    if let descriptor { visit(descriptor) }
    let value = descriptor.flatMap { TypeReader(file: file, scope: scope).value(descriptor: $0) }
    emitAlias(node, name, file.text(name), value)
  }

  private mutating func emitAlias(_ node: Node, _ name: Node, _ text: Text, _ value: Value?) {
    var reading = self.reading(.typeAlias, .type, name, node, text)
    hang(&reading)
    reading.signature = file.oneLine(reading.start, node.end)
    reading.hasTrailingComment = true
    if let value, !value.isNameless {
      reading.aliases = value.chains.filter {
        $0.root != reading.parent || $0.members.first != text || $0.members.count > 1
      }
    } else {
      reading.value = value
    }
    let id = emitter.emit(reading)
    if scope.isInFunction { scope.declareType(text, id) }
  }

  mutating func concept(_ node: Node) {
    guard let name = node.child(.name) else { return }
    var reading = self.reading(.trait, .type, name, node, file.text(name))
    hang(&reading)
    reading.signature = file.oneLine(reading.start, node.end)
    _ = emitter.emit(reading)
    for child in node.children where child.field != .name { visit(child) }
  }

  /// Hangs a type where it is declared.
  func hang(_ reading: inout Reading) {
    let around = scope.top
    reading.parent = around.id
    reading.qualified = join(around.qualified, reading.name)
    reading.visibility = around.kind == .record ? visibility : .unknown
    if scope.isInFunction { reading.flags.insert(.local) }
  }
}
