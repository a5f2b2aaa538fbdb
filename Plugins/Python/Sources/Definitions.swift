import CodiraAnalyzerKit

/// What the decorators of a definition say about it.
struct Decorations {
  var role: String?
  var isProperty = false
  var isOverload = false
  var isStatic = false
  var isClassMethod = false
  var isAbstract = false
  var isDeprecated = false
  var isRecord = false
  /// It gives what it yields: a context manager, a fixture.
  var givesYielded = false
  var isFixture = false
  /// Parameters that a table of test cases fills.
  var parametrized: [Text] = []
  /// What the decorators that are no well-known ones give.
  var result = Value.unknown

  mutating func note(_ name: Text) {
    switch name {
    case "property", "cached_property", "functools.cached_property", "abc.abstractproperty",
      "abstractproperty",
      "classproperty", "hybrid_property":
      isProperty = true
      isAbstract = isAbstract || name.hasSuffix("abstractproperty")
    case "overload", "typing.overload", "t.overload", "typing_extensions.overload": isOverload = true
    case "staticmethod": isStatic = true
    case "classmethod", "validator", "field_validator", "root_validator": isClassMethod = true
    case "abstractmethod", "abc.abstractmethod": isAbstract = true
    case "contextmanager", "contextlib.contextmanager", "asynccontextmanager",
      "contextlib.asynccontextmanager":
      givesYielded = true
    case "fixture", "pytest.fixture", "pytest_asyncio.fixture":
      givesYielded = true
      isFixture = true
    case "deprecated", "warnings.deprecated", "typing_extensions.deprecated": isDeprecated = true
    case "dataclass", "dataclasses.dataclass", "attr.s", "attrs.define", "attr.define", "attr.attrs",
      "define":
      isRecord = true
    default: break
    }
  }

  /// Decorators that give back what they were given, as far as members and results go.
  static func isTransparent(_ name: Text) -> Bool {
    let last = name.lastIndex(of: ".").map { name.dropFirst($0 + 1) } ?? name
    switch last {
    case "wraps", "lru_cache", "cache", "contextmanager", "asynccontextmanager", "override", "final",
      "fixture",
      "parametrize", "setter", "getter", "deleter", "register", "singledispatch", "total_ordering", "wrapped",
      "property", "staticmethod", "classmethod", "abstractmethod", "overload", "cached_property", "dataclass",
      "deprecated", "skipIf", "skipUnless", "skip", "patch", "object":
      return true
    default: return false
    }
  }
}

extension FileReader {
  func readDecorated(_ node: Node) {
    guard let definition = node.child(.definition) else {
      for child in node.children { readStatement(child) }
      return
    }
    if definition.kind == .classDefinition {
      readClass(definition, decorated: node)
    } else {
      readFunction(definition, decorated: node)
    }
  }

  /// What the decorators' names say; refers to nothing.
  private func decorations(_ decorated: Node?, name: Text) -> Decorations {
    var decorations = Decorations()
    guard let decorated else { return decorations }
    for decorator in decorated.children where decorator.kind == .decorator {
      guard let text = decoratorName(decorator) else { continue }
      decorations.note(text)
      if text.hasSuffix("parametrize") { noteParametrized(decorator, &decorations) }
      if let dot = text.lastIndex(of: "."), text[0..<dot] == name {
        switch text.dropFirst(dot + 1) {
        case "setter": decorations.role = "setter"
        case "deleter": decorations.role = "deleter"
        case "getter": decorations.role = "getter"
        default: break
        }
      }
    }
    return decorations
  }

  /// The names in the first argument of `parametrize("a, b", …)`.
  private func noteParametrized(_ decorator: Node, _ decorations: inout Decorations) {
    guard let names = decorator.firstChild?.child(.arguments)?.firstChild else { return }
    for string in [names] + Array(names.descendants) where string.kind == .stringContent {
      decorations.parametrized += source.text(string).split(at: ",").map { $0.trimmed }
    }
  }

  private func decoratorName(_ decorator: Node) -> Text? {
    guard let expression = decorator.firstChild else { return nil }
    let callee = expression.kind == .call ? expression.child(.function) : expression
    return callee.map { source.text($0) }
  }

