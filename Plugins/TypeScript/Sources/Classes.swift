import CodiraAnalyzerKit

extension FileReader {
  func readClassDeclaration(_ node: Node) {
    guard let place = node.child(.name), let id = hoisted[place.start] else { return }
    readClass(node, id: id, name: source.text(place), place: place, whole: node)
  }

  func readClass(_ node: Node, id: Text, name: Text, place: Node, whole: Node) {
    var symbol = draft(.class, id: id, name: name, place: place, whole: whole)
    symbol.signature = signature(ofType: node)
    if node.kind == .abstractClassDeclaration { symbol.flags.insert(.abstract) }
    if let index = emitted[id] {
      // An interface of the same name: the class says more.
      output.symbols[index] = symbol
    } else {
      add(symbol)
    }
    let outer = scope
    let info = ClassInfo(id: id, qualifiedName: symbol.qualifiedName)
    scope = Scope(.type, in: outer, owner: id, id: id, qualifiedName: symbol.qualifiedName)
    scope.type = info
    scope.receiver = Value(nature: .receiver, chains: arena.chains(Chain(id)))
    scope.results = nil
    defer { scope = outer }
    if let inner = node.child(.name) {
      // A class expression's own name is seen inside it alone.
      let value = Value(nature: .object, chains: arena.chains(Chain(id)))
      scope.bindings[source.text(inner)] = Binding(kind: .function, value: value)
      scope.types[source.text(inner)] = Binding(kind: .variable, value: value)
    }
    let comment = path.isTyped ? nil : documentation(before: whole)
    readTypeParameters(node, comment)
    readDecorators(node)
    if let heritage = node.child(of: .classHeritage) { readHeritage(heritage, info, comment) }
    if let body = node.child(.body) { readClassBody(body, info) }
  }

  private func readHeritage(_ node: Node, _ info: ClassInfo, _ comment: Comment?) {
    for clause in node.children {
      switch clause.kind {
      case .extendsClause:
        guard let base = clause.child(.value) else { continue }
        info.base = readBase(base)
        for child in clause.children where child.kind == .typeArguments { _ = type(child) }
      case .implementsClause:
        for child in clause.children { readSupertype(child, .implements) }
      default: break
      }
    }
  }

  private func readBase(_ base: Node) -> Value {
    switch base.kind {
    case .identifier, .memberExpression:
      let value = visit(base)
      refer(.inherits, base, value)
      return value
    default:
      // `extends mixin(Base)`: what the call gives, else what it was given.
      let value = visit(base)
      guard base.kind == .callExpression, let function = base.child(.function),
        !value.chains.isEmpty
      else {
        return value
      }
      var reference = ReferenceDraft(
        .inherits, owner: scope.owner, name: source.text(FileReader.nameNode(function)),
        start: base.start,
        end: base.end)
      reference.candidates = value.chains
      reference.noName = true
      output.references.append(reference)
      return value
    }
  }

  /// A type that a class or interface names as its supertype.
  func readSupertype(_ node: Node, _ role: ReferenceRole) {
    switch node.kind {
    case .genericType:
      if let name = node.child(.name) { readSupertype(name, role) }
      for child in node.children where child.kind == .typeArguments { _ = type(child) }
    case .typeIdentifier, .nestedTypeIdentifier, .identifier, .memberExpression:
      refer(role, node, typeName(node))
    default: _ = type(node)
    }
  }

  private func readClassBody(_ body: Node, _ info: ClassInfo) {
    for member in body.children {
      if let name = member.child(.name).flatMap({ propertyName($0) }) { info.members.insert(name) }
      if member.kind == .methodDefinition,
        member.child(.name).map({ source.text($0) }) == "constructor"
      {
        noteParameterProperties(member, info)
      }
    }
    for member in body.children {
      switch member.kind {
      case .methodDefinition, .methodSignature, .abstractMethodSignature: readMethod(member)
      case .publicFieldDefinition: readField(member, info)
      case .classStaticBlock:
        guard let block = member.child(.body) else { continue }
        let outer = scope
        scope = Scope(.block, in: outer, isLocal: true)
        readBlock(block)
        scope = outer
      case .decorator: readDecorator(member)
      case .indexSignature: _ = type(member)
      default: break
      }
    }
  }

