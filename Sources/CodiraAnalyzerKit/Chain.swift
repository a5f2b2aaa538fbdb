import CCodiraAnalyzer
import CodiraModel

/// What a name may stand for: a root id and the members walked from it; a candidate, in arena memory.
@frozen
public struct Chain: @unchecked Sendable {
  public typealias Flags = CodiraModel.Candidate.Flags

  @usableFromInline let raw: codira_candidate

  public static let limit = Int(CODIRA_MAX_MEMBERS)

  @inlinable
  public init(_ root: Text, _ members: UnsafeBufferPointer<Text>, flags: Flags = []) {
    raw = codira_candidate(
      root: root.raw,
      members: UnsafeRawPointer(members.baseAddress)?.assumingMemoryBound(to: codira_string.self),
      member_count: UInt32(members.count), flags: flags.rawValue)
  }

  /// The root alone.
  @inlinable
  public init(_ root: Text, flags: Flags = []) {
    self.init(root, UnsafeBufferPointer(start: nil, count: 0), flags: flags)
  }

  public var root: Text { Text(raw: raw.root) }
  public var flags: Flags { Flags(rawValue: raw.flags) }

  public var members: UnsafeBufferPointer<Text> {
    UnsafeBufferPointer(
      start: UnsafeRawPointer(raw.members)?.assumingMemoryBound(to: Text.self), count: Int(raw.member_count))
  }

  /// Whether the chain leaves the repository.
  public var isExternal: Bool { flags.contains(.external) }
}

extension Chain: Equatable {
  public static func == (left: Chain, right: Chain) -> Bool {
    left.raw.flags == right.raw.flags && left.root == right.root && left.members.elementsEqual(right.members)
  }
}

/// Several chains in order of preference, in arena memory.
public typealias Chains = UnsafeBufferPointer<Chain>

extension UnsafeBufferPointer<Chain> {
  public static var none: Chains { Chains(start: nil, count: 0) }
}

/// One part of a value's type: what stands at the end of a path of reserved steps.
@frozen
public struct ValuePart: @unchecked Sendable {
  @usableFromInline let raw: codira_value_entry

  public init(path: UnsafeBufferPointer<Text> = UnsafeBufferPointer(start: nil, count: 0), _ chains: Chains) {
    raw = codira_value_entry(
      path: UnsafeRawPointer(path.baseAddress)?.assumingMemoryBound(to: codira_string.self),
      candidates: UnsafeRawPointer(chains.baseAddress)?.assumingMemoryBound(to: codira_candidate.self),
      path_count: UInt32(path.count), candidate_count: UInt32(chains.count))
  }

  public var path: UnsafeBufferPointer<Text> {
    UnsafeBufferPointer(
      start: UnsafeRawPointer(raw.path)?.assumingMemoryBound(to: Text.self), count: Int(raw.path_count))
  }

  public var chains: Chains {
    Chains(
      start: UnsafeRawPointer(raw.candidates)?.assumingMemoryBound(to: Chain.self),
      count: Int(raw.candidate_count))
  }
}

/// What is known of one argument of a call: its type as chains in order of preference; none where it is unknown.
@frozen
public struct Argument: @unchecked Sendable {
  @usableFromInline let raw: codira_argument

  public init(_ chains: Chains) {
    raw = codira_argument(
      candidates: UnsafeRawPointer(chains.baseAddress)?.assumingMemoryBound(to: codira_candidate.self),
      candidate_count: UInt32(chains.count), reserved: 0)
  }
}

extension Arena {
  /// The chain one member longer; nil where it would be longer than `Chain.limit`.
  public func chain(_ chain: Chain, then member: Text) -> Chain? {
    let count = chain.members.count
    guard count < Chain.limit else { return nil }
    let members = allocate(Text.self, count: count + 1)
    if count > 0 { members.initialize(from: chain.members.baseAddress!, count: count) }
    (members + count).initialize(to: member)
    return Chain(chain.root, UnsafeBufferPointer(start: members, count: count + 1), flags: chain.flags)
  }

  public func chain(_ root: Text, _ member: Text, flags: Chain.Flags = []) -> Chain {
    let place = allocate(Text.self, count: 1)
    place.initialize(to: member)
    return Chain(root, UnsafeBufferPointer(start: place, count: 1), flags: flags)
  }

  /// Every chain one member longer; those that would grow too long fall away.
  public func chains(_ chains: Chains, then member: Text) -> Chains {
    guard !chains.isEmpty else { return .none }
    let place = allocate(Chain.self, count: chains.count)
    var count = 0
    for chain in chains {
      guard let longer = self.chain(chain, then: member) else { continue }
      (place + count).initialize(to: longer)
      count += 1
    }
    return Chains(start: place, count: count)
  }

  public func chains(_ chain: Chain) -> Chains {
    let place = allocate(Chain.self, count: 1)
    place.initialize(to: chain)
    return Chains(start: place, count: 1)
  }
}
