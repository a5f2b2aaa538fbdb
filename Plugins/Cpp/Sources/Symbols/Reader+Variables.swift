import CodiraAnalyzerKit
import CodiraCFamily

/// Variables, fields, and functions that are declared only.
extension Reader {
  /// A declaration of any number of names, at file scope, in a record or in a function.
  mutating func variables(_ node: Node) {
    let type = node.child(.type)
    if let type, type.isTag, type.child(.body) != nil || node.declarators.isEmpty {
      let holder = type.child(.name) == nil && !node.declarators.isEmpty && type.isRecord
      if holder {
        heldType(type, node)
      } else {
        tag(type, whole: node.declarators.isEmpty ? node : type)
      }
    } else if let type {
      visit(type)
    }
    for outer in node.declarators {
      if scope.isInFunction, scope.top.kind == .function {
        local(node, type, outer)
      } else {
        member(node, type, outer)
      }
    }
    for child in node.children where child.field != .declarator && child.field != .type {
      visit(child, isValue: child.field == .value || child.field == .defaultValue)
    }
  }

  /// `struct {…} x;`: the fields are the variable's.
  private mutating func heldType(_ type: Node, _ node: Node) {
    guard let name = Declarator(node.declarators.first).name, let body = type.child(.body) else { return }
    let around = scope.top
    let id = file.ids.id(around.id, .term, file.text(name))
    scope.enter(
      Scope.Frame(
        kind: .record, id: id, twin: id, name: .empty, qualified: join(around.qualified, file.text(name))))
    declarations(body)
    scope.leaveFrame()
  }

  // Outside of functions

  private mutating func member(_ node: Node, _ type: Node?, _ outer: Node) {
    let declarator = Declarator(outer)
    guard let name = declarator.name else { return }
    if declarator.isFunction, outer.kind != .initDeclarator || declarator.cast != nil {
      declaredFunction(node, outer, declarator, name)
    } else if name.kind != .structuredBinding {
      variable(node, type, outer, declarator, name)
    }
  }

  private mutating func declaredFunction(
    _ node: Node, _ outer: Node, _ declarator: Declarator, _ name: Node
  ) {
    let mark = scope.mark
    let depth = scope.frames.count
    if !(isFriend && name.kind == .qualifiedIdentifier) {
      var reading = callable(node, declarator, name)
      let isPure = isPureVirtual(node)
      reading.isDeclaration = !isPure
      if isPure { reading.flags.insert(.abstract) }
      reading.signature = file.oneLine(reading.start, node.end)
      reading.hasTrailingComment = true
      if scope.namespaceIsC, !isPure, reading.kind == .function {
        // Defined in C, it is that function.
        reading.aliases = [Chain(file.ids.id(file.shared.otherRoot, .callable, reading.name))]
      }
      // A friend is declared where it belongs.
      if !isFriend { _ = emitter.emit(reading) }
    }
    parameters(declarator)
    while scope.frames.count > depth { scope.leaveFrame() }
    scope.leave(mark)
  }

  /// `= 0` at the end.
  private func isPureVirtual(_ node: Node) -> Bool {
    if node.child(of: .pureVirtual) != nil { return true }
    guard let value = node.child(.defaultValue) else { return false }
    return file.text(value) == "0"
  }

  private mutating func variable(
    _ node: Node, _ type: Node?, _ outer: Node, _ declarator: Declarator, _ name: Node
  ) {
    let depth = scope.frames.count
    var last = name
    if name.kind == .qualifiedIdentifier {
      while last.kind == .qualifiedIdentifier, let inner = last.child(.name) { last = inner }
      enterOwner(Array(NameParts.parts(name, file).dropLast()))
    }
    let around = scope.top
    let isStatic = has(node, "static")
    let isConstant = isConstant(node) && !declarator.isPointer
    let text = NameParts.simple(last, file)
    let isOnly = node.declarators.count == 1
    var reading = self.reading(.variable, .term, last, isOnly ? node : outer, text)
    reading.qualified = join(around.qualified, text)
    reading.parent = around.id
    reading.visibility = .unknown
    if around.kind == .record {
      reading.kind = isStatic && isConstant ? .constant : .field
      reading.visibility = name.kind == .qualifiedIdentifier ? .unknown : visibility
      if name.kind != .qualifiedIdentifier, isStatic, reading.kind == .field { reading.isDeclaration = true }
    } else {
      reading.kind = isConstant ? .constant : .variable
      reading.parent = names.home(text, Space(id: around.id, twin: around.twin))
      reading.isDeclaration = has(node, "extern") && outer.kind != .initDeclarator
    }
    if isStatic { reading.flags.insert(.static) }
    if scope.isInFunction { reading.flags.insert(.local) }
    let reader = TypeReader(file: file, scope: scope)
    reading.value = reader.value(type, declarator.path)
    if let type, type.isRecord, type.child(.name) == nil, declarator.isPointer {
      // `struct {…} x[9];`: an element has the fields of `x`.
      reading.value = Value([Chain(file.ids.id(around.id, .term, text))], path: declarator.path)
    }
    reading.signature = signature(node, outer, isOnly)
    reading.hasTrailingComment = true
    _ = emitter.emit(reading)
    while scope.frames.count > depth { scope.leaveFrame() }
    initialize(node, type, outer, declarator, last)
  }

