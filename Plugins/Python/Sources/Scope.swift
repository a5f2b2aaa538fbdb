import CodiraAnalyzerKit

/// What a name stands for in one scope.
struct Binding {
  enum Kind: UInt8 {
    case function, type, module, imported, variable, parameter, local, external
  }

  var kind: Kind
  var value: Value
  /// What an import leads to outside the repository, as people write it: `os.path`.
  var external = Text.empty
  var externalKind = ExternalKind.none
}

/// A place where names are bound: a module, a class, a function, a comprehension.
final class Scope {
  enum Kind { case module, type, function, comprehension }

  let kind: Kind
  private(set) var parent: Scope?
  /// The symbol that contains what stands here.
  let owner: Text
  /// The id that nested definitions hang under.
  let id: Text
  let qualifiedName: Text
  /// The class whose body or method this is, closures included.
  let type: ClassInfo?
  let isLocal: Bool
  var bindings: [Text: Binding] = [:]
  /// Names that `global` and `nonlocal` take away from this scope.
  var foreign: Set<Text> = []
  /// Those of them that are the module's.
  var globals: Set<Text> = []
  /// Overloads that still wait for their implementation.
  var overloads: [PendingOverload] = []
  /// Modules whose public names `from … import *` brings in.
  var wildcards: [Chain] = []
  /// Parameters of a test that a fixture of that name gives.
  var fixtures: [Text] = []
  /// Type parameters that a definition declares here.
  var typeParameters: [Text] = []
  /// What `return` and `yield` give, in a function without an annotation.
  var results: FunctionResults?

  init(
    _ kind: Kind, parent: Scope?, owner: Text, id: Text, qualifiedName: Text, type: ClassInfo? = nil,
    isLocal: Bool = false
  ) {
    self.kind = kind
    self.parent = parent
    self.owner = owner
    self.id = id
    self.qualifiedName = qualifiedName
    self.type = type
    self.isLocal = isLocal
  }
}

extension Scope {
  /// Names that stand between it and what is around it.
  func enclose(_ scope: Scope?) { if let scope { parent = scope } }
}

/// A class whose body is being read, or whose methods are.
final class ClassInfo {
  let id: Text
  let qualifiedName: Text
  /// Bases in order, for `super()`.
  var bases = Chains.none
  var fields: [Text: Field] = [:]
  /// Names in its body that are functions.
  var methods: Set<Text> = []
  var isEnumeration = false
  /// Its annotated names are fields: a data class, a named tuple, a typed dictionary.
  var isRecord = false

  /// It makes classes: it derives from `type`.
  var isMetaclass = false
  static let instanceLimit = 16
  /// The classes of this file that it makes, as many as people write.
  var instances: [ClassInfo] = []
  /// Its methods that set an attribute by a name they are given.
  var setters: Set<Text> = []
  /// Its type parameters in order.
  var typeParameters: [Text] = []

  /// A field or class attribute: its index among the output's symbols, and whether its type was written down.
  struct Field {
    var symbol: Int
    var isDeclared: Bool
  }

  init(id: Text, qualifiedName: Text) {
    self.id = id
    self.qualifiedName = qualifiedName
  }
}

/// Collects what a function gives back.
final class FunctionResults {
  let symbol: Int
  var returned = Value.unknown
  var yielded = Value.unknown

  /// What it yields is what it gives: a context manager, a fixture.
  let givesYielded: Bool

  init(symbol: Int, givesYielded: Bool) {
    self.symbol = symbol
    self.givesYielded = givesYielded
  }
}

/// An `@overload` and the id that its implementation would have.
struct PendingOverload {
  var name: Text
  var draft: SymbolDraft
}

/// A function's body, read when the scope around it is complete.
struct PendingBody {
  var node: Node
  var scope: Scope
}
