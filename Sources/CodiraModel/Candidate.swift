/// What a name may stand for: a root and the members walked from it.
///
/// A member is a plain name or one of the reserved steps of `Candidate.Step`.
public struct Candidate: Hashable, Sendable {
  public struct Flags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The last name stands for any overload of that name.
    public static let openParameters = Flags(rawValue: 1)
    /// The chain leaves the repository here; the root is a text for people.
    public static let external = Flags(rawValue: 2)
    /// In a value type: whatever the member was asked of.
    public static let receiver = Flags(rawValue: 4)
  }

  /// The reserved members, spelled as they cross the analyzer interface.
  public enum Step {
    public static let element = "[]"
    public static let key = "[k]"
    public static let call = "()"
    public static let dereference = "*"
    public static let constructor = "new"
    /// `#p0`, `#p1`, …: what the parameters of a callable, or of a function's type, are declared as.
    public static func parameter(_ index: Int) -> String { "#p\(index)" }
    public static func isParameter(_ step: String) -> Bool { step.hasPrefix("#p") }
    /// Members a candidate may have at most.
    public static let limit = 16

    /// Whether a member is a step and not a name; `#0`, `#1`, … are the results of a call by their place, and
    /// everything else that begins with `#` is reserved.
    public static func isReserved(_ member: String) -> Bool { isReserved(member.utf8) }

    package static func isReserved(_ member: some Collection<UInt8>) -> Bool {
      switch member.first {
      case UInt8(ascii: "#"): member.count > 1
      default: member.count <= 3 && fixed.contains { member.elementsEqual($0.utf8) }
      }
    }

    private static let fixed = [element, key, call, dereference, constructor]
  }

  public var root: StableID
  public var members: [String]
  public var flags: Flags

  public init(root: StableID, members: [String] = [], flags: Flags = []) {
    self.root = root
    self.members = members
    self.flags = flags
  }
}

/// One part of a value's type: what stands at the end of a path of reserved steps.
public struct ValueTypeEntry: Hashable, Sendable {
  public var path: [String]
  public var candidates: [Candidate]

  public init(path: [String] = [], candidates: [Candidate]) {
    self.path = path
    self.candidates = candidates
  }
}
