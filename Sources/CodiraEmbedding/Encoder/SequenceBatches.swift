/// Sequences by falling length, in batches of about so many tokens that one thread computes at a time.
struct SequenceBatches: Sendable {
  let sequences: [Encoder.Sequence]
  let ranges: [Range<Int>]
  /// The tokens of the largest batch.
  let tokens: Int
  /// The tokens of the longest sequence.
  let longest: Int

  init(_ tokens: [[Int32]], threads: Int) {
    let sequences = tokens.enumerated().map { Encoder.Sequence(ids: $1, place: $0) }
      .sorted { $0.ids.count > $1.ids.count }
    let total = sequences.reduce(0) { $0 + $1.ids.count }
    let wanted = min(Self.batchTokens, total / threads + 1)
    var ranges: [Range<Int>] = []
    var largest = 0
    var first = 0
    while first < sequences.count {
      var end = first
      var size = 0
      repeat {
        size += sequences[end].ids.count
        end += 1
      } while end < sequences.count && size + sequences[end].ids.count <= wanted
      ranges.append(first..<end)
      largest = max(largest, size)
      first = end
    }
    self.sequences = sequences
    self.ranges = ranges
    self.tokens = largest
    longest = sequences[0].ids.count
  }

  /// Few enough that a batch's rows stay in the second-level cache, enough to read the weights rarely.
  private static let batchTokens = 192
}
