import CodiraAnalyzerKit

extension FileReader {
  // MARK: functions

  func readFunctionDeclaration(_ node: Node) {
    guard let place = node.child(.name), let id = hoisted[place.start] else { return }
    if node.kind == .functionSignature, let index = emitted[id] {
      readSignature(node, index)
      return
    }
    if let index = emitted[id] {
      // The implementation of signatures above: the symbol is its.
      var symbol = draft(.function, id: id, name: source.text(place), place: place, whole: node)
      if symbol.documentation.isEmpty { symbol.documentation = output.symbols[index].documentation }
      let declared = output.symbols[index].valueTypes
      output.symbols[index] = symbol
      defineFunction(node, index, declared: declared)
      return
    }
    define(function: node, id: id, name: source.text(place), place: place, whole: node)
  }

  /// A function that gets its id here.
  @discardableResult
  func define(
    function node: Node, name: Text, place: Node, whole: Node, kind: SymbolKind = .function,
    expected: Value = .unknown
  ) -> Text {
    let id = output.ids.define(scope.id, .callable, name)
    define(
      function: node, id: id, name: name, place: place, whole: whole, kind: kind,
      expected: expected)
    return id
  }

  func define(
    function node: Node, id: Text, name: Text, place: Node, whole: Node,
    kind: SymbolKind = .function, expected: Value = .unknown
  ) {
    let symbol = draft(kind, id: id, name: name, place: place, whole: whole)
    defineFunction(node, add(symbol), declared: nil, expected: expected)
  }

  /// Fills in what a function's head says, and puts its body off.
  func defineFunction(
    _ node: Node, _ index: Int, declared: UnsafeBufferPointer<ValuePart>?,
    expected: Value = .unknown
  ) {
    let id = output.symbols[index].id
    let comment = path.isTyped ? nil : documentation(before: around(node))
    output.symbols[index].signature = signature(of: output.symbols[index].name, function: node)
    if node.child(of: .asyncWord) != nil { output.symbols[index].flags.insert(.async) }
    let inner = Scope(
      .function, in: scope, owner: id, id: id, qualifiedName: output.symbols[index].qualifiedName,
      isLocal: true)
    let isMethod = scope.kind == .type
    if node.kind != .arrowFunction, !isMethod {
      // A function called with `new`, or a method of what it is put into.
      inner.receiver =
        output.symbols[index].kind == .method
        ? scope.receiver : Value(nature: .receiver, chains: arena.chains(Chain(id)))
    }
    let outer = scope
    scope = inner
    readTypeParameters(node, comment)
    let parameters = readParameters(node, comment, expected: expected)
    output.symbols[index].parametersMin = parameters.min
    output.symbols[index].parametersMax = parameters.max
    let results = FunctionResults(symbol: index)
    results.id = id
    if declared == nil { results.parameters = parameterParts(parameters.declared) }
    inner.results = results
    if let annotation = node.child(.returnType) {
      let value = resultType(annotation, id, output.symbols[index].qualifiedName)
      setResult(index, value)
      results.isDeclared = true
      results.expected = value
    } else if let text = comment?.returns {
      let value = documentedType(text)
      setResult(index, value)
      results.isDeclared = value.isKnown
      results.expected = value
    } else if let declared, !declared.isEmpty {
      output.symbols[index].valueTypes = declared
      results.isDeclared = true
    }
    output.symbols[index].valueTypes = valueTypes(
      output.symbols[index].valueTypes, parameters: results.parameters)
    scope = outer
    if node.kind == .functionSignature { output.symbols[index].flags.insert(.declarationOnly) }
    if let body = node.child(.body) { pending.append(PendingBody(node: body, scope: inner)) }
  }

  /// The comment of a function stands before the statement that it is part of.
  private func around(_ node: Node) -> Node {
    var node = node
    while let parent = node.parent {
      switch parent.kind {
      case .variableDeclarator, .lexicalDeclaration, .variableDeclaration, .exportStatement, .pair,
        .assignmentExpression, .expressionStatement, .publicFieldDefinition,
        .parenthesizedExpression:
        if node.start != parent.start || parent.kind == .exportStatement || node.kind != .identifier {
          node = parent
          continue
        }
        return node
      default: return node
      }
    }
    return node
  }

  /// Members of an object type that stands for itself are the function's own.
  private func resultType(_ annotation: Node, _ id: Text, _ qualifiedName: Text) -> Value {
    let inner = scope
    scope = Scope(.block, in: inner, isLocal: false)
    defer { scope = inner }
    return type(annotation, under: id, qualifiedName)
  }

  private func setResult(_ index: Int, _ value: Value) {
    output.symbols[index].valueTypes = valueTypes(asSeen(value))
  }

  /// A result as others see it: `this` is whatever the method was asked of.
  func asSeen(_ value: Value) -> Value {
    guard value.nature == .receiver, value.chains.count == 1, value.chains[0].members.isEmpty,
      scope.type?.id == value.chains[0].root
    else { return value }
    return Value(
      nature: .receiver, chains: arena.chains(Chain(.empty, flags: .receiver)), parts: value.parts)
  }

  /// One more signature of a function that is there already.
  func readSignature(_ node: Node, _ index: Int) {
    let outer = scope
    scope = Scope(.function, in: scope, owner: output.symbols[index].id, isLocal: true)
    readTypeParameters(node, nil)
    let count = readParameters(node, nil)
    forgetParameters(index)
    output.symbols[index].parametersMin = min(output.symbols[index].parametersMin, count.min)
    if count.max < 0 || output.symbols[index].parametersMax >= 0 {
      output.symbols[index].parametersMax =
        count.max < 0 ? -1 : max(output.symbols[index].parametersMax, count.max)
    }
    if let annotation = node.child(.returnType) { _ = type(annotation) }
    scope = outer
  }

