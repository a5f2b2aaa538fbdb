import CodiraAnalyzerKit

/// A place where names are bound: a type, a callable, a block.
final class Scope {
  let parent: Scope?
  /// The symbol that contains what stands here.
  let owner: Text
  let qualifiedName: Text
  /// The type whose body this is.
  let type: TypeInfo?
  let isLocal: Bool
  var locals: [Text: Value] = [:]
  /// Type variables, with the type that bounds them first.
  var variables: [Text: TypeVariable] = [:]
  /// Classes that a block declares.
  var types: [Text: TypeInfo] = [:]

  init(_ parent: Scope?, owner: Text, qualifiedName: Text, type: TypeInfo? = nil, isLocal: Bool) {
    self.parent = parent
    self.owner = owner
    self.qualifiedName = qualifiedName
    self.type = type
    self.isLocal = isLocal
  }

  /// A block in the same symbol.
  convenience init(in parent: Scope) {
    self.init(
      parent, owner: parent.owner, qualifiedName: parent.qualifiedName, isLocal: parent.isLocal)
  }

  /// The innermost type around.
  var enclosingType: TypeInfo? {
    var scope: Scope? = self
    while let current = scope {
      if let type = current.type { return type }
      scope = current.parent
    }
    return nil
  }
}

/// A type variable of a class or method.
struct TypeVariable {
  var bound: Node?
  /// The step that leads to its argument from a value of the class; empty for a method's own.
  var step: Text
  /// Its bound names the class that declares it with the variable itself: `B extends Builder<B>`.
  var isSelf: Bool
}

/// A type that this file declares: what its body names, known before any body is read.
final class TypeInfo {
  enum Form { case `class`, interface, annotation, enumeration, record, anonymous, constantBody }

  let form: Form
  let id: Text
  let name: Text
  let qualifiedName: Text
  let node: Node
  unowned let declaredIn: Scope
  /// The scope of its members; holds its type variables.
  private(set) var scope: Scope! = nil
  var fields: [Text: FieldInfo] = [:]
  var methods: Set<Text> = []
  var nested: [Text: TypeInfo] = [:]
  var hasConstructor = false
  /// It names a superclass or interfaces, so that members may come from elsewhere.
  var hasSupertypes = false
  /// What `super` stands for.
  var superclass = Chains.none
  var interfaces: [Chain] = []
  var isTest = false

  init(
    _ form: Form, id: Text, name: Text, qualifiedName: Text, node: Node, in scope: Scope, isLocal: Bool
  ) {
    self.form = form
    self.id = id
    self.name = name
    self.qualifiedName = qualifiedName
    self.node = node
    declaredIn = scope
    self.scope = Scope(scope, owner: id, qualifiedName: qualifiedName, type: self, isLocal: isLocal)
  }

  /// Lets go of the scope, which holds the type: neither would ever be freed.
  func close() { scope = nil }

  var isInterface: Bool { form == .interface || form == .annotation }
}

/// A field, an enum constant or a record's component.
struct FieldInfo {
  /// Its declared type; nil for an enum constant.
  var type: Node?
  var dimensions: Node?
  var isVariadic = false
  var value: Value?
}
