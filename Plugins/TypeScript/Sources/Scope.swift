import CodiraAnalyzerKit

/// What a name stands for in one scope.
struct Binding {
  enum Kind: UInt8 {
    case function, type, namespace, imported, required, variable, parameter, local, typeParameter,
      external
  }

  var kind: Kind
  var value: Value
  /// What an import leads to outside the repository, as people write it: `react.useState`.
  var external = Text.empty
  var externalKind = ExternalKind.none
}

/// A place where names are bound: a module, a namespace, a class, a function, a block.
final class Scope {
  enum Kind { case module, namespace, type, function, block }

  let kind: Kind
  let parent: Scope?
  /// The symbol that contains what stands here.
  var owner: Text
  /// The id that nested definitions hang under.
  let id: Text
  let qualifiedName: Text
  let isLocal: Bool
  var bindings: [Text: Binding] = [:]
  /// Types, which have names of their own.
  var types: [Text: Binding] = [:]
  /// The class whose body or method this is, closures included.
  var type: ClassInfo?
  /// `this`; a closure has that of what surrounds it.
  var receiver = Value.unknown
  /// What `return` and `yield` give.
  var results: FunctionResults?
  /// The definitions here are those of every script, as of `declare global`.
  var isGlobal = false
  var isAmbient = false

  init(
    _ kind: Kind, in parent: Scope?, owner: Text? = nil, id: Text? = nil,
    qualifiedName: Text? = nil,
    isLocal: Bool? = nil
  ) {
    self.kind = kind
    self.parent = parent
    self.owner = owner ?? parent?.owner ?? .empty
    self.id = id ?? parent?.id ?? .empty
    self.qualifiedName = qualifiedName ?? parent?.qualifiedName ?? .empty
    self.isLocal = isLocal ?? parent?.isLocal ?? false
    type = parent?.type
    receiver = parent?.receiver ?? .unknown
    results = parent?.results
    isGlobal = parent?.isGlobal ?? false
    isAmbient = parent?.isAmbient ?? false
  }
}

/// A class whose body is being read, or whose methods are.
final class ClassInfo {
  let id: Text
  let qualifiedName: Text
  /// What it extends, for `super`.
  var base = Value.unknown
  /// Names that its body declares, and that `this.x = …` declared.
  var members: Set<Text> = []
  /// Where the symbol of a field without a written type stands in the output.
  var fields: [Text: Int] = [:]

  init(id: Text, qualifiedName: Text) {
    self.id = id
    self.qualifiedName = qualifiedName
  }
}

/// Collects what a function gives back.
final class FunctionResults {
  /// Its place among the output's symbols; nil for one without a name.
  let symbol: Int?
  var returned = Value.unknown
  var yielded = Value.unknown
  /// Its own id, where what it returns may be written down as its members.
  var id = Text.empty
  /// Places of the symbols that are members of a literal it returns.
  var members: [Int] = []
  /// Its result was written down.
  var isDeclared = false
  /// What it was written down as.
  var expected = Value.unknown
  /// What its parameters add to its value.
  var parameters: [ValuePart] = []

  init(symbol: Int?) { self.symbol = symbol }
}

/// A function's body, read when everything around it is known.
struct PendingBody {
  var node: Node
  var scope: Scope
}
