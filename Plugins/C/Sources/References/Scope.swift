import CodiraAnalyzerKit

/// The parameters and local variables around a place, innermost last.
struct Scope {
  private struct Local {
    let name: Text
    let type: TypeFact?
  }

  private var locals: [Local] = []

  enum Meaning {
    case local(TypeFact?)
    case global
  }

  var mark: Int { locals.count }

  mutating func leave(_ mark: Int) { locals.removeSubrange(mark...) }

  mutating func declare(_ name: Text, _ type: TypeFact?) { locals.append(Local(name: name, type: type)) }

  func meaning(_ name: Text) -> Meaning {
    var index = locals.count
    while index > 0 {
      index -= 1
      if locals[index].name == name { return .local(locals[index].type) }
    }
    return .global
  }

  var isEmpty: Bool { locals.isEmpty }
}
