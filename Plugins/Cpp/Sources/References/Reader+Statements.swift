import CodiraAnalyzerKit
import CodiraCFamily

/// Statements, and expressions as far as they hold uses.
extension Reader {
  mutating func children(_ node: Node, isValue: Bool = false) {
    for child in node.children { visit(child, isValue: isValue) }
  }

  mutating func statement(_ node: Node) {
    let mark = scope.mark
    children(node)
    scope.leave(mark)
  }

  /// `isValue`: the value of the expression goes somewhere: an argument, an initializer, a result.
  mutating func visit(_ node: Node, isValue: Bool = false) {
    switch node.kind {
    case .compoundStatement, .forStatement, .ifStatement, .whileStatement, .switchStatement, .catchClause:
      statement(node)
    case .forRangeLoop: rangeLoop(node)
    case .declaration, .fieldDeclaration: variables(node)
    case .conditionClause: condition(node)
    case .parameterList: for child in node.children where child.isParameter { parameter(child) }
    case .functionDefinition, .typeDefinition, .aliasDeclaration, .usingDeclaration, .namespaceAlias,
      .templateDeclaration:
      declaration(node)
    case .classSpecifier, .structSpecifier, .unionSpecifier, .enumSpecifier:
      if node.child(.body) != nil {
        tag(node, whole: node)
      } else if let name = node.child(.name) {
        visit(name)
      }
    case .lambda: lambda(node)
    case .typeIdentifier, .templateType: typeUse(node, role: .typeUse)
    case .qualifiedIdentifier: qualified(node, isValue: isValue)
    case .identifier: if isValue { callableValue(node, [file.text(node)]) }
    case .templateFunction: arguments(of: node)
    case .call: call(node)
    case .newExpression: new(node)
    case .compoundLiteral: literal(node)
    case .argumentList, .initializerList, .returnStatement, .comma: children(node, isValue: true)
    case .parenthesized: children(node, isValue: isValue)
    case .initializerPair:
      for child in node.children { visit(child, isValue: child.field == .value) }
    case .assignment: for child in node.children { visit(child, isValue: child.field == .right) }
    case .conditional:
      for child in node.children { visit(child, isValue: isValue && child.field != .condition) }
    case .pointerExpression: children(node, isValue: node.child(of: .address) != nil)
    case .fieldExpression:
      if let argument = node.child(.argument) { visit(argument) }
    default: if node.firstChild != nil { children(node) }
    }
  }

  private mutating func condition(_ node: Node) {
    for child in node.children {
      if child.kind == .declaration { variables(child) } else { visit(child) }
    }
  }

  private mutating func rangeLoop(_ node: Node) {
    let mark = scope.mark
    if let initializer = node.child(.initializer) { visit(initializer) }
    if let right = node.child(.right) { visit(right) }
    let type = node.child(.type)
    if let type { visit(type) }
    let declarator = Declarator(node.child(.declarator))
    if let name = declarator.name {
      if name.kind == .structuredBinding {
        for child in name.children where child.kind == .identifier { scope.declare(file.text(child), nil) }
      } else if type?.kind == .placeholder {
        var element = node.child(.right).flatMap { value($0) }?.element(arena)
        if node.isConst(file) || !declarator.isReference { element?.isConst = node.isConst(file) }
        scope.declare(file.text(name), element)
      } else {
        let reader = TypeReader(file: file, scope: scope)
        scope.declare(file.text(name), reader.declared(node, type, declarator.path))
      }
    }
    if let body = node.child(.body) { visit(body) }
    scope.leave(mark)
  }

  private mutating func lambda(_ node: Node) {
    let mark = scope.mark
    if let captures = node.child(.captures) {
      for capture in captures.children {
        if capture.kind == .lambdaCaptureInitializer, let right = capture.child(.right) {
          visit(right, isValue: true)
          if let left = capture.child(.left) { scope.declare(file.text(left), value(right)) }
        }
      }
    }
    if let parameters = node.child(of: .templateParameters) { templateParameters(parameters) }
    if let declarator = node.child(.declarator) { parameters(Declarator(declarator)) }
    if let body = node.child(.body) { visit(body) }
    scope.leave(mark)
  }

  private mutating func qualified(_ node: Node, isValue: Bool) {
    let last = NameParts.last(node)
    scopeArguments(node)
    switch last.kind {
    case .typeIdentifier: typeUse(node, role: .typeUse)
    case .identifier: if isValue { callableValue(node, NameParts.parts(node, file)) }
    default: break
    }
  }

  /// Types in the arguments of every template that a qualified name goes through.
  mutating func scopeArguments(_ node: Node) {
    var next: Node? = node
    while let node = next {
      if node.kind == .qualifiedIdentifier {
        if let scope = node.child(.scope), scope.kind == .templateType { arguments(of: scope) }
        next = node.child(.name)
      } else {
        if node.kind == .templateType || node.kind == .templateFunction { arguments(of: node) }
        next = nil
      }
    }
  }

  mutating func arguments(of template: Node) {
    if let arguments = template.child(.arguments) { children(arguments) }
  }

  // Uses

  mutating func typeUse(_ node: Node, role: ReferenceRole) {
    let parts = NameParts.parts(node, file)
    let last = NameParts.last(node)
    if node.kind == .templateType || (node.kind == .qualifiedIdentifier && role == .inherits) {
      scopeArguments(node)
    }
    let name = parts.last ?? .empty
    if let first = parts.first, scope.isTemplateParameter(first) { return }
    var reference = ReferenceDraft(role, owner: .empty, name: name, start: last.start, end: last.end)
    reference.noName = true
    // Where a macro made the class, its body is around the name of the base too.
    if role == .inherits { reference.owner = scope.top.id }
    var chains = scope.chains(parts)
    if parts.count == 1, role == .typeUse, !chains.isEmpty, !chains.contains(where: { $0.members.isEmpty }) {
      chains.append(Chain(file.ids.id(file.shared.otherRoot, .type, name)))
    }
    if chains.isEmpty { return }
    if chains.contains(where: \.isExternal) {
      reference.externalKind = .standardLibrary
      reference.external = chains[0].root
    }
    reference.candidates = arena.copy(chains)
    file.output.references.append(reference)
  }

  /// A function's name where no call follows: only where the file knows it to be one.
  private mutating func callableValue(_ node: Node, _ parts: [Text]) {
    guard let name = parts.last else { return }
    if parts.count == 1 {
      if scope.local(name) != nil { return }
      let isKnown = scope.chains(name).contains { chain in
        chain.members.count == 1 && names.scopes[chain.root]?.callables.contains(name) == true
      }
      guard isKnown else { return }
    }
    let last = NameParts.last(node)
    let chains = scope.chains(parts).filter { !$0.isExternal }
    if chains.isEmpty { return }
    if parts.count > 1, !(node.parent?.kind == .pointerExpression) { return }
    var reference = ReferenceDraft(
      .callableValue, owner: .empty, name: name, start: last.start, end: last.end)
    reference.noName = true
    reference.candidates = arena.copy(chains)
    file.output.references.append(reference)
  }
}
