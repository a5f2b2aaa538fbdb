/// A definition or declaration that an analyzer found in one file.
public struct Symbol: Hashable, Sendable {
  public var id: StableID
  /// Empty for a root; its row may be in another file.
  public var parent: StableID
  public var kind: SymbolKind
  public var visibility: Visibility
  public var flags: SymbolFlags
  public var name: String
  public var qualifiedName: String
  public var signature: String
  public var documentation: String
  public var range: SourceRange
  public var nameRange: SourceRange
  public var parametersMin: Int32
  /// -1: no limit, or unknown.
  public var parametersMax: Int32
  /// What it stands for, in order of preference: imports, re-exports, typedefs.
  public var aliases: [Candidate]
  public var valueTypes: [ValueTypeEntry]
  /// The bytes that say what it means; empty for a symbol that is not embedded.
  public var payload: [ByteSpan]

  public init(
    id: StableID, parent: StableID = StableID(""), kind: SymbolKind, visibility: Visibility = .unknown,
    flags: SymbolFlags = [], name: String, qualifiedName: String, signature: String = "",
    documentation: String = "", range: SourceRange, nameRange: SourceRange, parametersMin: Int32 = 0,
    parametersMax: Int32 = -1, aliases: [Candidate] = [], valueTypes: [ValueTypeEntry] = [],
    payload: [ByteSpan] = []
  ) {
    self.id = id
    self.parent = parent
    self.kind = kind
    self.visibility = visibility
    self.flags = flags
    self.name = name
    self.qualifiedName = qualifiedName
    self.signature = signature
    self.documentation = documentation
    self.range = range
    self.nameRange = nameRange
    self.parametersMin = parametersMin
    self.parametersMax = parametersMax
    self.aliases = aliases
    self.valueTypes = valueTypes
    self.payload = payload
  }
}
