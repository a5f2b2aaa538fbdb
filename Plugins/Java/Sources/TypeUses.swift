import CodiraAnalyzerKit

extension FileReader {
  /// Refers to every type that a part of a declaration names.
  func visitTypes(_ node: Node) {
    switch node.kind {
    case .typeIdentifier:
      let name = source.text(node)
      guard name != "var", typeVariable(name, in: scope) == nil else { return }
      refer(.typeUse, node, namedType(name, in: scope).chains)
    case .scopedTypeIdentifier:
      let last = nameOfType(node)
      refer(.typeUse, last, typeValue(node, in: scope).chains, receiver: receiverText(node))
      if let first = node.firstChild, first != last, isTypePart(first) { visitTypes(first) }
    case .annotation, .markerAnnotation: visitAnnotation(node)
    default:
      for child in node.children { visitTypes(child) }
    }
  }

  /// `a.b.C` refers to C alone; `A.B` to both.
  private func isTypePart(_ node: Node) -> Bool {
    if node.kind == .genericType { return true }
    return FileReader.isTypeName(lastComponent(source.text(node)))
  }

  func visitVariables(_ list: Node?) {
    guard let list else { return }
    for parameter in list.children where parameter.kind == .typeParameter {
      for child in parameter.children where child.kind == .typeBound || child.isAnnotation {
        visitTypes(child)
      }
    }
  }

  func visitTypeArguments(_ node: Node) {
    for child in node.children {
      if child.kind == .typeArguments { visitTypes(child) } else if child.isType { visitTypeArguments(child) }
    }
  }

  func visitModifiers(_ node: Node) {
    for annotation in node.modifiers?.children ?? node.children where annotation.isAnnotation {
      visitAnnotation(annotation)
    }
  }

  /// `@Name(key = value)`: the annotation type, and what its values name.
  func visitAnnotation(_ node: Node) {
    guard let name = node.child(.name) else { return }
    let chains = typeValue(name, in: scope).chains
    let last = name.child(.name) ?? name
    refer(
      .typeUse, last, chains,
      receiver: last.start > name.start ? source.text(name.start, last.start).dropLast(1) : .empty)
    guard let arguments = node.child(.arguments) else { return }
    for argument in arguments.children {
      if argument.kind == .elementValuePair {
        if let value = argument.child(.value) { visit(value) }
      } else {
        visit(argument)
      }
    }
  }

  /// The type behind type arguments and annotations.
  func baseType(_ node: Node) -> Node {
    switch node.kind {
    case .genericType, .annotatedType: node.typeChild.map { baseType($0) } ?? node
    default: node
    }
  }

  /// The node of a type's last name.
  func nameOfType(_ node: Node) -> Node {
    guard node.kind == .scopedTypeIdentifier else { return node }
    var last = node
    for child in node.children where child.kind == .typeIdentifier || child.kind == .identifier {
      last = child
    }
    return last
  }

  func receiverText(_ node: Node) -> Text {
    let last = nameOfType(node)
    guard last.start > node.start else { return .empty }
    let text = source.text(node.start, last.start).dropLast(1)
    return text.count > 120 ? .empty : text
  }
}
