import CodiraAnalyzerKit

extension FileReader {
  /// Statements of a block: first their names, then they themselves.
  func readBlock(_ block: Node) {
    let isWhole = block.kind == .program
    for statement in block.children {
      if isWhole { hoistTypedefs(before: statement.start) }
      hoist(statement)
    }
    if isWhole {
      hoistTypedefs(before: .max)
      readTypedefs()
    }
    for statement in block.children { readStatement(statement) }
  }

  /// Gives ids to what a statement declares, so that what stands above it can mean it.
  private func hoist(_ node: Node) {
    switch node.kind {
    case .exportStatement:
      if let declaration = node.child(.declaration) { hoist(declaration) }
      if let clause = node.child(of: .exportClause) {
        hoistExports(clause, isReexport: node.child(.source) != nil)
      } else if let place = node.child(of: .namespaceExport)?.children.first(where: {
        $0.kind != .starWord
      }) {
        let name = propertyName(place) ?? source.text(place)
        hoisted[place.start] = output.ids.define(scope.id, .term, name)
      }
    case .expressionStatement where node.firstChild?.kind == .assignmentExpression:
      if let assignment = node.firstChild { hoistExport(assignment) }
    case .ambientDeclaration, .expressionStatement:
      for child in node.children
      where child.kind != .callExpression && child.kind != .assignmentExpression {
        hoist(child)
      }
    case .functionDeclaration, .generatorFunctionDeclaration, .functionSignature:
      hoistFunction(node)
    case .classDeclaration, .abstractClassDeclaration: hoistType(node, isValue: true)
    case .enumDeclaration: hoistType(node, isValue: true)
    case .interfaceDeclaration, .typeAliasDeclaration: hoistType(node, isValue: false)
    case .lexicalDeclaration, .variableDeclaration:
      for declarator in node.children where declarator.kind == .variableDeclarator {
        hoistVariable(declarator)
      }
    case .internalModule, .module: hoistNamespace(node)
    case .importStatement: readImport(node)
    case .importAlias: readImportAlias(node)
    default: if scope.kind != .block { allocate(node) }
    }
  }

  /// Names that a clause gives to something, which stand among the module's own.
  private func hoistExports(_ clause: Node, isReexport: Bool) {
    for item in clause.children where item.kind == .exportSpecifier {
      guard let name = item.child(.name) else { continue }
      let place = item.child(.alias) ?? name
      guard let exported = propertyName(place), isReexport || exported != source.text(name) else {
        continue
      }
      hoisted[place.start] = output.ids.define(scope.id, .term, exported)
    }
  }

  /// `exports.name = …` and the pairs of `module.exports = { … }` stand among the module's own names.
  private func hoistExport(_ node: Node) {
    guard scope.kind == .module, let left = node.child(.left), let object = left.child(.object),
      let place = left.child(.property), let value = node.child(.right)
    else { return }
    let owner = source.text(object)
    if owner == "exports" || owner == "module.exports" {
      hoistExport(place, source.text(place), value)
    } else if owner == "module", source.text(place) == "exports" {
      for pair in unwrapped(value).children where pair.kind == .pair {
        guard let key = pair.child(.key), let inner = pair.child(.value) else { continue }
        if let name = propertyName(key) { hoistExport(key, name, inner) }
      }
    }
  }

  private func hoistExport(_ place: Node, _ name: Text, _ value: Node) {
    let value = unwrapped(value)
    switch value.kind {
    case .arrowFunction, .functionExpression, .generatorFunction:
      hoisted[place.start] = output.ids.define(moduleID, .callable, name)
    case .classExpression: break
    case .identifier where source.text(value) == name: break
    default: hoisted[place.start] = output.ids.define(moduleID, .term, name)
    }
  }

  /// Gives ids to what blocks inside a statement declare, so that ids go by the order of the file.
  private func allocate(_ node: Node) {
    switch node.kind {
    case .statementBlock, .ifStatement, .elseClause, .forStatement, .forInStatement,
      .whileStatement, .doStatement,
      .tryStatement, .catchClause, .labeledStatement, .switchStatement, .switchBody, .switchCase,
      .switchDefault,
      .other:
      for child in node.children { allocate(child) }
    case .functionDeclaration, .generatorFunctionDeclaration:
      guard let place = node.child(.name), hoisted[place.start] == nil else { return }
      hoisted[place.start] = output.ids.define(scope.id, .callable, source.text(place))
    case .classDeclaration, .abstractClassDeclaration:
      guard let place = node.child(.name), hoisted[place.start] == nil else { return }
      hoisted[place.start] = output.ids.define(scope.id, .type, source.text(place))
    default: break
    }
  }