  /// Refers to the decorators from the symbol they decorate; gives what the unknown ones make of it.
  private func visitDecorators(_ decorated: Node?) -> Value {
    var result = Value.unknown
    guard let decorated else { return result }
    for decorator in decorated.children where decorator.kind == .decorator {
      guard let expression = decorator.firstChild else { continue }
      let value = visit(expression, isStored: true)
      guard let name = decoratorName(decorator), !Decorations.isTransparent(name),
        value.chains.first?.isExternal == false
      else { continue }
      result = either(value, result)
    }
    return result
  }

  // MARK: functions

  func readFunction(_ node: Node, decorated: Node?) {
    guard let place = node.child(.name) else {
      if let body = node.child(.body) { readBlock(body) }
      return
    }
    let name = source.text(place)
    let decorations = decorations(decorated, name: name)
    let isMethod = scope.kind == .type
    let isProperty = isMethod && (decorations.isProperty || decorations.role != nil)
    let kind: SymbolKind = isProperty ? .property : isMethod ? .method : .function
    let id =
      decorations.isOverload
      ? output.ids.next(scope.id, .callable, name)
      : output.ids.define(scope.id, .callable, name, role: decorations.role)
    var symbol = SymbolDraft(
      kind, id: id, name: name, qualifiedName: arena.join(scope.qualifiedName, ".", name),
      start: (decorated ?? node).start, end: (decorated ?? node).end, nameStart: place.start,
      nameEnd: place.end)
    symbol.parent = scope.id
    symbol.visibility = visibility(name)
    symbol.signature = signature(function: node)
    setFlags(&symbol, node, decorations)
    if let body = node.child(.body), let docstring = docstring(in: body) {
      symbol.documentation = docstring.text
      symbol.documentationSpan = docstring.span
    }
    let inner = Scope(
      .function, parent: scope, owner: id, id: id, qualifiedName: symbol.qualifiedName, type: scope.type,
      isLocal: true)
    let outer = scope
    let parameterScope = typeParameterScope(node.child(.typeParameters), of: id)
    inner.enclose(parameterScope)
    scope = Scope(
      .comprehension, parent: parameterScope ?? outer, owner: id, id: outer.id,
      qualifiedName: outer.qualifiedName, type: outer.type, isLocal: outer.isLocal)
    let decorator = visitDecorators(decorated)
    let receiver = isMethod && !decorations.isStatic ? receiver(name, decorations) : nil
    let parameters = readParameters(node.child(.parameters), into: inner, receiver: receiver)
    symbol.parametersMin = parameters.min
    symbol.parametersMax = parameters.max
    let returned = node.child(.returnType).map { returnedAnnotation($0, decorations) }
    scope = outer
    if isTestFile, decorations.isFixture || name.hasPrefix("test") {
      inner.fixtures = fixtures(node.child(.parameters), inner, decorations)
    }
    if let returned { symbol.valueTypes = valueTypes(returnedValue(returned), decorator: decorator) }
    if decorations.isOverload {
      scope.overloads.append(PendingOverload(name: name, draft: symbol))
      if scope.bindings[name] == nil { bindDefinition(name, .function, id) }
      return
    }
    scope.overloads.removeAll { $0.name == name }
    if isMethod {
      scope.type?.methods.insert(name)
      if let body = node.child(.body) { noteSetter(name, body) }
    }
    if returned == nil {
      symbol.valueTypes = valueTypes(.unknown, decorator: decorator)
      inner.results = FunctionResults(
        symbol: output.symbols.count, givesYielded: decorations.givesYielded)
    }
    output.symbols.append(symbol)
    if decorations.role == nil {
      bindDefinition(name, .function, id, parts: givenFunction(node.child(.body), id))
    }
    if let body = node.child(.body) { pending.append(PendingBody(node: body, scope: inner)) }
  }

  private func bindDefinition(
    _ name: Text, _ kind: Binding.Kind, _ id: Text,
    parts: UnsafeBufferPointer<ValuePart> = UnsafeBufferPointer(start: nil, count: 0)
  ) {
    bind(
      name, Binding(kind: kind, value: Value(nature: .object, chains: arena.chains(Chain(id)), parts: parts)))
  }