  private func noteParameterProperties(_ constructor: Node, _ info: ClassInfo) {
    for parameter in constructor.child(.parameters)?.children.filter({ isProperty($0) }) ?? [] {
      if let pattern = parameter.child(.pattern) { info.members.insert(source.text(pattern)) }
    }
  }

  private func isProperty(_ parameter: Node) -> Bool {
    parameter.child(of: .accessibilityModifier) != nil || parameter.child(of: .readonlyWord) != nil
  }

  /// A method, an accessor, a constructor, or a signature of one; in classes, interfaces, types and objects.
  ///
  /// `object`: what the object literal is declared as.
  func readMethod(_ node: Node, of object: Value = .unknown) {
    guard let place = node.child(.name), let name = propertyName(place) else {
      readAnonymous(node)
      return
    }
    let isStatic = node.child(of: .staticWord) != nil
    let isGetter = node.child(of: .getWord) != nil
    let isSetter = node.child(of: .setWord) != nil
    let isConstructor = name == "constructor" && scope.kind == .type && !isStatic
    let role: String? =
      isSetter ? (isStatic ? "static-setter" : "setter") : isStatic ? "static" : nil
    let kind: SymbolKind = isGetter || isSetter ? .property : isConstructor ? .constructor : .method
    let hasBody = node.child(.body) != nil
    let key = isStatic ? arena.join("static", " ", name) : name
    let isOverload = !isGetter && !isSetter
    let id: Text
    if isOverload, let earlier = overloads[scope.id]?[key] {
      id = earlier
    } else {
      id = output.ids.define(scope.id, .callable, name, role: role)
    }
    if isOverload { overloads[scope.id, default: [:]][key] = hasBody ? nil : id }
    var symbol = draft(kind, id: id, name: name, place: place, whole: node)
    if isStatic { symbol.flags.insert(.static) }
    if node.kind == .abstractMethodSignature { symbol.flags.insert(.abstract) }
    let outer = scope
    let inner = Scope(.type, in: outer, owner: id)
    inner.receiver =
      isStatic ? Value(nature: .object, chains: outer.receiver.chains) : outer.receiver
    scope = inner
    defer { scope = outer }
    readDecorators(node)
    guard let index = emitted[id] else {
      defineFunction(
        node, add(symbol), declared: nil, expected: expected(name, of: object))
      if node.child(of: .abstractWord) == nil, !hasBody, outer.kind == .type,
        node.kind == .methodSignature,
        !path.isDeclaration
      {
        output.symbols[emitted[id]!].flags.remove(.declarationOnly)
      }
      if isConstructor { readParameterProperties(node) }
      return
    }
    guard hasBody else {
      readSignature(node, index)
      return
    }
    if symbol.documentation.isEmpty { symbol.documentation = output.symbols[index].documentation }
    let declared = output.symbols[index].valueTypes
    output.symbols[index] = symbol
    defineFunction(node, index, declared: declared)
    if isConstructor { readParameterProperties(node) }
  }

  /// A member with a computed name: its parts refer, it defines nothing.
  private func readAnonymous(_ node: Node) {
    let outer = scope
    scope = Scope(.function, in: scope, isLocal: true)
    defer { scope = outer }
    if let place = node.child(.name) { for child in place.children { visit(child) } }
    readTypeParameters(node, nil)
    readParameters(node, nil)
    if let annotation = node.child(.returnType) { _ = type(annotation) }
    if let body = node.child(.body) { pending.append(PendingBody(node: body, scope: scope)) }
    scope.results = FunctionResults(symbol: nil)
  }

