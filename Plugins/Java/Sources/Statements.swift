import CodiraAnalyzerKit

extension FileReader {
  /// Reads a block in a scope of its own.
  func readBlock(_ node: Node) {
    let outer = scope
    scope = Scope(in: outer)
    readStatements(node)
    scope = outer
  }

  /// Reads statements in the scope at hand; classes among them are known before.
  func readStatements(_ node: Node) {
    for child in node.children where child.isTypeDeclaration {
      guard let type = collect(child, in: scope, parentID: scope.owner, isLocal: true) else { continue }
      scope.types[type.name] = type
    }
    for child in node.children {
      if child.isTypeDeclaration {
        if let type = collected[child] { readType(type) }
      } else {
        visit(child)
      }
    }
  }

  /// Whatever is no expression with a value.
  func visitStatement(_ node: Node) -> Value {
    switch node.kind {
    case .block, .constructorBody:
      readBlock(node)
    case .localVariableDeclaration: readLocal(node)
    case .enhancedForStatement: readForEach(node)
    case .forStatement, .tryWithResourcesStatement, .catchClause:
      let outer = scope
      scope = Scope(in: outer)
      for child in node.children { visit(child) }
      scope = outer
    case .catchFormalParameter: readCatchParameter(node)
    case .resource: readResource(node)
    case .returnStatement:
      for child in node.children { visit(child, isStored: true) }
    case .expressionStatement:
      var value = Value.unknown
      for child in node.children { value = visit(child) }
      return value
    case .annotation, .markerAnnotation: visitAnnotation(node)
    case .methodDeclaration:
      // A method where none may stand: what is left of broken source.
      if let body = node.child(.body) { readBlock(body) }
    default:
      if node.isType {
        visitTypes(node)
      } else if node.isTypeDeclaration {
        readStray(node)
      } else {
        for child in node.children { visit(child) }
      }
    }
    return .unknown
  }

  /// A class where no list of statements knew it, as behind a label.
  private func readStray(_ node: Node) {
    let owner = scope.owner.isEmpty ? packageID : scope.owner
    if let type = collected[node] ?? collect(node, in: scope, parentID: owner, isLocal: true) {
      scope.types[type.name] = type
      readType(type)
    }
  }

  private func readLocal(_ node: Node) {
    visitModifiers(node)
    guard let type = node.child(.type) else { return }
    let isInferred = type.kind == .typeIdentifier && source.text(type) == "var"
    if !isInferred { visitTypes(type) }
    for declarator in node.children where declarator.kind == .variableDeclarator {
      guard let name = declarator.child(.name) else { continue }
      let declared =
        isInferred
        ? .unknown : plain(localized(typeValue(type, declarator.child(.dimensions), in: scope)))
      if !isInferred { scope.locals[source.text(name)] = declared }
      let value = declarator.child(.value).map { visit($0, isStored: true) } ?? .unknown
      if isInferred { scope.locals[source.text(name)] = plain(value) }
    }
  }

  private func readForEach(_ node: Node) {
    let outer = scope
    scope = Scope(in: outer)
    visitModifiers(node)
    let iterated = node.child(.value).map { visit($0) } ?? .unknown
    if let type = node.child(.type), let name = node.child(.name) {
      if type.kind == .typeIdentifier, source.text(type) == "var" {
        scope.locals[source.text(name)] = step(iterated, "[]")
      } else {
        visitTypes(type)
        scope.locals[source.text(name)] = plain(
          localized(typeValue(type, node.child(.dimensions), in: scope)))
      }
    }
    if let body = node.child(.body) { visit(body) }
    scope = outer
  }

  /// Of several types the first stands for all.
  private func readCatchParameter(_ node: Node) {
    visitModifiers(node)
    guard let type = node.child(of: .catchType), let name = node.child(.name) else { return }
    visitTypes(type)
    scope.locals[source.text(name)] = plain(localized(typeValue(type, in: scope)))
  }

  private func readResource(_ node: Node) {
    visitModifiers(node)
    guard let type = node.child(.type), let name = node.child(.name) else {
      for child in node.children { visit(child) }
      return
    }
    let isInferred = type.kind == .typeIdentifier && source.text(type) == "var"
    if !isInferred { visitTypes(type) }
    let value = node.child(.value).map { visit($0, isStored: true) } ?? .unknown
    scope.locals[source.text(name)] =
      isInferred ? plain(value) : plain(localized(typeValue(type, in: scope)))
  }
}
