import CodiraQuery
import CodiraTestSupport
import Testing

@Suite struct LineChangesTests {
  private func changes(_ old: String, _ new: String) -> LineChanges {
    LineChanges(from: SourceText(Array(old.utf8)), to: SourceText(Array(new.utf8)))
  }

  @Test(arguments: [
    ("a\nb\nc\n", "a\nb\nc\n", [Int](), [Int](), 0), ("a\nb\nc\n", "a\nx\nc\n", [2], [], 1),
    ("a\nb\nc\n", "a\nc\n", [], [2], 1), ("a\nc\n", "a\nb\nc\n", [2], [], 0), ("a\nb\n", "a\n", [], [1], 1),
    ("a\r\nb\r\n", "a\nb\n", [], [], 0), ("", "a\nb\n", [1, 2], [], 1), ("a\nb", "", [1], [], 2),
    ("a\na\nb\n", "a\nb\nb\n", [2], [], 1), ("a\nb", "a\nb\n", [], [], 0),
  ])
  func linesAreToldApart(_ old: String, _ new: String, _ added: [Int], _ cuts: [Int], _ removed: Int) {
    let changes = changes(old, new)
    #expect(changes.added == added && changes.removedCount == removed, "\(old.debugDescription): \(changes)")
    #expect(changes.cuts == cuts, "\(old.debugDescription): \(changes)")
  }

  /// What is neither added nor removed stands in both texts in one order, in texts of every size.
  @Test func theRestIsCommonToBoth() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SeededGenerator(seed: seed)
    for round in 0..<60 {
      let size = round < 50 ? 30 : 3_000
      let words = round % 3 == 0 ? 4 : 100_000
      let old = (0..<Int.random(in: 1...size, using: &generator)).map { _ in
        "\(Int.random(in: 0..<words, using: &generator))"
      }
      var new = old
      for _ in 0..<Int.random(in: 0...size, using: &generator) {
        let place = Int.random(in: 0...new.count, using: &generator)
        if Bool.random(using: &generator) {
          new.insert("\(Int.random(in: 0..<words, using: &generator))", at: place)
        } else if place < new.count, new.count > 1 {
          new.remove(at: place)
        }
      }
      let changes = changes(old.joined(separator: "\n"), new.joined(separator: "\n"))
      let added = Set(changes.added)
      let kept = new.indices.filter { !added.contains($0 + 1) }.map { new[$0] }
      #expect(kept.count == old.count - changes.removedCount, "seed \(seed), round \(round)")
      var rest = old[...]
      for line in kept {
        guard let place = rest.firstIndex(of: line) else {
          Issue.record("seed \(seed), round \(round): \(line) is not in the old text's order")
          break
        }
        rest = rest[(place + 1)...]
      }
    }
  }
}