  /// `constructor(private a: A)` declares the field `a`.
  private func readParameterProperties(_ constructor: Node) {
    guard let list = constructor.child(.parameters), let type = scope.type, let outer = scope.parent
    else {
      return
    }
    for parameter in list.children where isProperty(parameter) {
      guard let pattern = parameter.child(.pattern), pattern.kind == .identifier else { continue }
      let name = source.text(pattern)
      let id = output.ids.define(type.id, .term, name)
      var symbol = draft(.field, id: id, name: name, place: pattern, whole: parameter, in: outer)
      symbol.signature = collapsed(source.text(parameter), limit: 200)
      if let annotation = parameter.child(.type) {
        symbol.valueTypes = valueTypes(silently { self.type(annotation) })
      } else if let value = parameter.child(.value) {
        symbol.valueTypes = valueTypes(silently { self.visit(value) })
      }
      add(symbol)
    }
  }

  /// What `read` gives, without the references it adds.
  func silently(_ read: () -> Value) -> Value {
    let count = output.references.count
    let symbols = output.symbols.count
    let value = read()
    output.references.removeLast(output.references.count - count)
    if output.symbols.count > symbols { output.symbols.removeLast(output.symbols.count - symbols) }
    return value
  }

  private func readField(_ node: Node, _ info: ClassInfo) {
    guard let place = node.child(.name) else { return }
    guard let name = propertyName(place) else {
      for child in place.children { visit(child) }
      if let value = node.child(.value) { visit(value) }
      return
    }
    let isStatic = node.child(of: .staticWord) != nil
    let outer = scope
    scope = Scope(.type, in: outer)
    defer { scope = outer }
    if isStatic { scope.receiver = Value(nature: .object, chains: outer.receiver.chains) }
    let value = node.child(.value).map { unwrapped($0) }
    if let value, [.arrowFunction, .functionExpression, .generatorFunction].contains(value.kind) {
      let id = output.ids.define(scope.id, .callable, name, role: isStatic ? "static" : nil)
      readDecorators(node)
      let declared = node.child(.type).map { type($0) } ?? .unknown
      define(
        function: value, id: id, name: name, place: place, whole: node, kind: .method,
        expected: declared)
      if isStatic { output.symbols[emitted[id]!].flags.insert(.static) }
      return
    }
    let id =
      isStatic
      ? output.ids.define(scope.id, .term, name, role: "static")
      : output.ids.define(scope.id, .term, name)
    scope.owner = id
    readDecorators(node)
    defineVariable(
      id: id, name: name, place: place, whole: node, kind: .field, type: node.child(.type),
      value: node.child(.value))
    guard let index = emitted[id] else { return }
    if isStatic { output.symbols[index].flags.insert(.static) }
    if output.symbols[index].valueTypes.isEmpty, !isStatic { info.fields[name] = index }
  }

  // MARK: interfaces, types, enums

  func readInterface(_ node: Node) {
    guard let place = node.child(.name), let id = hoisted[place.start] else { return }
    let name = source.text(place)
    var symbol = draft(.interface, id: id, name: name, place: place, whole: node)
    symbol.signature = signature(ofType: node)
    if emitted[id] == nil { add(symbol) }
    enter(type: id, symbol.qualifiedName) {
      self.readTypeParameters(node, nil)
      if let clause = node.child(of: .extendsTypeClause) {
        for child in clause.children { self.readSupertype(child, .inherits) }
      }
      if let body = node.child(.body) { self.readTypeMembers(body) }
    }
  }

  func enter(type id: Text, _ qualifiedName: Text, _ read: () -> Void) {
    let outer = scope
    scope = Scope(.type, in: outer, owner: id, id: id, qualifiedName: qualifiedName)
    scope.type = ClassInfo(id: id, qualifiedName: qualifiedName)
    scope.receiver = Value(nature: .receiver, chains: arena.chains(Chain(id)))
    read()
    scope = outer
  }

