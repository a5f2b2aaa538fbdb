/// A use of something: a call, a type, a base class, an import.
public struct Reference: Hashable, Sendable {
  public enum Role: UInt8, CaseIterable, Sendable {
    case call = 1
    case typeUse
    case inherits
    case implements
    case callableValue
    case imports

    /// The word used on the command line and in JSON.
    public var name: String {
      switch self {
      case .typeUse: "type_use"
      case .callableValue: "callable_value"
      default: "\(self)"
      }
    }
  }

  /// What kind of thing outside the repository it names, where the analyzer knows.
  public enum External: UInt8, CaseIterable, Sendable {
    case none, builtin, standardLibrary, systemHeader, dependency

    public var name: String {
      switch self {
      case .standardLibrary: "standard_library"
      case .systemHeader: "system_header"
      default: "\(self)"
      }
    }
  }

  public var owner: StableID
  public var role: Role
  /// Its scope is fully known: it is never guessed by its name alone.
  public var noName: Bool
  public var name: String
  public var receiver: String
  public var externalKind: External
  public var external: String
  public var range: SourceRange
  public var candidates: [Candidate]
  /// -1: unknown, or no call.
  public var argumentCount: Int32
  /// Keyword names of arguments in order, empty for a positional one.
  public var labels: [String]
  /// For languages that overload: what is known of each argument's type.
  public var arguments: [[Candidate]]

  public init(
    owner: StableID, role: Role, noName: Bool = false, name: String, receiver: String = "",
    externalKind: External = .none, external: String = "", range: SourceRange, candidates: [Candidate] = [],
    argumentCount: Int32 = -1, labels: [String] = [], arguments: [[Candidate]] = []
  ) {
    self.owner = owner
    self.role = role
    self.noName = noName
    self.name = name
    self.receiver = receiver
    self.externalKind = externalKind
    self.external = external
    self.range = range
    self.candidates = candidates
    self.argumentCount = argumentCount
    self.labels = labels
    self.arguments = arguments
  }
}
