import CodiraAnalyzerKit

extension FileReader {
  func readStatement(_ node: Node) {
    switch node.kind {
    case .expressionStatement:
      for child in node.children { readExpressionStatement(child) }
    case .functionDeclaration, .generatorFunctionDeclaration, .functionSignature:
      readFunctionDeclaration(node)
    case .classDeclaration, .abstractClassDeclaration: readClassDeclaration(node)
    case .interfaceDeclaration: readInterface(node)
    case .typeAliasDeclaration: readTypeAlias(node)
    case .enumDeclaration: readEnum(node)
    case .lexicalDeclaration, .variableDeclaration: readVariables(node)
    case .internalModule, .module: readNamespace(node)
    case .ambientDeclaration: readAmbient(node)
    case .exportStatement: readExport(node)
    case .importStatement, .importAlias: break
    case .returnStatement: readReturn(node)
    case .ifStatement: readIf(node)
    case .forInStatement: readForIn(node)
    case .forStatement, .switchStatement:
      nested { for child in node.children { self.readStatement(child) } }
    case .switchBody:
      readSwitch(node)
    case .statementBlock: nested { self.readBlock(node) }
    case .catchClause:
      nested {
        if let parameter = node.child(.parameter) { self.bind(parameter, .local) }
        if let annotation = node.child(.type) { _ = self.type(annotation) }
        if let body = node.child(.body) { self.readStatement(body) }
      }
    case .tryStatement, .whileStatement, .doStatement, .labeledStatement, .elseClause, .error,
      .program:
      for child in node.children { readStatement(child) }
    case .decorator: readDecorator(node)
    case .other: for child in node.children { readStatement(child) }
    default: visit(node)
    }
  }

  private func readExpressionStatement(_ node: Node) {
    if node.kind == .internalModule || node.kind == .module {
      readNamespace(node)
    } else {
      visit(node)
    }
  }

  /// Reads in a scope of its own.
  func nested(_ read: () -> Void) {
    let outer = scope
    // A block at the top of a module still declares the module's own functions.
    scope = Scope(.block, in: outer)
    read()
    scope = outer
  }

  private func readSwitch(_ body: Node) {
    for child in body.children {
      if let value = child.child(.value) { visit(value) }
      for statement in child.children where statement.field == .body { readStatement(statement) }
    }
  }

  private func readReturn(_ node: Node) {
    guard let inner = node.firstChild else { return }
    let value = visit(
      inner, isStored: true, returnedBy: scope.results,
      expected: scope.results?.expected ?? .unknown)
    if let results = scope.results { results.returned = either(results.returned, value) }
  }

  private func readForIn(_ node: Node) {
    nested {
      if let right = node.child(.right) {
        let value = self.visit(right)
        let isOf =
          node.child(.operation).map { self.source.text($0) == "of" }
          ?? self.text(between: node, "of")
        if let left = node.child(.left) {
          if node.child(.kind) != nil || left.kind != .memberExpression {
            self.bind(left, isOf ? self.element(of: value) : .local)
          } else {
            self.visit(left)
          }
        }
      }
      if let body = node.child(.body) { self.readStatement(body) }
    }
  }

  /// Whether `word` stands between the left and the right of a loop's head.
  private func text(between node: Node, _ word: Text) -> Bool {
    guard let left = node.child(.left), let right = node.child(.right), left.end <= right.start
    else {
      return false
    }
    return source.text(left.end, right.start).trimmed == word
  }

  /// What a loop over `value` gives: of a map pairs, else its elements.
  func element(of value: Value) -> Value {
    guard let key = part(value, "[k]") else { return step(value, "[]") }
    return tuple([key, step(value, "[]")])
  }

  private func readIf(_ node: Node) {
    let condition = node.child(.condition)
    if let condition { visit(condition) }
    let narrowed = condition.map { narrow($0) } ?? []
    if let body = node.child(.consequence) { readStatement(body) }
    restore(narrowed)
    if let alternative = node.child(.alternative) { readStatement(alternative) }
  }

