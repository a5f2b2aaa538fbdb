import CodiraAnalyzerKit

/// A declarator taken apart: the name and what stands around it.
struct Declarator {
  var name: Node?
  /// From the name outwards: `[]` for pointers and arrays, `()` for functions.
  var path: [Text] = []
  /// The parentheses right behind the name, where it declares a function.
  var parameters: Node?
  var isFunction = false
  /// `const` behind the last `*`, or no `*` at all.
  var constPlace = ConstPlace.none

  enum ConstPlace { case none, pointer, constPointer }

  init(_ node: Node?) {
    var next = node
    var outer: [Text] = []
    var innermost: Node?
    while let node = next {
      switch node.kind {
      case .pointerDeclarator, .abstractPointerDeclarator:
        outer.append(TypeFact.element)
        innermost = nil
        if constPlace == .none {
          constPlace = node.child(of: .typeQualifier) != nil ? .constPointer : .pointer
        }
      case .arrayDeclarator, .abstractArrayDeclarator:
        outer.append(TypeFact.element)
        innermost = nil
      case .functionDeclarator, .abstractFunctionDeclarator:
        outer.append(TypeFact.call)
        innermost = node.child(.parameters)
      case .identifier, .fieldIdentifier, .typeIdentifier, .primitiveType: name = node
      default: break
      }
      next = Declarator.inner(node)
    }
    parameters = innermost
    isFunction = outer.last == TypeFact.call
    path = Declarator.normalized(outer.reversed())
  }

  private static func inner(_ node: Node) -> Node? {
    if let inner = node.child(.declarator) { return inner }
    switch node.kind {
    case .parenthesizedDeclarator, .attributedDeclarator, .abstractParenthesizedDeclarator,
      .pointerDeclarator:
      return node.children.first { child in
        switch child.kind {
        case .identifier, .fieldIdentifier, .typeIdentifier, .functionDeclarator, .pointerDeclarator,
          .arrayDeclarator, .parenthesizedDeclarator, .attributedDeclarator, .abstractPointerDeclarator,
          .abstractFunctionDeclarator, .abstractArrayDeclarator, .primitiveType:
          true
        default: false
        }
      }
    default: return nil
    }
  }

  /// A pointer to a function is called like one.
  private static func normalized(_ path: [Text]) -> [Text] {
    var result: [Text] = []
    for step in path {
      if step == TypeFact.call, result.last == TypeFact.element { result.removeLast() }
      result.append(step)
    }
    return result
  }

  /// Fewest and most arguments; nil where the parentheses say nothing (`f()`).
  func parameterCount(_ source: Source) -> (min: Int32, max: Int32) {
    guard let parameters else { return (0, -1) }
    var count: Int32 = 0
    for parameter in parameters.children {
      switch parameter.kind {
      case .parameterDeclaration:
        let isVoid = source.text(parameter) == "void"
        count += isVoid ? 0 : 1
      case .identifier: count += 1
      case .variadicParameter: return (count, -1)
      default: break
      }
    }
    let saysNothing = count == 0 && parameters.firstChild == nil
    return (count, saysNothing ? -1 : count)
  }
}
