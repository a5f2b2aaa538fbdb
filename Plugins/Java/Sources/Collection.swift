import CodiraAnalyzerKit

extension FileReader {
  /// Finds what a type declares, and the types in it; nil where it has no name.
  @discardableResult
  func collect(_ node: Node, in scope: Scope, parentID: Text, isLocal: Bool = false) -> TypeInfo? {
    guard let place = node.child(.name) else { return nil }
    let name = source.text(place)
    let form: TypeInfo.Form =
      switch node.kind {
      case .interfaceDeclaration: .interface
      case .annotationTypeDeclaration: .annotation
      case .enumDeclaration: .enumeration
      case .recordDeclaration: .record
      default: .class
      }
    let type = TypeInfo(
      form, id: output.ids.define(parentID, .type, name), name: name,
      qualifiedName: scope.qualifiedName.isEmpty ? name : arena.join(scope.qualifiedName, ".", name),
      node: node, in: scope, isLocal: isLocal)
    collected[node] = type
    made.append(type)
    type.hasSupertypes =
      node.child(.superclass) != nil || node.child(.interfaces) != nil
      || node.child(of: .extendsInterfaces) != nil
    declareVariables(node.child(.typeParameters), in: type.scope, of: type)
    if form == .record, let components = node.child(.parameters) { collectComponents(components, type) }
    if let body = node.child(.body) { collectMembers(body, type) }
    return type
  }

  private func collectComponents(_ list: Node, _ type: TypeInfo) {
    for component in list.children {
      guard let parameter = Parameter(component), let name = parameter.name else { continue }
      let text = source.text(name)
      type.fields[text] = FieldInfo(
        type: parameter.type, dimensions: parameter.dimensions, isVariadic: parameter.isVariadic)
      type.methods.insert(text)
    }
  }

  func collectMembers(_ body: Node, _ type: TypeInfo) {
    for member in body.children {
      switch member.kind {
      case .enumBodyDeclarations: collectMembers(member, type)
      case .enumConstant:
        if let name = member.child(.name) { type.fields[source.text(name)] = FieldInfo() }
      case .fieldDeclaration, .constantDeclaration:
        for declarator in member.children where declarator.kind == .variableDeclarator {
          guard let name = declarator.child(.name) else { continue }
          type.fields[source.text(name)] = FieldInfo(
            type: member.child(.type), dimensions: declarator.child(.dimensions))
        }
      case .methodDeclaration, .annotationTypeElementDeclaration:
        if let name = member.child(.name) { type.methods.insert(source.text(name)) }
      case .constructorDeclaration, .compactConstructorDeclaration: type.hasConstructor = true
      default:
        guard member.isTypeDeclaration,
          let inner = collect(member, in: type.scope, parentID: type.id, isLocal: type.scope.isLocal)
        else { continue }
        if type.nested[inner.name] == nil { type.nested[inner.name] = inner }
      }
    }
  }
}

/// One formal parameter, a record's component or a lambda's.
struct Parameter {
  var type: Node?
  var name: Node?
  var dimensions: Node?
  var isVariadic = false
  var node: Node

  init?(_ node: Node) {
    self.node = node
    switch node.kind {
    case .formalParameter:
      type = node.child(.type)
      name = node.child(.name)
      dimensions = node.child(.dimensions)
    case .spreadParameter:
      type = node.typeChild
      let declarator = node.child(of: .variableDeclarator)
      name = declarator?.child(.name)
      dimensions = declarator?.child(.dimensions)
      isVariadic = true
    default: return nil
    }
  }
}