  // MARK: narrowing

  typealias Narrowed = [(scope: Scope, name: Text, binding: Binding)]

  /// Binds what `name instanceof Type` in a condition says; gives what was bound before.
  func narrow(_ condition: Node) -> Narrowed {
    switch condition.kind {
    case .parenthesizedExpression: return condition.firstChild.map { narrow($0) } ?? []
    case .binaryExpression:
      guard let left = condition.child(.left), let right = condition.child(.right) else {
        return []
      }
      if condition.child(of: .andWord) != nil { return narrow(left) + narrow(right) }
      guard condition.child(of: .instanceofWord) != nil, left.kind == .identifier,
        right.kind == .identifier || right.kind == .memberExpression
      else { return [] }
      let type = silently { self.visit(right) }
      guard !type.chains.isEmpty else { return [] }
      let name = source.text(left)
      var current: Scope? = scope
      while let scope = current {
        if let binding = scope.bindings[name] {
          scope.bindings[name] = Binding(
            kind: .local, value: Value(nature: .instance, chains: type.chains))
          return [(scope, name, binding)]
        }
        current = scope.parent
      }
      return []
    default: return []
    }
  }

  func restore(_ narrowed: Narrowed) {
    for item in narrowed.reversed() { item.scope.bindings[item.name] = item.binding }
  }

  // MARK: namespaces

  private func readAmbient(_ node: Node) {
    let outer = scope
    defer { scope = outer }
    if node.child(of: .globalWord) != nil {
      scope = Scope(
        .namespace, in: outer, owner: outer.owner, id: globalID, qualifiedName: "globalThis")
      scope.isGlobal = true
      scope.isAmbient = true
      if let block = node.child(of: .statementBlock) { readBlock(block) }
      return
    }
    let wasAmbient = outer.isAmbient
    outer.isAmbient = true
    for child in node.children { readStatement(child) }
    outer.isAmbient = wasAmbient
  }

  private func readNamespace(_ node: Node) {
    guard let place = node.child(.name) else { return }
    let outer = scope
    defer { scope = outer }
    if place.kind == .string {
      // `declare module 'x'` adds to that module.
      guard let specifier = stringText(place) else { return }
      let modules = project.modules(specifier, from: path.folder, arena: arena)
      let id = namespace(modules.first ?? specifier.split(at: "/"))
      scope = Scope(.namespace, in: outer, owner: outer.owner, id: id, qualifiedName: specifier)
      scope.isAmbient = true
    } else {
      enterNamespace(place, node)
    }
    if let body = node.child(.body) { readBlock(body) }
  }

  /// `namespace A.B` is B in A.
  private func enterNamespace(_ place: Node, _ whole: Node) {
    if let object = place.child(.object) {
      enterNamespace(object, whole)
      if let name = place.child(.property) { enterNamespace(name, whole) }
      return
    }
    let name = source.text(place)
    let id = output.ids.id(scope.id, .namespace, name)
    var symbol = draft(.namespace, id: id, name: name, place: place, whole: whole)
    symbol.signature = arena.join("namespace", " ", name)
    if emitted[id] == nil { add(symbol) }
    let earlier = namespaceScopes[id]
    scope = Scope(.namespace, in: scope, owner: id, id: id, qualifiedName: symbol.qualifiedName)
    if let earlier { (scope.bindings, scope.types) = (earlier.bindings, earlier.types) }
    namespaceScopes[id] = scope
  }

  // MARK: decorators

  func readDecorators(_ node: Node) {
    for child in node.children where child.kind == .decorator { readDecorator(child) }
  }

  func readDecorator(_ node: Node) {
    guard let expression = node.firstChild else { return }
    if expression.kind == .identifier || expression.kind == .memberExpression {
      let value = visit(expression)
      refer(.call, expression, value)
    } else {
      visit(expression)
    }
  }
}