  /// Signatures and the body behind them are one function.
  private func hoistFunction(_ node: Node) {
    guard let place = node.child(.name) else { return }
    let name = source.text(place)
    let id: Text
    if let known = hoisted[place.start] {
      id = known
    } else if let overloaded = overloads[scope.id]?[name] {
      id = overloaded
    } else {
      id = output.ids.define(scope.id, .callable, name)
    }
    overloads[scope.id, default: [:]][name] = node.kind == .functionSignature ? id : nil
    hoisted[place.start] = id
    // Of several the first is meant, so that appending one more changes nothing.
    if scope.bindings[name]?.kind == .function { return }
    bind(name, .function, Value(nature: .object, chains: arena.chains(Chain(id))))
  }

  private func hoistType(_ node: Node, isValue: Bool) {
    guard let place = node.child(.name) else { return }
    let name = source.text(place)
    let isClass = node.kind == .classDeclaration || node.kind == .abstractClassDeclaration
    let id: Text
    if let known = hoisted[place.start] {
      id = known
    } else if node.kind != .typeAliasDeclaration, let chain = scope.types[name]?.value.chains.first,
      scope.types[name]?.kind == .variable, !(isClass && classes.contains(chain.root))
    {
      id = chain.root
    } else {
      id = output.ids.define(scope.id, .type, name)
    }
    if isClass { classes.insert(id) }
    hoisted[place.start] = id
    let value = Value(nature: .object, chains: arena.chains(Chain(id)))
    if scope.types[name]?.kind != .variable {
      scope.types[name] = Binding(kind: .variable, value: value)
    }
    if isValue, scope.bindings[name]?.kind != .function { bind(name, .function, value) }
  }

  private func hoistVariable(_ node: Node) {
    guard let place = node.child(.name) else { return }
    guard place.kind == .identifier else {
      if !scope.isLocal { hoistPattern(place) }
      return
    }
    let name = source.text(place)
    let value = node.child(.value).map { unwrapped($0) }
    switch value?.kind {
    case .arrowFunction, .functionExpression, .generatorFunction:
      let id = output.ids.define(scope.id, .callable, name)
      hoisted[place.start] = id
      if scope.bindings[name]?.kind == .function { return }
      bind(name, .function, Value(nature: .object, chains: arena.chains(Chain(id))))
    case .classExpression:
      let id = output.ids.define(scope.id, .type, name)
      hoisted[place.start] = id
      let value = Value(nature: .object, chains: arena.chains(Chain(id)))
      bind(name, .function, value)
      scope.types[name] = Binding(kind: .variable, value: value)
    default:
      guard !scope.isLocal || value?.kind == .object else { return }
      let id = output.ids.define(scope.id, .term, name)
      hoisted[place.start] = id
      if isRequire(value) { return }
      bind(name, .variable, Value(nature: .object, chains: arena.chains(Chain(id))))
    }
  }

  private func hoistPattern(_ pattern: Node) {
    for place in names(of: pattern) {
      hoisted[place.start] = output.ids.define(scope.id, .term, source.text(place))
    }
  }

  /// The names that a pattern binds.
  func names(of pattern: Node) -> [Node] {
    switch pattern.kind {
    case .identifier, .shorthandPropertyPattern: [pattern]
    case .objectPattern, .arrayPattern, .restPattern: pattern.children.flatMap { names(of: $0) }
    case .pairPattern: pattern.child(.value).map { names(of: $0) } ?? []
    case .assignmentPattern, .objectAssignmentPattern:
      pattern.child(.left).map { names(of: $0) } ?? []
    default: []
    }
  }

  private func hoistNamespace(_ node: Node) {
    guard let place = node.child(.name) else { return }
    if place.kind == .string { return }
    var first = place
    while let object = first.child(.object) { first = object }
    let name = source.text(first)
    let id = output.ids.id(scope.id, .namespace, name)
    let value = Value(nature: .object, chains: arena.chains(Chain(id)))
    // A class or function that the namespace adds to stays what the name means first.
    if let known = scope.bindings[name] {
      scope.bindings[name]?.value.chains = join(known.value.chains, value.chains)
    } else {
      bind(name, .namespace, value)
    }
    if let known = scope.types[name] {
      scope.types[name]?.value.chains = join(known.value.chains, value.chains)
    } else {
      scope.types[name] = Binding(kind: .namespace, value: value)
    }
  }

  /// The expression inside parentheses, casts and marks.
  func unwrapped(_ node: Node) -> Node {
    var node = node
    while true {
      switch node.kind {
      case .parenthesizedExpression, .nonNullExpression, .asExpression, .satisfiesExpression,
        .instantiationExpression:
        guard let inner = node.firstChild else { return node }
        node = inner
      case .typeAssertion:
        guard let inner = node.children.first(where: { $0.kind != .typeArguments }) else {
          return node
        }
        node = inner
      default: return node
      }
    }
  }
}