  /// What calling a function gives that defines another one and gives it back.
  private func givenFunction(_ body: Node?, _ id: Text) -> UnsafeBufferPointer<ValuePart> {
    var parts: [ValuePart] = []
    var names: [Text] = []
    for statement in body?.children.map({ $0 }) ?? [] {
      let definition = statement.kind == .decoratedDefinition ? statement.child(.definition) : statement
      if definition?.kind == .functionDefinition, let name = definition?.child(.name) {
        names.append(source.text(name))
      } else if statement.kind == .returnStatement, let given = statement.firstChild,
        given.kind == .identifier,
        names.contains(source.text(given))
      {
        let inner = output.ids.id(id, .callable, source.text(given))
        parts = [ValuePart(path: arena.copy(["()"]), arena.chains(Chain(inner)))]
      }
    }
    return arena.copy(parts)
  }

  private func setFlags(_ symbol: inout SymbolDraft, _ node: Node, _ decorations: Decorations) {
    if node.child(of: .async) != nil { symbol.flags.insert(.async) }
    if decorations.isStatic || decorations.isClassMethod { symbol.flags.insert(.static) }
    if decorations.isAbstract { symbol.flags.insert(.abstract) }
    if decorations.isDeprecated { symbol.flags.insert(.deprecated) }
    if scope.isLocal { symbol.flags.insert(.local) }
    if module.isStub { symbol.flags.insert(.declarationOnly) }
    if isTestFile || symbol.name.hasPrefix("test_") { symbol.flags.insert(.test) }
  }

  /// A context manager or fixture that is declared to give an iterator gives its elements.
  private func returnedAnnotation(_ type: Node, _ decorations: Decorations) -> Value {
    readsResult = true
    defer { readsResult = false }
    let value = annotation(type)
    guard decorations.givesYielded else { return value }
    let text = source.text(type)
    let name = text[0..<(text.firstIndex(of: "[") ?? text.count)]
    let isIterator = name.hasSuffix("Iterator") || name.hasSuffix("Generator") || name.hasSuffix("Iterable")
    return isIterator ? element(of: value) : value
  }

  /// What the first parameter of a method is.
  private func receiver(_ name: Text, _ decorations: Decorations) -> Value? {
    guard let type = scope.type else { return nil }
    let isType =
      decorations.isClassMethod || name == "__new__" || name == "__init_subclass__"
      || name == "__class_getitem__"
    return Value(nature: isType ? .receiverType : .receiver, chains: arena.chains(Chain(type.id)))
  }

  /// A function's result as others see it: `self` is whatever the method was asked of.
  func returnedValue(_ value: Value) -> Value {
    guard let type = scope.type, value.chains.contains(where: { isOfReceiver($0, value, type) }) else {
      return value
    }
    let chains = value.chains.map { chain in
      isOfReceiver(chain, value, type) ? Chain(.empty, chain.members, flags: .receiver) : chain
    }
    return Value(nature: value.nature, chains: arena.copy(chains), parts: value.parts)
  }

  /// Whether a chain begins at `self`: at the class at hand, and goes on to a member or is no other object of it.
  private func isOfReceiver(_ chain: Chain, _ value: Value, _ type: ClassInfo) -> Bool {
    guard chain.root == type.id, !chain.isExternal else { return false }
    return !chain.members.isEmpty || value.nature == .receiver || value.nature == .receiverType
  }

  func valueTypes(_ value: Value, decorator: Value) -> UnsafeBufferPointer<ValuePart> {
    guard !decorator.chains.isEmpty else { return valueTypes(value) }
    var value = value
    value.chains = join(decorator.chains, value.chains)
    return valueTypes(value)
  }

  /// Reads a function's body; without an annotation, what it returns becomes its type.
  func readBody(_ body: PendingBody) {
    scope = body.scope
    isAlternative = false
    bindFixtures()
    readBlock(body.node)
    finishOverloads()
    guard let results = body.scope.results else { return }
    var value = returnedValue(results.returned)
    if results.yielded.isKnown {
      value = either(value, wrap(results.yielded, in: "[]"))
      if results.givesYielded { value = returnedValue(results.yielded) }
    }
    guard value.isKnown else { return }
    let decorator = output.symbols[results.symbol].valueTypes.first { $0.path.isEmpty }?.chains ?? .none
    output.symbols[results.symbol].valueTypes = valueTypes(value, decorator: Value(chains: decorator))
  }

  /// Overloads without an implementation are declarations: the first of each name stands for all.
  func finishOverloads() {
    for pending in scope.overloads where !scope.overloads.isEmpty {
      let isFirst = scope.overloads.first { $0.name == pending.name }?.draft.start == pending.draft.start
      guard isFirst else { continue }
      var symbol = pending.draft
      symbol.id = output.ids.define(scope.id, .callable, pending.name)
      symbol.flags.insert(.declarationOnly)
      output.symbols.append(symbol)
    }
    scope.overloads.removeAll()
  }

