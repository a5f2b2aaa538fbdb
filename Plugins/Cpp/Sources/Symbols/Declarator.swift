import CodiraAnalyzerKit

/// A declarator taken apart: the name and what stands around it.
struct Declarator {
  /// Qualified, a template's, an operator's or a destructor's as it may be.
  var name: Node?
  /// From the name outwards: `[]` for pointers and arrays, `()` for functions.
  var path: [Text] = []
  /// The function declarator right around the name.
  var function: Node?
  /// `operator T`, whose type stands in its name.
  var cast: Node?
  /// `T x(a)`: arguments of a constructor.
  var arguments: Node?
  var isReference = false
  var isFunction: Bool { function != nil || cast != nil }
  /// No `*` at all, and so on.
  var isPointer: Bool { path.first == Step.element }

  init(_ outer: Node?) {
    var node = outer
    var steps: [Text] = []
    while let current = node {
      switch current.kind {
      case .pointerDeclarator, .abstractPointerDeclarator, .arrayDeclarator, .abstractArrayDeclarator:
        steps.append(Step.element)
        function = nil
      case .referenceDeclarator, .abstractReferenceDeclarator:
        isReference = true
        function = nil
      case .functionDeclarator, .abstractFunctionDeclarator:
        steps.append(Step.call)
        function = current
      case .initDeclarator:
        if let value = current.child(.value), value.kind == .argumentList || value.kind == .initializerList {
          arguments = value
        }
      case .operatorCast:
        cast = current
        name = current
        node = nil
        continue
      case .qualifiedIdentifier:
        name = current
        var last = current
        while last.kind == .qualifiedIdentifier, let inner = last.child(.name) { last = inner }
        if last.kind == .operatorCast { cast = last }
        node = nil
        continue
      case .identifier, .fieldIdentifier, .typeIdentifier, .destructorName, .operatorName, .templateFunction,
        .templateMethod, .structuredBinding, .primitiveType:
        name = current
        node = nil
        continue
      default: break
      }
      node = Declarator.inner(current)
    }
    if cast != nil { function = cast?.child(.declarator) }
    path = Declarator.normalized(steps.reversed())
  }

  private static func inner(_ node: Node) -> Node? {
    if let inner = node.child(.declarator) { return inner }
    return node.children.first { child in
      switch child.kind {
      case .identifier, .fieldIdentifier, .typeIdentifier, .functionDeclarator, .pointerDeclarator,
        .arrayDeclarator, .parenthesizedDeclarator, .referenceDeclarator, .abstractPointerDeclarator,
        .abstractFunctionDeclarator, .abstractArrayDeclarator, .abstractReferenceDeclarator,
        .qualifiedIdentifier, .structuredBinding, .variadicDeclarator, .attributedDeclarator,
        .destructorName, .operatorName, .operatorCast, .templateFunction:
        node.kind != .functionDeclarator && node.kind != .initDeclarator
      default: false
      }
    }
  }

  /// A pointer to a function is called like one.
  private static func normalized(_ path: [Text]) -> [Text] {
    var result: [Text] = []
    for step in path {
      if step == Step.call, result.last == Step.element { result.removeLast() }
      result.append(step)
    }
    return result
  }

  var parameters: Node? { function?.child(.parameters) }

  /// Fewest and most arguments.
  func parameterCount(_ file: FileContext) -> (min: Int32, max: Int32) {
    guard let parameters else { return (0, 0) }
    var least: Int32 = 0
    var most: Int32 = 0
    for parameter in parameters.children {
      switch parameter.kind {
      case .parameterDeclaration:
        if parameter.child(.declarator) == nil, file.text(parameter) == "void" { continue }
        least += 1
        most += 1
      case .optionalParameter: most += 1
      case .variadicParameter: return (least, -1)
      default: break
      }
    }
    return hasEllipsis(parameters, file) ? (least, -1) : (least, most)
  }

  func hasEllipsis(_ parameters: Node, _ file: FileContext) -> Bool {
    parameters.child(of: .ellipsis) != nil
  }
}

/// The reserved steps of a chain.
enum Step {
  static let element: Text = "[]"
  static let key: Text = "[k]"
  static let call: Text = "()"
  static let dereference: Text = "*"
  static let constructor: Text = "new"
  static let parameters: [Text] = ["#p0", "#p1", "#p2", "#p3", "#p4", "#p5", "#p6", "#p7", "#p8", "#p9"]
}
