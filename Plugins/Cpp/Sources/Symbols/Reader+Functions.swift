import CodiraAnalyzerKit
import CodiraCFamily

/// Functions, methods, constructors, destructors, operators and conversions.
extension Reader {
  mutating func function(_ node: Node) {
    guard let outer = node.child(.declarator) else { return variables(node) }
    let declarator = Declarator(outer)
    guard declarator.isFunction, let name = declarator.name else {
      // Broken: what the braces hold may be read all the same.
      for child in node.children where child.field != .declarator { declaration(child) }
      return
    }
    if let type = node.child(.type), type.isTag, type.child(.body) != nil { tag(type, whole: type) }
    let mark = scope.mark
    let depth = scope.frames.count
    if let type = node.child(.type) { visit(type) }
    let id = define(node, declarator, name)
    let around = scope.top
    scope.enter(
      Scope.Frame(
        kind: .function, id: id, twin: id, name: .empty, qualified: around.qualified,
        isConst: declarator.function?.isConst(file) ?? false))
    let saved = (template, isFriend, visibility)
    (template, isFriend) = (nil, false)
    parameters(declarator)
    for child in node.children {
      switch child.kind {
      case .fieldInitializerList: initializers(child)
      case .compoundStatement, .tryStatement: statement(child)
      default: break
      }
    }
    (template, isFriend, visibility) = saved
    while scope.frames.count > depth { scope.leaveFrame() }
    scope.leave(mark)
  }

  /// Reports a function and leaves the scope inside its owner.
  private mutating func define(_ node: Node, _ declarator: Declarator, _ name: Node) -> Text {
    var reading = callable(node, declarator, name)
    let hasBody = node.children.contains {
      $0.kind == .compoundStatement || $0.kind == .tryStatement || $0.kind == .defaultMethod
        || $0.kind == .deleteMethod
    }
    let body = node.child(.body)?.start ?? node.child(of: .fieldInitializerList)?.start ?? node.end
    let end = node.child(of: .fieldInitializerList).map { min($0.start, body) } ?? body
    reading.signature = file.oneLine(reading.start, end)
    reading.isDeclaration = !hasBody && node.child(of: .pureVirtual) == nil
    if node.child(of: .pureVirtual) != nil { reading.flags.insert(.abstract) }
    return emitter.emit(reading)
  }

  /// A function as its declarator says; enters the record or namespace that its name is qualified with.
  mutating func callable(_ node: Node, _ declarator: Declarator, _ name: Node) -> Reading {
    var last = name
    if name.kind == .qualifiedIdentifier {
      while last.kind == .qualifiedIdentifier, let inner = last.child(.name) { last = inner }
    }
    let text = functionName(last)
    var reading = self.reading(.function, .callable, place(last), node, text)
    if name.kind == .qualifiedIdentifier { enterOwner(ownerParts(name)) }
    let isStatic = has(node, "static")
    let isFree = isFriend || scope.top.kind != .record
    let around = isFriend ? scope.namespace : scope.top
    reading.parent = around.id
    reading.qualified = join(around.qualified, text)
    if isFree, around.kind == .namespace, !scope.isInFunction {
      reading.parent = names.home(text, Space(id: around.id, twin: around.twin))
      reading.visibility = reading.parent == around.id && around.id != around.twin ? .public : .private
      if file.isHeader { reading.visibility = .public }
    }
    if !isFree {
      reading.kind = text == around.name ? .constructor : .method
      reading.visibility = name.kind == .qualifiedIdentifier ? .unknown : visibility
    }
    if isStatic { reading.flags.insert(.static) }
    if scope.isInFunction { reading.flags.insert(.local) }
    if text == "TestBody" { reading.flags.insert(.test) }
    if !scope.namespaceIsC || !isFree { reading.overload = TypeText.overload(declarator, file) }
    (reading.parametersMin, reading.parametersMax) = declarator.parameterCount(file)
    let reader = TypeReader(file: file, scope: scope)
    if let cast = declarator.cast {
      reading.value = reader.value(cast.child(.type), [])
    } else if reading.kind != .constructor {
      reading.value = result(node, declarator, reader)
    }
    setParameters(&reading, declarator, reader)
    return reading
  }

  /// The types of the parameters, for whoever chooses among overloads.
  private func setParameters(_ reading: inout Reading, _ declarator: Declarator, _ reader: TypeReader) {
    var index = 0
    guard let parameters = declarator.parameters else { return }
    for parameter in parameters.children where parameter.isParameter && index < Step.parameters.count {
      let path = Declarator(parameter.child(.declarator)).path
      if let value = reader.value(parameter.child(.type), path) {
        let behind = value.behind([Step.parameters[index]])
        reading.value = reading.value.map { Value(parts: $0.parts + behind.parts) } ?? behind
      }
      index += 1
    }
  }