  // MARK: classes

  func readClass(_ node: Node, decorated: Node?) {
    guard let place = node.child(.name) else {
      if let body = node.child(.body) { readBlock(body) }
      return
    }
    let name = source.text(place)
    let decorations = decorations(decorated, name: name)
    let id = output.ids.define(scope.id, .type, name)
    var symbol = SymbolDraft(
      .class, id: id, name: name, qualifiedName: arena.join(scope.qualifiedName, ".", name),
      start: (decorated ?? node).start, end: (decorated ?? node).end, nameStart: place.start,
      nameEnd: place.end)
    symbol.parent = scope.id
    symbol.visibility = visibility(name)
    symbol.signature = signature(class: node)
    setFlags(&symbol, node, decorations)
    if name.hasPrefix("Test"), isTestFile { symbol.flags.insert(.test) }
    if let body = node.child(.body), let docstring = docstring(in: body) {
      symbol.documentation = docstring.text
      symbol.documentationSpan = docstring.span
    }
    let outer = scope
    let info = ClassInfo(id: id, qualifiedName: symbol.qualifiedName)
    classes[id] = info
    let parameterScope = typeParameterScope(node.child(.typeParameters), of: id)
    info.typeParameters = parameterScope?.typeParameters ?? []
    info.isRecord = decorations.isRecord
    scope = Scope(
      .comprehension, parent: parameterScope ?? outer, owner: id, id: outer.id,
      qualifiedName: outer.qualifiedName, type: outer.type, isLocal: outer.isLocal)
    _ = visitDecorators(decorated)
    let index = output.symbols.count
    output.symbols.append(symbol)
    readBases(node.child(.superclasses), info, index)
    scope = Scope(
      .type, parent: parameterScope ?? outer, owner: id, id: id, qualifiedName: symbol.qualifiedName,
      type: info,
      isLocal: outer.isLocal)
    let outerAlternative = isAlternative
    isAlternative = false
    if let body = node.child(.body) { readBlock(body) }
    finishOverloads()
    isAlternative = outerAlternative
    scope = outer
    bindDefinition(name, .type, id)
  }

  private func readBases(_ list: Node?, _ info: ClassInfo, _ index: Int) {
    guard let list else { return }
    for argument in list.children {
      guard argument.kind != .keywordArgument else {
        guard let value = argument.child(.value) else { continue }
        if source.text(value).hasSuffix("ABCMeta") { output.symbols[index].flags.insert(.abstract) }
        if argument.child(.name).map({ source.text($0) }) == "metaclass" { noteMetaclass(value, of: info) }
        visit(value, isStored: true)
        continue
      }
      readBase(argument, info, index)
      let text = source.text(argument)
      let name = text.lastIndex(of: ".").map { text.dropFirst($0 + 1) } ?? text
      if name.hasSuffix("Enum") || name.hasSuffix("Flag") || name.hasSuffix("Choices") {
        info.isEnumeration = true
      }
      if name == "NamedTuple" || name == "TypedDict" { info.isRecord = true }
      if name == "ABC" { output.symbols[index].flags.insert(.abstract) }
    }
  }

  private func readBase(_ node: Node, _ info: ClassInfo, _ index: Int) {
    switch node.kind {
    case .identifier, .attribute:
      let value =
        node.kind == .identifier
        ? lookUp(source.text(node))?.value ?? unbound(source.text(node)) : visit(node)
      referToBase(node, value, info)
      if let chain = value.chains.first, chain.members.isEmpty {
        let isType = chain.isExternal && chain.root == "type"
        info.isMetaclass = info.isMetaclass || isType || classes[chain.root]?.isMetaclass == true
      }
    case .subscriptExpression:
      guard let base = node.child(.value) else { return }
      readBase(base, info, index)
      readTypeArguments(node, info, index)
      for child in node.children where child.field == .subscriptIndex {
        _ = readAnnotation(source.text(child), refers: true)
      }
    case .call: readMadeBase(node, info)
    default: visit(node)
    }
  }

  func joinBases(_ left: Chains, _ right: Chains) -> Chains {
    left.isEmpty ? right : right.isEmpty ? left : arena.copy(Array((Array(left) + Array(right)).prefix(12)))
  }
}
