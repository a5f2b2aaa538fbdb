import CEmbedding

/// The canonical forms of Unicode: decomposed, or composed again.
enum CanonicalForm {
  /// Whether the text has the form already, as far as a look at its first bytes tells: composed text below U+0300.
  static func has(_ text: UnsafeBufferPointer<UInt8>, composed: Bool) -> Bool {
    // The first byte of U+0300; decomposed text may not even have letters with accents.
    let limit: UInt8 = composed ? 0xCC : 0x80
    return text.allSatisfy { $0 < limit }
  }

  static func apply(_ text: UnsafeBufferPointer<UInt8>, composed: Bool, _ body: (UInt32) -> Void) {
    var scalars = decomposed(text)
    sortMarks(&scalars)
    if composed { compose(&scalars) }
    scalars.forEach(body)
  }

  private static func decomposed(_ text: UnsafeBufferPointer<UInt8>) -> [UInt32] {
    var scalars: [UInt32] = []
    scalars.reserveCapacity(text.count)
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 4) { parts in
      var offset = 0
      while offset < text.count {
        let (scalar, size) = text.scalar(at: offset)
        offset += size
        let count = scalar < 0xC0 ? 0 : codira_text_decompose(scalar, parts.baseAddress)
        if count == 0 { scalars.append(scalar) } else { scalars.append(contentsOf: parts[..<count]) }
      }
    }
    return scalars
  }

  /// Puts each run of marks into the order of their classes, those of one class as they were.
  private static func sortMarks(_ scalars: inout [UInt32]) {
    var start = 0
    while start < scalars.count {
      guard codira_text_order(scalars[start]) > 0 else {
        start += 1
        continue
      }
      var keys: [UInt64] = []
      var end = start
      while end < scalars.count, case let order = codira_text_order(scalars[end]), order > 0 {
        keys.append(UInt64(order) << 32 | UInt64(end - start))
        end += 1
      }
      if keys.count > 1 {
        let run = Array(scalars[start..<end])
        for (place, key) in keys.sorted().enumerated() {
          scalars[start + place] = run[Int(UInt32(truncatingIfNeeded: key))]
        }
      }
      start = end
    }
  }

  /// Composes each starter with what follows it, unless a mark of the same or a higher class stands between.
  private static func compose(_ scalars: inout [UInt32]) {
    var count = 0
    var starter: Int?
    var last: UInt32 = 0
    for index in scalars.indices {
      let scalar = scalars[index]
      let order = codira_text_order(scalar)
      if let place = starter, place == count - 1 || (last < order && last > 0) {
        let composed =
          scalars[place] < 0x3C || order == 0 && scalar < 0x300
          ? 0 : codira_text_compose(scalars[place], scalar)
        if composed != 0 {
          scalars[place] = composed
          continue
        }
      }
      if order == 0 { starter = count }
      last = order
      scalars[count] = scalar
      count += 1
    }
    scalars.removeLast(scalars.count - count)
  }
}
