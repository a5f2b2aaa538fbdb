import CodiraAnalyzerKit

/// What a name stands for in one scope.
struct Binding {
  enum Kind: UInt8 { case item, imported, local, parameter }

  var kind: Kind
  var value: Value
  /// What it is outside the repository, as people write it: `std::fmt::Debug`.
  var external = Text.empty
  var externalKind = ExternalKind.none
}

/// A place where names are bound: a module, a type's block, a function, a block.
final class Scope {
  enum Kind { case module, type, function, block }

  let kind: Kind
  let parent: Scope?
  /// The symbol that contains what stands here.
  let owner: Text
  /// The id that nested definitions hang under.
  let id: Text
  /// The parent of nested definitions, where it is not `id`: methods of a type belong to the type.
  let container: Text
  let qualifiedName: Text
  let isLocal: Bool
  let isTest: Bool
  /// Names of types, traits and modules.
  var types: [Text: Binding] = [:]
  /// Names of functions, constants and variables.
  var values: [Text: Binding] = [:]
  var macros: [Text: Text] = [:]
  /// What globs bring in.
  var globs: [Chain] = []
  /// What `Self` means.
  var selfType: Value?
  /// What is public here although nothing says so: members of a trait or of its implementation.
  var isPublic = false
  /// A trait: `Self` in a result is whatever the method was asked of.
  var isTrait = false
  /// Names of inline modules from the file's own, for the places of their files.
  var path: [String] = []

  init(
    _ kind: Kind, parent: Scope?, owner: Text, id: Text, container: Text? = nil, qualifiedName: Text,
    isLocal: Bool = false, isTest: Bool = false
  ) {
    self.kind = kind
    self.parent = parent
    self.owner = owner
    self.id = id
    self.container = container ?? id
    self.qualifiedName = qualifiedName
    self.isLocal = isLocal || parent?.isLocal ?? false
    self.isTest = isTest || parent?.isTest ?? false
    selfType = parent?.selfType
    path = parent?.path ?? []
  }

  /// The module around it, itself included.
  var module: Scope {
    var scope = self
    while scope.kind != .module, let parent = scope.parent { scope = parent }
    return scope
  }
}
