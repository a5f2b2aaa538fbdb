import CodiraCFamily
import CodiraAnalyzerKit

enum TypeFacts {
  /// What a written type and the steps of a declarator say of a value.
  static func fact(_ type: Node?, _ path: [Text], _ file: FileContext) -> TypeFact? {
    guard let type else { return nil }
    switch type.kind {
    case .structSpecifier, .unionSpecifier, .enumSpecifier:
      guard let name = type.child(.name) else { return nil }
      return TypeFact(root: file.typeID(file.source.text(name)), isExternal: false, path: path)
    case .typeIdentifier:
      return TypeFact(root: file.typeID(file.source.text(type)), isExternal: false, path: path)
    case .primitiveType, .sizedTypeSpecifier:
      return TypeFact(root: file.oneLine(type.start, type.end, limit: 60), isExternal: true, path: path)
    default: return nil
    }
  }

  static func chains(_ fact: TypeFact, _ arena: Arena) -> Chains {
    arena.chains(Chain(fact.root, flags: fact.isExternal ? .external : []))
  }

  static func parts(_ fact: TypeFact, _ arena: Arena) -> UnsafeBufferPointer<ValuePart> {
    arena.copy([ValuePart(path: arena.copy(Array(fact.path.prefix(Chain.limit))), chains(fact, arena))])
  }
}
