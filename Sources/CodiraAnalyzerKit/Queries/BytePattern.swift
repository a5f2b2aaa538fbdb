/// Why a text is no pattern.
public struct BytePatternError: Error, Equatable {
  public let reason: String
  /// In bytes of the pattern.
  public let offset: Int
}

/// A regular expression over bytes, matched in time linear in the text whatever the pattern.
///
/// It knows what capture queries use: `.`, `[a-z]`, `[^…]`, `\d \w \s \D \W \S`, `^`, `$`, `\b`, groups, `|`, `*`, `+`,
/// `?`, `{n,m}`. Groups capture nothing. A character outside ASCII is its bytes.
public struct BytePattern: Sendable {
  enum Step {
    case bytes(ByteSet)
    case start, end, wordEdge
    /// Goes on at both places.
    case fork(Int, Int)
    case jump(Int)
    case accept
  }

  private let steps: [Step]

  public init(_ text: String) throws(BytePatternError) {
    var parser = BytePatternParser(text)
    steps = try parser.parse()
  }

  /// Whether it is found anywhere in `bytes`.
  public func matches(_ bytes: some Collection<UInt8>) -> Bool {
    let bytes = Array(bytes)
    var current: [Int] = []
    var next: [Int] = []
    var marks = [Int](repeating: -1, count: steps.count)
    for place in 0...bytes.count {
      if add(0, &current, &marks, bytes, place) { return true }
      guard place < bytes.count else { return false }
      next.removeAll(keepingCapacity: true)
      // The marks of the next place begin anew with it.
      for thread in current {
        guard case .bytes(let set) = steps[thread], set.contains(bytes[place]) else { continue }
        if add(thread + 1, &next, &marks, bytes, place + 1) { return true }
      }
      swap(&current, &next)
    }
    return false
  }

  /// Adds a thread and all it leads to without a byte; true when that accepts.
  private func add(
    _ first: Int, _ threads: inout [Int], _ marks: inout [Int], _ bytes: [UInt8], _ place: Int
  ) -> Bool {
    var pending = [first]
    while let step = pending.popLast() {
      guard marks[step] != place else { continue }
      marks[step] = place
      switch steps[step] {
      case .accept: return true
      case .bytes: threads.append(step)
      case .jump(let target): pending.append(target)
      case .fork(let one, let other): pending += [other, one]
      case .start: if place == 0 { pending.append(step + 1) }
      case .end: if place == bytes.count { pending.append(step + 1) }
      case .wordEdge:
        let before = place > 0 && ByteSet.word.contains(bytes[place - 1])
        let behind = place < bytes.count && ByteSet.word.contains(bytes[place])
        if before != behind { pending.append(step + 1) }
      }
    }
    return false
  }
}

/// A set of bytes.
struct ByteSet: Equatable {
  private var low: (UInt64, UInt64) = (0, 0)
  private var high: (UInt64, UInt64) = (0, 0)

  init() {}

  init(_ bytes: some Sequence<UInt8>) { for byte in bytes { insert(byte) } }

  static let digit = ByteSet(UInt8(ascii: "0")...UInt8(ascii: "9"))
  static let space = ByteSet([0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D])
  static let word = ByteSet((0...255).filter { isWord($0) })
  static let any = ByteSet((0...255).filter { $0 != 0x0A })

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  func contains(_ byte: UInt8) -> Bool {
    let bit = UInt64(1) << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: return low.0 & bit != 0
    case 1: return low.1 & bit != 0
    case 2: return high.0 & bit != 0
    default: return high.1 & bit != 0
    }
  }

  mutating func insert(_ byte: UInt8) {
    let bit = UInt64(1) << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: low.0 |= bit
    case 1: low.1 |= bit
    case 2: high.0 |= bit
    default: high.1 |= bit
    }
  }

  mutating func formUnion(_ other: ByteSet) {
    low = (low.0 | other.low.0, low.1 | other.low.1)
    high = (high.0 | other.high.0, high.1 | other.high.1)
  }

  var inverted: ByteSet {
    var set = ByteSet()
    set.low = (~low.0, ~low.1)
    set.high = (~high.0, ~high.1)
    return set
  }

  static func == (left: ByteSet, right: ByteSet) -> Bool { left.low == right.low && left.high == right.high }
}
