/// The pairs that are merged: for two tokens the rank of their pair and the token they become.
struct MergeTable: Sendable {
  struct Merge: Sendable {
    var rank: Int32
    var id: Int32
  }

  private struct Slot: Sendable {
    var pair = UInt64.max
    var merge = Merge(rank: .max, id: -1)
  }

  private var slots = [Slot](repeating: Slot(), count: 64)
  private var count = 0

  /// Makes room for so many pairs.
  mutating func reserve(_ pairs: Int) {
    var size = slots.count
    while size < 2 * pairs { size *= 2 }
    if size > slots.count { resize(size) }
  }

  /// Of two equal pairs the last counts, as in the reference.
  mutating func insert(_ left: Int32, _ right: Int32, _ merge: Merge) {
    if 2 * (count + 1) > slots.count { resize(2 * slots.count) }
    let pair = Self.pair(left, right)
    let place = place(of: pair)
    if slots[place].pair == .max { count += 1 }
    slots[place] = Slot(pair: pair, merge: merge)
  }

  /// The merge of two tokens; its rank is the largest number if there is none.
  func merge(_ left: Int32, _ right: Int32) -> Merge { slots[place(of: Self.pair(left, right))].merge }

  private static func pair(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  private func place(of pair: UInt64) -> Int {
    let hash = pair &* 0x9E37_79B9_7F4A_7C15
    var place = Int(truncatingIfNeeded: hash >> 32) & (slots.count - 1)
    while slots[place].pair != pair, slots[place].pair != .max { place = (place + 1) & (slots.count - 1) }
    return place
  }

  private mutating func resize(_ size: Int) {
    let old = slots
    slots = [Slot](repeating: Slot(), count: size)
    for slot in old where slot.pair != .max { slots[place(of: slot.pair)] = slot }
  }
}

/// Memory for the merging of one word, used again for the next.
struct MergeScratch {
  var ids: [Int32] = []
  var merges: [MergeTable.Merge] = []
  var spelling: [UInt8] = []
  var links: [(previous: Int32, next: Int32)] = []
  var heap = MergeHeap()
}

extension MergeTable {
  /// Merges the pair of least rank, the leftmost of equals, as long as there is one: for short words.
  func mergeShort(_ scratch: inout MergeScratch) {
    var count = scratch.ids.count
    guard count > 1 else { return }
    scratch.merges.removeAll(keepingCapacity: true)
    for index in 1..<count { scratch.merges.append(merge(scratch.ids[index - 1], scratch.ids[index])) }
    scratch.ids.withUnsafeMutableBufferPointer { ids in
      scratch.merges.withUnsafeMutableBufferPointer { merges in
        while count > 1 {
          var best = 0
          for index in 1..<max(count - 1, 1) where merges[index].rank < merges[best].rank { best = index }
          guard merges[best].rank < .max else { break }
          ids[best] = merges[best].id
          count -= 1
          for index in best + 1..<max(count, best + 1) { ids[index] = ids[index + 1] }
          for index in best..<max(count - 1, best) { merges[index] = merges[index + 1] }
          if best > 0 { merges[best - 1] = merge(ids[best - 1], ids[best]) }
          if best + 1 < count { merges[best] = merge(ids[best], ids[best + 1]) }
        }
      }
    }
    scratch.ids.removeLast(scratch.ids.count - count)
  }

  /// The same for long words, in time that grows little faster than their length.
  func mergeLong(_ scratch: inout MergeScratch) {
    let count = scratch.ids.count
    scratch.links.removeAll(keepingCapacity: true)
    for index in 0..<Int32(count) { scratch.links.append((index - 1, index + 1)) }
    scratch.heap.removeAll()
    for index in 1..<count { push(index - 1, index, &scratch) }
    while let top = scratch.heap.pop() {
      let left = Int(top.place)
      let right = Int(scratch.links[left].next)
      // The pair may be gone: merged with a neighbour since it was found.
      guard scratch.ids[left] >= 0, right < count else { continue }
      let merge = merge(scratch.ids[left], scratch.ids[right])
      guard merge.rank == top.rank else { continue }
      scratch.ids[left] = merge.id
      scratch.ids[right] = -1
      let next = scratch.links[right].next
      scratch.links[left].next = next
      if next < count {
        scratch.links[Int(next)].previous = Int32(left)
        push(left, Int(next), &scratch)
      }
      let previous = scratch.links[left].previous
      if previous >= 0 { push(Int(previous), left, &scratch) }
    }
    scratch.ids.removeAll { $0 < 0 }
  }

  private func push(_ left: Int, _ right: Int, _ scratch: inout MergeScratch) {
    let rank = merge(scratch.ids[left], scratch.ids[right]).rank
    if rank < .max { scratch.heap.push(MergeHeap.Entry(rank: rank, place: Int32(left))) }
  }
}

/// Pairs of a word, the least rank first, of equal ranks the leftmost.
struct MergeHeap {
  struct Entry {
    var rank: Int32
    var place: Int32

    fileprivate var key: UInt64 { UInt64(UInt32(bitPattern: rank)) << 32 | UInt64(UInt32(bitPattern: place)) }
  }

  private var entries: [Entry] = []

  mutating func removeAll() { entries.removeAll(keepingCapacity: true) }

  mutating func push(_ entry: Entry) {
    entries.append(entry)
    var child = entries.count - 1
    while child > 0, case let parent = (child - 1) / 2, entries[child].key < entries[parent].key {
      entries.swapAt(child, parent)
      child = parent
    }
  }

  mutating func pop() -> Entry? {
    guard let top = entries.first, let last = entries.popLast() else { return nil }
    guard !entries.isEmpty else { return top }
    entries[0] = last
    var parent = 0
    while case var child = 2 * parent + 1, child < entries.count {
      if child + 1 < entries.count, entries[child + 1].key < entries[child].key { child += 1 }
      guard entries[child].key < entries[parent].key else { break }
      entries.swapAt(child, parent)
      parent = child
    }
    return top
  }
}
