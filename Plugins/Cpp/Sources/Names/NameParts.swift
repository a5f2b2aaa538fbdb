import CodiraAnalyzerKit

/// Names taken apart.
enum NameParts {
  /// `a::b` of `namespace a::b {`; none for one without a name.
  static func namespaces(_ node: Node, _ file: FileContext) -> [Text] {
    guard let name = node.child(.name) else { return [] }
    if name.kind != .nestedNamespace { return [file.text(name)] }
    return name.descendants.filter { $0.kind == .namespaceIdentifier }.map { file.text($0) }
  }

  /// The last name of `using a::b;`; nil for a directive.
  static func used(_ node: Node, _ file: FileContext) -> Text? {
    guard node.child(of: .namespaceWord) == nil, let name = node.child(of: .qualifiedIdentifier) else {
      return nil
    }
    return parts(name, file).last
  }

  /// A type's name as ids hold it: with the arguments of a specialization.
  static func typeName(_ node: Node, _ file: FileContext) -> Text {
    node.kind == .templateType ? TypeText.plain(node.start, node.end, file) : file.text(node)
  }

  /// Every name of a qualified one, without template arguments; an empty first one for `::a`.
  static func parts(_ node: Node, _ file: FileContext) -> [Text] {
    var parts: [Text] = []
    var next: Node? = node
    while let node = next, node.kind == .qualifiedIdentifier {
      if let scope = node.child(.scope) { parts.append(simple(scope, file)) } else { parts.append(.empty) }
      next = node.child(.name)
    }
    if let next { parts.append(simple(next, file)) }
    return parts
  }

  /// The node of the last name.
  static func last(_ node: Node) -> Node {
    var node = node
    while true {
      switch node.kind {
      case .qualifiedIdentifier, .templateType, .templateFunction, .templateMethod:
        guard let inner = node.child(.name) else { return node }
        node = inner
      case .dependentType, .dependentName:
        guard let inner = node.firstChild else { return node }
        node = inner
      default: return node
      }
    }
  }

  /// A name without its template arguments.
  static func simple(_ node: Node, _ file: FileContext) -> Text {
    switch node.kind {
    case .templateType, .templateFunction, .templateMethod:
      node.child(.name).map { simple($0, file) } ?? file.text(node)
    case .dependentType, .dependentName: node.firstChild.map { simple($0, file) } ?? file.text(node)
    case .qualifiedIdentifier: parts(node, file).last ?? file.text(node)
    default: file.text(node)
    }
  }
}
