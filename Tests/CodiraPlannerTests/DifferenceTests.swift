import CodiraModel
import CodiraPlanner
import CodiraTestSupport
import Testing
import CodiraPlanner

@Suite struct DifferenceTests {
  static func item(_ name: String, _ payload: UInt8?) -> SymbolPlan.Item {
    SymbolPlan.Item(id: StableID("toy \(name)."), payload: payload.map { FilePlannerTests.hash($0) })
  }

  @Test func tellsWhatBecameOfEverySymbol() {
    let plan = SymbolPlan(
      old: [Self.item("gone", 1), Self.item("moved", 2), Self.item("edited", 3), Self.item("plain", nil)],
      new: [Self.item("edited", 4), Self.item("moved", 2), Self.item("new", 5), Self.item("plain", nil)])
    #expect(plan.changes == [.changedPayload, .samePayload, .added, .samePayload])
    #expect(plan.previous == [2, 1, nil, 3])
    #expect(plan.removed == 1)
  }

  @Test(arguments: [UInt64(1), .random(in: 0...UInt64.max)])
  func countsAddUp(seed: UInt64) {
    print("DifferenceTests seed \(seed)")
    var random = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      func side() -> [SymbolPlan.Item] {
        (0..<20).shuffled(using: &random).prefix(Int.random(in: 0...20, using: &random)).map {
          Self.item(
            "s\($0)",
            Int.random(in: 0...3, using: &random) == 0 ? nil : UInt8.random(in: 0...2, using: &random))
        }
      }
      let old = side()
      let new = side()
      let plan = SymbolPlan(old: old, new: new)
      #expect(plan.changes.count == new.count)
      #expect(
        plan.removed + plan.count(.samePayload) + plan.count(.changedPayload) == old.count, "seed \(seed)")
      let back = SymbolPlan(old: new, new: old)
      #expect(back.removed == plan.count(.added), "seed \(seed)")
      #expect(back.count(.samePayload) == plan.count(.samePayload), "seed \(seed)")
      #expect(SymbolPlan(old: new, new: new).count(.samePayload) == new.count, "seed \(seed)")
    }
  }

  @Test(arguments: [UInt64(2), .random(in: 0...UInt64.max)])
  func missingVectorsAreASetDifference(seed: UInt64) {
    print("DifferenceTests seed \(seed)")
    var random = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let current = Set((0..<30).map { _ in Int64.random(in: 0..<60, using: &random) })
      let present = Set((0..<30).map { _ in Int64.random(in: 0..<60, using: &random) })
      let missing = VectorPlan.missing(current: current.sorted(), present: present.sorted())
      #expect(missing == current.subtracting(present).sorted(), "seed \(seed)")
    }
  }
}
