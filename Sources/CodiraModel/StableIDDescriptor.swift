/// One step of a stable id, from its language inwards: a module, a class, a method.
public struct StableIDDescriptor: Hashable, Sendable {
  public enum Kind: UInt8, CaseIterable, Sendable {
    /// `name/`: module, package, C++ namespace.
    case namespace
    /// `name#`: class, struct, interface, enum, alias.
    case type
    /// `name.`: variable, constant, field, property, enumerator.
    case term
    /// `name(…).`: function, method, constructor.
    case callable
    /// `name!`
    case macro
    /// `(name)`
    case parameter
    /// `[name]`
    case typeParameter
  }

  /// What keeps apart two symbols that the language calls by one name.
  public enum Mark: Hashable, Sendable {
    /// A redefinition: 1 for the second in the file, 2 for the third.
    case ordinal(Int)
    /// A part that a symbol plays beside another of its name: `setter`, `static`.
    case role(String)
  }

  public var kind: Kind
  public var name: String
  /// What the language overloads by; of callables alone.
  public var overload: String
  public var mark: Mark?

  public init(_ kind: Kind, _ name: String, overload: String = "", mark: Mark? = nil) {
    self.kind = kind
    self.name = name
    self.overload = overload
    self.mark = mark
  }
}

extension StableID {
  /// The id that these descriptors spell.
  public init(language: String, _ descriptors: [StableIDDescriptor]) {
    var writer = StableIDWriter()
    writer.start(language: language)
    for descriptor in descriptors { writer.append(descriptor) }
    self.init(writer.text)
  }

  /// The text before the first space, or all of it where there is none.
  public var language: Substring { text.prefix { $0 != " " } }
}
