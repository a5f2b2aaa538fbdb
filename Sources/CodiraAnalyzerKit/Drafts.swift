import CodiraModel

/// A symbol on its way to the host; plain values that point into source and arena.
public struct SymbolDraft {
  public var kind: SymbolKind
  public var visibility = Visibility.unknown
  public var flags: SymbolFlags = []
  /// Fewest and most arguments of a call, the receiver not counted; -1: no limit, or unknown.
  public var parametersMin: Int32 = 0
  public var parametersMax: Int32 = -1
  public var id: Text
  public var parent = Text.empty
  public var name: Text
  public var qualifiedName: Text
  public var signature = Text.empty
  public var documentation = Text.empty
  /// The bytes of its documentation where they lie inside its range: they are left out of the payload.
  public var documentationSpan: ByteSpan?
  public var start: UInt32
  public var end: UInt32
  public var nameStart: UInt32
  public var nameEnd: UInt32
  public var aliases = Chains.none
  public var valueTypes = UnsafeBufferPointer<ValuePart>(start: nil, count: 0)
  /// Whether it is embedded; set from its kind, see `Output.hasPayload`.
  public var hasPayload: Bool

  /// The name stands at `name`, the whole at `start ..< end`.
  public init(
    _ kind: SymbolKind, id: Text, name: Text, qualifiedName: Text, start: UInt32, end: UInt32,
    nameStart: UInt32,
    nameEnd: UInt32, flags: SymbolFlags = []
  ) {
    self.kind = kind
    self.id = id
    self.name = name
    self.qualifiedName = qualifiedName
    self.start = start
    self.end = end
    self.nameStart = nameStart
    self.nameEnd = nameEnd
    self.flags = flags
    hasPayload = SymbolDraft.hasPayload(kind, flags)
  }

  /// Imports, fields, enumerators, keys and local variables say too little to be searched by meaning.
  static func hasPayload(_ kind: SymbolKind, _ flags: SymbolFlags) -> Bool {
    switch kind {
    case .import, .field, .enumerator, .key: false
    case .variable, .constant: !flags.contains(.local)
    default: true
    }
  }
}

/// A reference on its way to the host; plain values that point into source and arena.
public struct ReferenceDraft {
  public var role: ReferenceRole
  /// Its scope is fully known: never guess it by its name alone.
  public var noName = false
  /// -1: unknown, or no call.
  public var argumentCount: Int32 = -1
  public var externalKind = ExternalKind.none
  public var owner: Text
  public var name: Text
  public var receiver = Text.empty
  public var external = Text.empty
  public var start: UInt32
  public var end: UInt32
  public var candidates = Chains.none
  /// Keyword names of arguments, empty for a positional one; no entry at all where no argument has a name.
  public var labels = UnsafeBufferPointer<Text>(start: nil, count: 0)
  /// What is known of each argument, for a language that overloads; else empty.
  public var arguments = UnsafeBufferPointer<Argument>(start: nil, count: 0)

  public init(_ role: ReferenceRole, owner: Text, name: Text, start: UInt32, end: UInt32) {
    self.role = role
    self.owner = owner
    self.name = name
    self.start = start
    self.end = end
  }
}

/// A piece of documentation on its way to the host.
public struct DocumentationDraft {
  public var id: Text
  public var owner: Text
  /// `plain`, `markdown`, `restructuredtext`, `doxygen`.
  public var format: Text
  public var text: Text
  public var headings = UnsafeBufferPointer<Text>(start: nil, count: 0)
  public var start: UInt32
  public var end: UInt32

  public init(id: Text, owner: Text, format: Text, text: Text, start: UInt32, end: UInt32) {
    self.id = id
    self.owner = owner
    self.format = format
    self.text = text
    self.start = start
    self.end = end
  }
}