  /// Members of an interface or object type.
  func readTypeMembers(_ body: Node) {
    var results = Value.unknown
    var parameters: [[ValuePart]] = []
    for member in body.children {
      switch member.kind {
      case .methodSignature: readMethod(member)
      case .propertySignature: readPropertySignature(member)
      case .callSignature:
        results = either(results, readCallSignature(member, member.child(.returnType), &parameters))
      case .constructSignature:
        var given: [[ValuePart]] = []
        results = either(results, readCallSignature(member, member.child(.type), &given))
      case .indexSignature:
        if let annotation = member.child(.type), let index = emitted[scope.id] {
          let element = wrap(type(annotation), in: "[]")
          output.symbols[index].valueTypes = arena.copy(
            Array(output.symbols[index].valueTypes) + element.parts)
        }
      default: _ = type(member)
      }
    }
    if results.isKnown, let index = emitted[scope.id], !results.chains.isEmpty {
      let part = ValuePart(path: arena.copy(["()"]), results.chains)
      output.symbols[index].valueTypes = arena.copy(
        Array(output.symbols[index].valueTypes) + [part])
    }
    if parameters.count == 1, let index = emitted[scope.id] {
      output.symbols[index].valueTypes = arena.copy(
        Array(output.symbols[index].valueTypes) + parameters[0])
    }
  }

  private func readCallSignature(
    _ node: Node, _ result: Node?, _ parameters: inout [[ValuePart]]
  ) -> Value {
    let outer = scope
    scope = Scope(.function, in: scope)
    defer { scope = outer }
    readTypeParameters(node, nil)
    parameters.append(parameterParts(readParameters(node, nil).declared))
    return result.map { type($0) } ?? .unknown
  }

  private func readPropertySignature(_ node: Node) {
    guard let place = node.child(.name), let name = propertyName(place) else {
      for child in node.children where child.kind == .typeAnnotation { _ = type(child) }
      return
    }
    let id = output.ids.define(scope.id, .term, name)
    scope.type?.members.insert(name)
    defineVariable(
      id: id, name: name, place: place, whole: node, kind: .field, type: node.child(.type),
      value: nil)
    if !path.isDeclaration, let index = emitted[id] {
      output.symbols[index].flags.remove(.declarationOnly)
    }
  }

  func readTypeAlias(_ node: Node) {
    guard let place = node.child(.name), let id = hoisted[place.start],
      let value = node.child(.value)
    else {
      return
    }
    var symbol = draft(.typeAlias, id: id, name: source.text(place), place: place, whole: node)
    symbol.signature = collapsed(source.text(node), limit: 200)
    let index = add(symbol)
    enter(type: id, symbol.qualifiedName) {
      self.readTypeParameters(node, nil)
      let known = self.type(value, under: id, symbol.qualifiedName)
      self.output.symbols[index].valueTypes = self.arena.copy(
        Array(self.output.symbols[index].valueTypes) + Array(self.valueTypes(known)))
    }
  }

  func readEnum(_ node: Node) {
    guard let place = node.child(.name), let id = hoisted[place.start] else { return }
    var symbol = draft(.enum, id: id, name: source.text(place), place: place, whole: node)
    symbol.signature = arena.join("enum", " ", source.text(place))
    if emitted[id] == nil { add(symbol) }
    enter(type: id, symbol.qualifiedName) {
      for member in node.child(.body)?.children.map({ $0 }) ?? [] {
        let place = member.kind == .enumAssignment ? member.child(.name) : member
        guard let place, let name = self.propertyName(place) else { continue }
        let own = self.output.ids.define(id, .term, name)
        var symbol = self.draft(.enumerator, id: own, name: name, place: place, whole: member)
        symbol.signature = self.collapsed(self.source.text(member), limit: 80)
        symbol.valueTypes = self.valueTypes(Value(chains: self.arena.chains(Chain(id))))
        self.add(symbol)
        if let value = member.child(.value) { self.visit(value) }
      }
    }
  }
}
