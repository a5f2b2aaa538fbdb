import CodiraAnalyzerKit

extension FileReader {
  /// Binds the names of a pattern to what the value holds at their places.
  func bind(pattern node: Node, _ value: Value) {
    switch node.kind {
    case .identifier, .shorthandFieldIdentifier: bindName(node, value)
    case .tuplePattern:
      for (index, child) in node.children.enumerated() where child.kind != .remainingFieldPattern {
        bind(pattern: child, step(value, Text.place(index)))
      }
    case .tupleStructPattern: bindVariant(node, value)
    case .structPattern: bindFields(node, value)
    case .slicePattern:
      for child in node.children { bind(pattern: child, step(value, "[]")) }
    case .mutPattern, .refPattern, .referencePattern, .orPattern, .matchPattern, .parameter:
      for child in node.children where child.kind != .mutableSpecifier { bind(pattern: child, value) }
    case .capturedPattern:
      var parts = node.children.makeIterator()
      if let name = parts.next() { bindName(name, value) }
      if let inner = parts.next() { bind(pattern: inner, value) }
    case .scopedIdentifier, .scopedTypeIdentifier: visit(node)
    case .macroInvocation: visit(node)
    default:
      for child in node.children where child.kind == .scopedIdentifier || child.kind == .constBlock {
        visit(child)
      }
    }
  }

  private func bindName(_ node: Node, _ value: Value) {
    let name = FileReader.plain(source.text(node))
    // A name with a capital is a variant or a constant.
    guard name != "_", !FileReader.isCapitalized(name) else { return }
    scope.values[name] = Binding(kind: .local, value: value)
  }

  private func bindVariant(_ node: Node, _ value: Value) {
    guard let type = node.type else { return }
    let (base, segments) = path(type)
    guard let last = segments.last else { return }
    let inner: Value?
    switch last.name {
    case "Some" where segments.count == 1, "Ok" where segments.count == 1, "Ready": inner = step(value, "[]")
    case "Err" where segments.count == 1: inner = step(value, "[k]")
    default: inner = nil
    }
    let variant = resolve(segments, base: base, asValue: true)
    referToPrefix(segments, base: base)
    refer(.typeUse, last, variant, receiver: receiver(segments))
    var index = 0
    for child in node.children where child.field != .type {
      bind(
        pattern: child,
        inner ?? known(field: Text.place(index), of: variant) ?? step(variant, Text.place(index)))
      index += 1
    }
  }

  private func bindFields(_ node: Node, _ value: Value) {
    guard let type = node.type else { return }
    let variant = typeOrVariant(type)
    for field in node.children where field.kind == .fieldPattern {
      guard let place = field.child(.name) else { continue }
      let name = FileReader.plain(source.text(place))
      let inner = known(field: name, of: variant) ?? member(variant, name)
      if let pattern = field.child(.pattern) { bind(pattern: pattern, inner) } else { bindName(place, inner) }
    }
  }
}
