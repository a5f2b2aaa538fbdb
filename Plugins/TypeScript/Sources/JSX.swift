import CodiraAnalyzerKit

extension FileReader {
  /// Tags of components are calls; those of the page's own elements are not.
  func visitJSX(_ node: Node) -> Value {
    switch node.kind {
    case .jsxOpeningElement, .jsxSelfClosingElement: visitTag(node)
    case .jsxClosingElement: break
    case .jsxAttribute:
      for child in node.children where child.kind != .propertyIdentifier && child.kind != .string {
        visit(child, isStored: true)
      }
    case .jsxExpression:
      for child in node.children { visit(child, isStored: true) }
    default:
      for child in node.children { visit(child) }
    }
    return builtin("JSX.Element")
  }

  private func visitTag(_ node: Node) {
    if let list = node.child(of: .typeArguments) { _ = type(list) }
    if let name = node.child(.name), isComponent(name) {
      let value = silently { self.visit(name) }
      if let object = name.child(.object) { visit(object) }
      let isCallable =
        value.nature == .object || value.nature == .member || value.nature == .external
      refer(.call, name, value, candidates: isCallable ? value.chains : Chains.none)
    }
    for child in node.children where child.field == .attribute { visit(child) }
  }

  private func isComponent(_ name: Node) -> Bool {
    guard name.kind == .identifier else { return name.kind == .memberExpression }
    let first = source.text(name)[0]
    return !(first >= UInt8(ascii: "a") && first <= UInt8(ascii: "z"))
  }
}