  private func result(_ node: Node, _ declarator: Declarator, _ reader: TypeReader) -> Value? {
    let path = Array(declarator.path.dropFirst())
    if let trailing = declarator.function?.child(of: .trailingReturn) {
      return trailing.children.first { $0.kind == .typeDescriptor }.flatMap { reader.value(descriptor: $0) }
    }
    return reader.value(node.child(.type), path)
  }

  /// The scopes before a qualified name, as ids know them.
  private func ownerParts(_ name: Node) -> [Text] {
    var parts: [Text] = []
    var next: Node? = name
    while let node = next, node.kind == .qualifiedIdentifier {
      if let scope = node.child(.scope) {
        let exact = NameParts.typeName(scope, file)
        let isKnown = scope.kind == .templateType && isSpecialization(exact)
        parts.append(isKnown ? exact : NameParts.simple(scope, file))
      }
      next = node.child(.name)
    }
    return parts
  }

  private func isSpecialization(_ name: Text) -> Bool {
    names.scopes[scope.namespace.id]?.types.contains(name) ?? false
  }

  mutating func enterOwner(_ parts: [Text]) {
    guard !parts.isEmpty else { return }
    var qualified = scope.namespace.qualified
    let twin = scope.namespace.twin
    for owner in scope.owners(parts) {
      if !owner.name.isEmpty { qualified = join(qualified, owner.name) }
      // `A<int>` has constructors named `A`.
      var name = owner.name
      if let open = name.firstIndex(of: "<") { name = name[0..<open] }
      scope.enter(
        Scope.Frame(
          kind: owner.isRecord ? .record : .namespace, id: owner.id, twin: owner.isRecord ? owner.id : twin,
          name: name, qualified: qualified))
    }
  }

  private func functionName(_ node: Node) -> Text {
    switch node.kind {
    case .operatorName, .destructorName: return TypeText.plain(node.start, node.end, file)
    case .operatorCast:
      let end =
        node.child(.declarator).map { Declarator($0) }?.function?.child(.parameters)?.start ?? node.end
      return arena.join("operator", " ", TypeText.plain(node.start + 8, end, file))
    case .templateFunction, .templateMethod: return TypeText.plain(node.start, node.end, file)
    default: return file.text(node)
    }
  }

  private func place(_ node: Node) -> Node {
    node.kind == .templateFunction || node.kind == .templateMethod ? node.child(.name) ?? node : node
  }

  func has(_ node: Node, _ word: Text) -> Bool {
    node.children.contains { $0.kind == .storageClass && file.text($0) == word }
  }

  /// Declares the parameters, and reads their types and defaults.
  mutating func parameters(_ declarator: Declarator) {
    guard let function = declarator.function else { return }
    if let trailing = function.child(of: .trailingReturn) { children(trailing) }
    guard let parameters = function.child(.parameters) else { return }
    for parameter in parameters.children where parameter.isParameter { self.parameter(parameter) }
  }

  mutating func parameter(_ parameter: Node) {
    if let type = parameter.child(.type) { visit(type) }
    let declarator = Declarator(parameter.child(.declarator))
    if let value = parameter.child(.defaultValue) { visit(value, isValue: true) }
    guard let name = declarator.name else { return }
    let reader = TypeReader(file: file, scope: scope)
    scope.declare(file.text(name), reader.declared(parameter, parameter.child(.type), declarator.path))
  }

  /// `: base(x), field_(y)`.
  private mutating func initializers(_ list: Node) {
    for initializer in list.children where initializer.kind == .fieldInitializer {
      guard let name = initializer.firstChild else { continue }
      let arguments = initializer.children.first { $0.kind == .argumentList || $0.kind == .initializerList }
      let last = NameParts.last(name)
      let text = file.text(last)
      if let arguments {
        var reference = ReferenceDraft(.call, owner: .empty, name: text, start: last.start, end: last.end)
        reference.argumentCount = argumentCount(arguments)
        reference.noName = true
        setArguments(&reference, arguments, on: nil)
        let record = scope.enclosingRecord
        let parts = NameParts.parts(name, file)
        let isField = record.flatMap { names.scopes[$0.id]?.values.contains(text) } ?? text.hasSuffix("_")
        if isField, let record {
          let field = arena.chain(arena.chain(record.id, text), then: Step.constructor)
          reference.candidates = arena.copy([field].compactMap { $0 })
          file.output.references.append(reference)
        } else {
          reference.candidates = arena.copy(
            scope.chains(parts).compactMap { $0.isExternal ? $0 : arena.chain($0, then: Step.constructor) })
          file.output.references.append(reference)
        }
        children(arguments, isValue: true)
      }
    }
  }
}