  private func signature(_ node: Node, _ outer: Node, _ isOnly: Bool) -> Text {
    if isOnly {
      let whole = file.oneLine(node.start, node.end, limit: 120)
      if whole.count <= 120 { return whole }
    }
    let inner = outer.kind == .initDeclarator ? outer.child(.declarator) ?? outer : outer
    let first = node.declarators.first ?? outer
    return arena.join(
      file.oneLine(node.start, first.start, limit: 160), " ", file.oneLine(inner.start, inner.end))
  }

  private func isConstant(_ node: Node) -> Bool {
    node.children.contains {
      $0.kind == .typeQualifier && ["const", "constexpr", "constinit"].contains(file.text($0))
    }
  }

  // In functions

  private mutating func local(_ node: Node, _ type: Node?, _ outer: Node) {
    let declarator = Declarator(outer)
    guard let name = declarator.name else { return }
    if name.kind == .structuredBinding {
      if let value = outer.child(.value) { visit(value, isValue: true) }
      for child in name.children where child.kind == .identifier { scope.declare(file.text(child), nil) }
      return
    }
    if outer.kind == .functionDeclarator, let parameters = declarator.parameters {
      guard isConstruction(parameters) else { return }
      constructed(name, type, declarator, argumentsWritten: parameters)
      scope.declare(file.text(name), TypeReader(file: file, scope: scope).declared(node, type, []))
      return
    }
    initialize(node, type, outer, declarator, name)
    scope.declare(file.text(name), localValue(node, type, outer, declarator))
  }

  func localValue(_ node: Node, _ type: Node?, _ outer: Node, _ declarator: Declarator) -> Value? {
    if let type, type.kind == .placeholder {
      guard let written = outer.child(.value), var value = value(written) else { return nil }
      if node.isConst(file) || (!declarator.isReference && value.stars == 0 && !value.isNameless) {
        value.isConst = node.isConst(file)
      }
      return value
    }
    return TypeReader(file: file, scope: scope).declared(node, type, declarator.path)
  }

  /// The constructor that an initializer calls, and what the initializer uses.
  mutating func initialize(
    _ node: Node, _ type: Node?, _ outer: Node, _ declarator: Declarator, _ name: Node
  ) {
    if let arguments = declarator.arguments, !declarator.isPointer, !declarator.isReference {
      constructed(name, type, declarator, argumentsWritten: arguments)
    } else if let value = outer.child(.value) {
      visit(value, isValue: true)
    } else if let list = node.child(.defaultValue), list.kind == .initializerList, !declarator.isPointer,
      let type
    {
      // `T field{x};`: what the list holds is read with the declaration.
      construct(type, argumentCount(list), list)
    }
    // Sizes of arrays, bit fields.
    if let inner = outer.child(.declarator) { sizes(inner) } else { sizes(outer) }
  }

  private mutating func sizes(_ node: Node) {
    guard node.kind == .arrayDeclarator else { return }
    for child in node.children {
      if child.field == .declarator { sizes(child) } else { visit(child) }
    }
  }

  /// `T x(a);`, which the grammar takes for a function where `a` may be a type.
  private func isConstruction(_ parameters: Node) -> Bool {
    var isSure = false
    for parameter in parameters.children {
      guard parameter.kind == .parameterDeclaration, let type = parameter.child(.type) else { return false }
      if type.kind == .primitiveType || type.kind == .sizedTypeSpecifier || type.isTag { return false }
      if parameter.children.contains(where: { $0.kind == .typeQualifier }) { return false }
      if let declarator = parameter.child(.declarator) {
        guard declarator.kind == .abstractFunctionDeclarator else { return false }
        isSure = true
      } else if type.kind == .typeIdentifier, case .some = scope.local(file.text(type)) {
        isSure = true
      }
    }
    return isSure || parameters.firstChild != nil
  }

  /// A call of the constructors of a declared type, at the type's name.
  mutating func constructed(
    _ name: Node, _ type: Node?, _ declarator: Declarator, argumentsWritten arguments: Node
  ) {
    if let type, type.kind != .placeholder, type.kind != .primitiveType, type.kind != .sizedTypeSpecifier {
      construct(type, argumentCount(arguments), arguments)
    }
    if arguments.kind == .parameterList {
      for parameter in arguments.children { argumentTakenForParameter(parameter) }
    } else {
      children(arguments, isValue: true)
    }
  }

  /// `f(x)` in `T y(f(x));`.
  private mutating func argumentTakenForParameter(_ parameter: Node) {
    guard let type = parameter.child(.type) else { return }
    guard let declarator = parameter.child(.declarator), declarator.kind == .abstractFunctionDeclarator
    else { return }
    let inner = declarator.child(.parameters)
    let count = inner.map { Int32($0.children.reduce(0) { $0 + ($1.isParameter ? 1 : 0) }) } ?? 0
    call(to: type, count)
    if let inner { for parameter in inner.children { argumentTakenForParameter(parameter) } }
  }
}
