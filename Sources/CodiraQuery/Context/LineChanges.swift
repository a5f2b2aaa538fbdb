/// Which lines of a text are not as they were before: what a line comparison adds and takes away.
///
/// What ends a line does not count, so that a file checked out with CRLF is no change.
package struct LineChanges: Equatable, Sendable {
  /// Lines that were not there before, in order, the first being 1.
  package private(set) var added: [Int] = []
  /// Lines before which others were taken away and none put in their place, in order; the last one of a text stands for
  /// its end.
  package private(set) var cuts: [Int] = []
  package private(set) var removedCount = 0

  package var isEmpty: Bool { added.isEmpty && cuts.isEmpty }

  /// Lines that show the change: those added, and those beside what was taken away.
  package var touched: [Int] { (added + cuts).sorted() }

  /// Everything in a text of so many lines is new.
  package init(allOf lineCount: Int) { added = Array(1...max(1, lineCount)) }

  package init(from old: SourceText, to new: SourceText) {
    var numbers: [ArraySlice<UInt8>: Int] = [:]
    func number(_ source: SourceText) -> [Int] {
      (1...source.lineCount).map { line in
        let bytes = source.bytes(ofLine: line)
        if let known = numbers[bytes] { return known }
        numbers[bytes] = numbers.count
        return numbers.count - 1
      }
    }
    compare(number(old), number(new))
  }

  /// Parts of more lines than this are told apart by the lines that stand once in both, or not at all: the exact
  /// comparison takes the square of its differences.
  private static let exactLimit = 2_000

  private mutating func compare(_ old: [Int], _ new: [Int]) {
    var isAdded = [Bool](repeating: false, count: new.count)
    /// By place in the new text: how many lines stood there before and are gone.
    var gone = [Int](repeating: 0, count: new.count + 1)
    var waiting = [(old: old.indices, new: new.indices)]
    while let next = waiting.popLast() {
      let part = Self.trimmed(next, old, new)
      if part.old.isEmpty || part.new.isEmpty || part.old.count + part.new.count <= Self.exactLimit {
        for change in new[part.new].difference(from: old[part.old]) {
          switch change {
          case .insert(let offset, _, _): isAdded[part.new.lowerBound + offset] = true
          case .remove: gone[part.new.lowerBound] += 1
          }
        }
        continue
      }
      let anchors = Self.anchors(part, old, new)
      if anchors.isEmpty {
        for index in part.new { isAdded[index] = true }
        gone[part.new.lowerBound] += part.old.count
      }
      var start = (old: part.old.lowerBound, new: part.new.lowerBound)
      for anchor in anchors {
        waiting.append((start.old..<anchor.old, start.new..<anchor.new))
        start = (anchor.old + 1, anchor.new + 1)
      }
      if !anchors.isEmpty {
        waiting.append((start.old..<part.old.upperBound, start.new..<part.new.upperBound))
      }
    }
    added = isAdded.indices.filter { isAdded[$0] }.map { $0 + 1 }
    removedCount = gone.reduce(0, +)
    cuts = gone.indices.filter { index in
      gone[index] > 0 && !(index < isAdded.count && isAdded[index]) && !(index > 0 && isAdded[index - 1])
    }.map { min($0 + 1, max(1, new.count)) }
  }

  private typealias Part = (old: Range<Int>, new: Range<Int>)

  /// Without the lines that both begin and end with.
  private static func trimmed(_ part: Part, _ old: [Int], _ new: [Int]) -> Part {
    var (before, after) = part
    while let left = before.first, let right = after.first, old[left] == new[right] {
      before = before.dropFirst()
      after = after.dropFirst()
    }
    while let left = before.last, let right = after.last, old[left] == new[right] {
      before = before.dropLast()
      after = after.dropLast()
    }
    return (before, after)
  }

  /// Lines that stand once in each, the most of them that are in the same order.
  private static func anchors(_ part: Part, _ old: [Int], _ new: [Int]) -> [(old: Int, new: Int)] {
    func places(_ lines: [Int], _ range: Range<Int>) -> [Int: Int] {
      var places: [Int: Int] = [:]
      for index in range { places[lines[index]] = places[lines[index]] == nil ? index : -1 }
      return places.filter { $0.value >= 0 }
    }
    let before = places(old, part.old)
    let after = places(new, part.new)
    let common = after.compactMap { line, place in before[line].map { (old: $0, new: place) } }
      .sorted { $0.new < $1.new }
    // The longest rising sequence of old places: by length, where the lowest last place of one stands.
    var ends: [Int] = []
    var previous = [Int](repeating: -1, count: common.count)
    for index in common.indices {
      var low = 0
      var high = ends.count
      while low < high {
        let middle = (low + high) / 2
        if common[ends[middle]].old < common[index].old { low = middle + 1 } else { high = middle }
      }
      if low > 0 { previous[index] = ends[low - 1] }
      if low == ends.count { ends.append(index) } else { ends[low] = index }
    }
    var result: [(old: Int, new: Int)] = []
    var index = ends.last ?? -1
    while index >= 0 {
      result.append(common[index])
      index = previous[index]
    }
    return result.reversed()
  }
}
