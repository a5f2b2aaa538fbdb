import CodiraAnalyzerKit

extension FileReader {
  /// Tags of components are calls; those of the page's own elements are not.
  func visitJSX(_ node: Node) -> Value {
    switch node.kind {
    case .jsxOpeningElement, .jsxSelfClosingElement: visitTag(node)
    case .jsxClosingElement: break
    case .jsxAttribute: visitAttribute(node, .unknown)
    case .jsxExpression:
      for child in node.children { visit(child, isStored: true) }
    default:
      for child in node.children { visit(child) }
    }
    return builtin("JSX.Element")
  }

  private func visitTag(_ node: Node) {
    if let list = node.child(of: .typeArguments) { _ = type(list) }
    var properties = Value.unknown
    if let name = node.child(.name), isComponent(name) {
      let value = silently { self.visit(name) }
      properties = parameter(value, 0)
      if let object = name.child(.object) { visit(object) }
      let isCallable =
        value.nature == .object || value.nature == .member || value.nature == .external
      refer(.call, name, value, candidates: isCallable ? value.chains : Chains.none)
    }
    for child in node.children where child.field == .attribute {
      if child.kind == .jsxAttribute {
        visitAttribute(child, properties)
      } else {
        visit(child)
      }
    }
  }

  /// `properties`: what the component is declared to take.
  private func visitAttribute(_ node: Node, _ properties: Value) {
    var expectation = Value.unknown
    for child in node.children where child.kind != .string {
      switch child.kind {
      case .propertyIdentifier: expectation = expected(source.text(child), of: properties)
      case .jsxExpression:
        for inner in child.children { visit(inner, isStored: true, expected: expectation) }
      default: visit(child, isStored: true)
      }
    }
  }

  private func isComponent(_ name: Node) -> Bool {
    guard name.kind == .identifier else { return name.kind == .memberExpression }
    let first = source.text(name)[0]
    return !(first >= UInt8(ascii: "a") && first <= UInt8(ascii: "z"))
  }
}
