/// Reads a pattern's text into the steps that match it.
struct BytePatternParser {
  /// Steps that a pattern may have: `{n,m}` repeats what it stands behind.
  private static let stepLimit = 4_000
  private static let depthLimit = 50

  private let text: [UInt8]
  private var place = 0
  private var depth = 0

  init(_ text: String) { self.text = Array(text.utf8) }

  mutating func parse() throws(BytePatternError) -> [BytePattern.Step] {
    let steps = try alternatives()
    if place < text.count { throw fault("a `)` has no `(`") }
    return steps + [.accept]
  }

  /// Steps relative to their own start: every part can be put anywhere by `shifted`.
  private typealias Steps = [BytePattern.Step]

  private mutating func alternatives() throws(BytePatternError) -> Steps {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.depthLimit { throw fault("groups are nested too deep") }
    var steps = try sequence()
    while peek == UInt8(ascii: "|") {
      place += 1
      let other = try sequence()
      steps =
        [.fork(1, steps.count + 2)] + shifted(steps, 1) + [.jump(steps.count + 2 + other.count)]
        + shifted(other, steps.count + 2)
    }
    return steps
  }

  private mutating func sequence() throws(BytePatternError) -> Steps {
    var steps: Steps = []
    while let byte = peek, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      let part = try repeated(try atom())
      steps += shifted(part, steps.count)
      if steps.count > Self.stepLimit { throw fault("the pattern is too long") }
    }
    return steps
  }

  private mutating func repeated(_ part: Steps) throws(BytePatternError) -> Steps {
    var part = part
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "*"): part = star(part)
      case UInt8(ascii: "+"): part = part + shifted(star(part), part.count)
      case UInt8(ascii: "?"): part = maybe(part)
      case UInt8(ascii: "{"):
        guard let counts = try bounds() else { return part }
        part = try times(part, counts)
      default: return part
      }
      if byte != UInt8(ascii: "{") { place += 1 }
      // A lazy or possessive mark changes where a match ends, not whether there is one.
      if peek == UInt8(ascii: "?") { place += 1 }
    }
    return part
  }

  private func star(_ part: Steps) -> Steps {
    [.fork(1, part.count + 2)] + shifted(part, 1) + [.jump(0)]
  }

  private func maybe(_ part: Steps) -> Steps { [.fork(1, part.count + 1)] + shifted(part, 1) }

  private func times(_ part: Steps, _ counts: (least: Int, most: Int?)) throws(BytePatternError) -> Steps {
    var steps: Steps = []
    for _ in 0..<counts.least { steps += shifted(part, steps.count) }
    if let most = counts.most {
      if most < counts.least { throw fault("`{n,m}` has n greater than m") }
      for _ in counts.least..<most { steps += shifted(maybe(part), steps.count) }
    } else {
      steps += shifted(star(part), steps.count)
    }
    if steps.count > Self.stepLimit { throw fault("the pattern is too long") }
    return steps
  }

  /// The numbers of `{n}`, `{n,}`, `{n,m}`; nil where the brace is a plain character, which it then is.
  private mutating func bounds() throws(BytePatternError) -> (least: Int, most: Int?)? {
    guard let end = text[place...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
    let inside = String(decoding: text[(place + 1)..<end], as: UTF8.self)
    let numbers = inside.split(separator: ",", omittingEmptySubsequences: false)
    guard numbers.count <= 2, let least = numbers.first.flatMap({ Int($0) }), least <= 1_000 else {
      return nil
    }
    let most = numbers.count == 1 ? least : numbers[1].isEmpty ? nil : Int(numbers[1])
    if numbers.count == 2, !numbers[1].isEmpty, most == nil { return nil }
    if let most, most > 1_000 { throw fault("`{n,m}` counts at most 1,000") }
    place = end + 1
    return (least, most)
  }

  private mutating func atom() throws(BytePatternError) -> Steps {
    guard let byte = peek else { return [] }
    place += 1
    switch byte {
    case UInt8(ascii: "."): return [.bytes(.any)]
    case UInt8(ascii: "^"): return [.start]
    case UInt8(ascii: "$"): return [.end]
    case UInt8(ascii: "["): return [.bytes(try set())]
    case UInt8(ascii: "("): return try group()
    case UInt8(ascii: "\\"):
      if peek == UInt8(ascii: "b") {
        place += 1
        return [.wordEdge]
      }
      return [.bytes(try escape())]
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"): throw fault("nothing stands before it")
    default: return [.bytes(ByteSet([byte]))]
    }
  }

  private mutating func group() throws(BytePatternError) -> Steps {
    if peek == UInt8(ascii: "?") {
      guard place + 1 < text.count, text[place + 1] == UInt8(ascii: ":") else {
        throw fault("of groups with `(?` only `(?:` is known")
      }
      place += 2
    }
    let steps = try alternatives()
    guard peek == UInt8(ascii: ")") else { throw fault("a `(` is not closed") }
    place += 1
    return steps
  }

  private mutating func set() throws(BytePatternError) -> ByteSet {
    var set = ByteSet()
    let isInverted = peek == UInt8(ascii: "^")
    if isInverted { place += 1 }
    var isFirst = true
    while let byte = peek, isFirst || byte != UInt8(ascii: "]") {
      isFirst = false
      place += 1
      var members = ByteSet([byte])
      if byte == UInt8(ascii: "\\") { members = try escape() }
      if byte != UInt8(ascii: "\\"), peek == UInt8(ascii: "-"), place + 1 < text.count,
        text[place + 1] != UInt8(ascii: "]")
      {
        let last = text[place + 1]
        if last < byte { throw fault("a range in `[…]` ends before it begins") }
        place += 2
        members = ByteSet(byte...last)
      }
      set.formUnion(members)
    }
    guard peek == UInt8(ascii: "]") else { throw fault("a `[` is not closed") }
    place += 1
    return isInverted ? set.inverted : set
  }

  private mutating func escape() throws(BytePatternError) -> ByteSet {
    guard let byte = peek else { throw fault("a `\\` stands at the end") }
    place += 1
    switch byte {
    case UInt8(ascii: "d"): return .digit
    case UInt8(ascii: "D"): return ByteSet.digit.inverted
    case UInt8(ascii: "w"): return .word
    case UInt8(ascii: "W"): return ByteSet.word.inverted
    case UInt8(ascii: "s"): return .space
    case UInt8(ascii: "S"): return ByteSet.space.inverted
    case UInt8(ascii: "n"): return ByteSet([0x0A])
    case UInt8(ascii: "r"): return ByteSet([0x0D])
    case UInt8(ascii: "t"): return ByteSet([0x09])
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      throw fault("`\\\(Character(Unicode.Scalar(byte)))` is not known")
    default: return ByteSet([byte])
    }
  }

  private func shifted(_ steps: Steps, _ distance: Int) -> Steps {
    steps.map { step in
      switch step {
      case .fork(let one, let other): .fork(one + distance, other + distance)
      case .jump(let target): .jump(target + distance)
      default: step
      }
    }
  }

  private var peek: UInt8? { place < text.count ? text[place] : nil }

  private func fault(_ reason: String) -> BytePatternError { BytePatternError(reason: reason, offset: place) }
}