  /// Reads a function's body; without an annotation, what it returns becomes its type.
  func readBody(_ body: PendingBody) {
    scope = body.scope
    if body.node.kind == .statementBlock {
      readBlock(body.node)
    } else {
      let expected = scope.results?.expected ?? .unknown
      let value = visit(body.node, isStored: true, returnedBy: scope.results, expected: expected)
      scope.results?.returned = value
    }
    guard let results = scope.results, let index = results.symbol else { return }
    if results.isDeclared {
      hide(results.members)
      return
    }
    var value = asSeen(results.returned)
    if results.yielded.isKnown { value = list(of: results.yielded) }
    if value.isKnown, value.nature != .local {
      output.symbols[index].valueTypes = valueTypes(
        valueTypes(value), parameters: results.parameters)
    }
  }

  // MARK: variables

  func readVariables(_ node: Node) {
    let isConstant = node.child(of: .constWord) != nil
    for declarator in node.children where declarator.kind == .variableDeclarator {
      guard let place = declarator.child(.name) else { continue }
      let whole =
        node.children.filter({ $0.kind == .variableDeclarator }).count == 1 ? node : declarator
      readVariable(declarator, place, whole, isConstant ? .constant : .variable)
    }
  }

  private func readVariable(_ node: Node, _ place: Node, _ whole: Node, _ kind: SymbolKind) {
    let value = node.child(.value)
    guard place.kind == .identifier else {
      let declared = node.child(.type).map { type($0) }
      if let value, isRequire(value), let target = requireTarget(value) {
        destructureRequire(place, target, whole)
        return
      }
      let known = value.map { visit($0, isStored: true) } ?? .unknown
      bind(place, declared ?? known)
      if !scope.isLocal { definePattern(place, whole, kind) }
      return
    }
    let name = source.text(place)
    if let value, isRequire(value), let target = requireTarget(value) {
      refer(import: place, "*", target.chains, target)
      defineImport(place, whole, .required, exported(target), target)
      return
    }
    guard let id = hoisted[place.start] else {
      let declared = node.child(.type).map { type($0) } ?? documentedType(of: whole)
      let known = value.map { visit($0, isStored: true, expected: declared) } ?? .unknown
      let result = declared.isKnown ? declared : known
      bind(name, .local, result.isKnown ? result : .local)
      return
    }
    let inner = value.map { unwrapped($0) }
    switch inner?.kind {
    case .arrowFunction, .functionExpression, .generatorFunction:
      let declared = node.child(.type).map { type($0) } ?? documentedType(of: whole)
      define(
        function: inner!, id: id, name: name, place: place, whole: whole, expected: declared)
    case .classExpression: readClass(inner!, id: id, name: name, place: place, whole: whole)
    default:
      defineVariable(
        id: id, name: name, place: place, whole: whole, kind: kind, type: node.child(.type),
        value: value)
    }
  }

  /// Names that a pattern takes out of something, in a module.
  private func definePattern(_ pattern: Node, _ whole: Node, _ kind: SymbolKind) {
    for node in names(of: pattern) {
      guard let binding = scope.bindings[source.text(node)], binding.kind == .local else { continue }
      let name = source.text(node)
      let id = hoisted[node.start] ?? output.ids.define(scope.id, .term, name)
      var symbol = draft(kind, id: id, name: name, place: node, whole: whole)
      symbol.signature = collapsed(source.text(whole), limit: 120)
      symbol.valueTypes = valueTypes(binding.value)
      // What was taken out of an object is another name of its member.
      if binding.value.nature == .member { symbol.aliases = binding.value.chains }
      add(symbol)
      bind(
        name, .variable,
        Value(nature: .object, chains: arena.chains(Chain(id)), parts: binding.value.parts))
    }
  }

  /// Where a type was written down its members are meant, not those of the value.
  private func hide(_ members: some Sequence<Int>) {
    for index in members { output.symbols[index].parent = .empty }
  }

  @discardableResult
  func defineVariable(
    id: Text? = nil, name: Text, place: Node, whole: Node, kind: SymbolKind, type annotation: Node?,
    value: Node?, expected: Value = .unknown
  ) -> Text {
    let id = id ?? output.ids.define(scope.id, .term, name)
    var symbol = draft(kind, id: id, name: name, place: place, whole: whole)
    symbol.signature = signature(ofVariable: place, type: annotation, value: value)
    if value == nil, path.isDeclaration || scope.isAmbient { symbol.flags.insert(.declarationOnly) }
    let index = add(symbol)
    let outer = scope
    scope = Scope(.block, in: scope, owner: id)
    defer { scope = outer }
    let start = output.symbols.count
    let declared =
      annotation.map { type($0, under: id, symbol.qualifiedName) } ?? documentedType(of: whole)
    let count = output.symbols.count
    let isWritten = declared.isKnown || (start..<count).contains { output.symbols[$0].parent == id }
    let known =
      value.map {
        visit(
          $0, isStored: true, under: (id, symbol.qualifiedName),
          expected: annotation == nil ? expected : declared)
      } ?? .unknown
    if isWritten {
      hide((count..<output.symbols.count).filter { output.symbols[$0].parent == id })
    }
    let result = declared.isKnown ? declared : known
    output.symbols[index].valueTypes = valueTypes(result)
    var bound = Value(nature: .object, chains: arena.chains(Chain(id)), parts: result.parts)
    if result.nature == .external, !result.parts.isEmpty || result.shape == nil,
      declared.nature == .external || annotation == nil
    {
      bound.nature = .object
    }
    if outer.kind != .type { outer.bindings[name] = Binding(kind: .variable, value: bound) }
    return id
  }
}
