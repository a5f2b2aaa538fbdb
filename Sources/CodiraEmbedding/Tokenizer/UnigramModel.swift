/// Unigram: of all ways to cut a word into pieces, the one whose scores have the largest sum.
struct UnigramModel: Sendable {
  var vocabulary = Vocabulary(capacity: 30_000, prefix: [], isSearchedThroughout: true)
  var scores: [Double] = []
  var unknown: Int32 = 0
  /// The tokens of the bytes, where unknown text becomes bytes.
  var bytes: [Int32]?
  private(set) var leastScore = 0.0

  /// The best way to some place in a word.
  struct Node {
    var score = 0.0
    var id: Int32 = -1
    var start: Int32 = -1
  }

  mutating func finish() { leastScore = scores.min() ?? 0 }

  func forEachToken(
    _ word: UnsafeBufferPointer<UInt8>, _ nodes: inout [Node], _ body: (Int32) -> Bool
  ) -> Bool {
    nodes.removeAll(keepingCapacity: true)
    nodes.append(contentsOf: repeatElement(Node(), count: word.count + 1))
    nodes.withUnsafeMutableBufferPointer { findBest(word, $0) }
    return emit(word, &nodes, body)
  }

  /// Fills in for each place the best piece that ends there.
  private func findBest(_ word: UnsafeBufferPointer<UInt8>, _ nodes: UnsafeMutableBufferPointer<Node>) {
    let unknownScore = leastScore - 10
    var start = 0
    while start < word.count {
      let here = nodes[start].score
      let step = word.scalar(at: start).count
      var hasSingle = false
      vocabulary.forEachPiece(word, from: start) { id, count in
        let score = here + scores[Int(id)]
        if nodes[start + count].start < 0 || score > nodes[start + count].score {
          nodes[start + count] = Node(score: score, id: id, start: Int32(start))
        }
        if count == step { hasSingle = true }
      }
      if !hasSingle, case let score = here + unknownScore,
        nodes[start + step].start < 0 || score > nodes[start + step].score
      {
        nodes[start + step] = Node(score: score, id: unknown, start: Int32(start))
      }
      start += step
    }
  }

  /// Walks the best way back, turns it round, and takes neighbouring unknown pieces as one.
  private func emit(_ word: UnsafeBufferPointer<UInt8>, _ nodes: inout [Node], _ body: (Int32) -> Bool)
    -> Bool
  {
    var place = word.count
    var next = 0
    while place > 0 {
      let node = nodes[place]
      // From here on `start` names the place that follows.
      nodes[place].start = Int32(next)
      next = place
      place = Int(node.start)
    }
    place = next
    var start = 0
    while place > 0 {
      let id = nodes[place].id
      while id == unknown, case let after = Int(nodes[place].start), after > 0, nodes[after].id == unknown {
        place = after
      }
      guard id == unknown ? emitUnknown(word[part: start..<place], body) : body(id) else { return false }
      start = place
      place = Int(nodes[place].start)
    }
    return true
  }

  private func emitUnknown(_ text: UnsafeBufferPointer<UInt8>, _ body: (Int32) -> Bool) -> Bool {
    if let id = vocabulary.id(of: text) { return body(id) }
    guard let bytes else { return body(unknown) }
    for byte in text where !body(bytes[Int(byte)]) { return false }
    return true
  }
}
