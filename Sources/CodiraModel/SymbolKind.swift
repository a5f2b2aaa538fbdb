/// What a symbol is; the numbers are those of `codira_analyzer.h`.
public enum SymbolKind: UInt8, CaseIterable, Sendable {
  case module = 1
  case namespace
  case `class`
  case `struct`
  case interface
  case trait
  case `enum`
  case union
  case typeAlias
  case function
  case method
  case constructor
  case property
  case field
  case enumerator
  case constant
  case variable
  case macro
  case `import`
  case section
  case key
  case `extension`

  /// The word used on the command line and in JSON.
  public var name: String {
    switch self {
    case .typeAlias: "type_alias"
    default: "\(self)"
    }
  }

  public init?(name: String) {
    guard let kind = SymbolKind.allCases.first(where: { $0.name == name }) else { return nil }
    self = kind
  }

  public var isCallable: Bool {
    switch self {
    case .function, .method, .constructor, .macro: true
    default: false
    }
  }

  public var isType: Bool {
    switch self {
    case .class, .struct, .interface, .trait, .enum, .union, .typeAlias, .extension: true
    default: false
    }
  }

  public var isNamespace: Bool { self == .module || self == .namespace }

  public var ontology: OntologyKind {
    switch self {
    case .module: .module
    case .namespace: .namespace
    case .class, .struct, .interface, .trait, .enum, .union, .typeAlias, .extension: .type
    case .function, .method, .constructor, .macro: .callable
    case .property, .field, .variable, .key: .variable
    case .enumerator, .constant: .constant
    case .import: .import
    case .section: .documentation
    }
  }
}

/// The few kinds that every language shares, for filters and capability declarations.
public enum OntologyKind: String, CaseIterable, Sendable {
  case module, type, callable, `import`, constant, variable, namespace, documentation

  /// Its bit in a descriptor's `capabilities`.
  public var bit: UInt32 {
    switch self {
    case .module: 1
    case .type: 2
    case .callable: 4
    case .import: 8
    case .constant: 16
    case .variable: 32
    case .namespace: 64
    case .documentation: 128
    }
  }
}

/// Who may use a symbol, as far as its language says.
public enum Visibility: UInt8, CaseIterable, Sendable {
  case unknown, `public`, protected, `internal`, `private`

  public var name: String { "\(self)" }
}

/// Properties of a symbol that are either there or not.
public struct SymbolFlags: OptionSet, Hashable, Sendable {
  public let rawValue: UInt32

  public init(rawValue: UInt32) { self.rawValue = rawValue }

  public static let test = SymbolFlags(rawValue: 1)
  public static let deprecated = SymbolFlags(rawValue: 2)
  public static let generated = SymbolFlags(rawValue: 4)
  public static let declarationOnly = SymbolFlags(rawValue: 8)
  public static let local = SymbolFlags(rawValue: 16)
  public static let `static` = SymbolFlags(rawValue: 32)
  public static let abstract = SymbolFlags(rawValue: 64)
  public static let async = SymbolFlags(rawValue: 128)
  public static let wildcard = SymbolFlags(rawValue: 256)

  /// Every known flag with its word, in the order of the bits.
  public static let named: [(flag: SymbolFlags, name: String)] = [
    (.test, "test"), (.deprecated, "deprecated"), (.generated, "generated"),
    (.declarationOnly, "declaration_only"), (.local, "local"), (.static, "static"), (.abstract, "abstract"),
    (.async, "async"), (.wildcard, "wildcard"),
  ]

  public var names: [String] { Self.named.filter { contains($0.flag) }.map(\.name) }
}
