import CodiraStore
import Glibc

/// Full text: what every unit and every file has of the question's words.
struct LexicalChannel {
  /// In the order of units, the weighted sum of each over the terms.
  private(set) var units: [(unit: Int64, score: Double)] = []
  /// By file, the sum over the terms of what its best unit has of each.
  private(set) var files: [Int64: Double] = [:]
  /// The highest of `files`.
  private(set) var best = 0.0
  /// By word of the question, 1 for the one that stands in the fewest files, less for the others: a word that stands
  /// in every file tells nothing, not in a path either.
  private(set) var rarity: [String: Double] = [:]

  init(_ terms: [QuestionWords.Term], in snapshot: Snapshot, accept: (Int64) throws -> Bool) throws {
    var counts: [String: Int] = [:]
    for term in terms {
      var own: [(unit: Int64, score: Double)] = []
      try snapshot.forEachMatch(term.expression) { unit, score in
        if try accept(unit) { own.append((unit, score * term.weight)) }
      }
      let count = add(filesOf: own)
      if let word = term.word { counts[word] = count }
      units = Self.sum(units, own)
    }
    let all = Double(max(2, try snapshot.fileCount()))
    for (word, count) in counts where count > 0 { rarity[word] = 0.05 + log(all / Double(count)) / log(all) }
    let rarest = rarity.values.max() ?? 1
    for word in rarity.keys { rarity[word]! /= rarest }
    self.best = files.values.max() ?? 0
  }

  /// Adds to every file what the best of its units has of a term, and says how many files that are.
  private mutating func add(filesOf own: [(unit: Int64, score: Double)]) -> Int {
    var count = 0
    var start = 0
    while start < own.count {
      let file = UnitID.file(of: own[start].unit)
      var best = 0.0
      while start < own.count, UnitID.file(of: own[start].unit) == file {
        best = max(best, own[start].score)
        start += 1
      }
      guard best > 0 else { continue }
      files[file, default: 0] += best
      count += 1
    }
    return count
  }

  /// Both lists as one, in the order of units as they are.
  private static func sum(
    _ left: [(unit: Int64, score: Double)], _ right: [(unit: Int64, score: Double)]
  ) -> [(unit: Int64, score: Double)] {
    if left.isEmpty { return right }
    var sums: [(unit: Int64, score: Double)] = []
    sums.reserveCapacity(left.count + right.count)
    var place = 0
    for entry in right {
      while place < left.count, left[place].unit < entry.unit {
        sums.append(left[place])
        place += 1
      }
      if place < left.count, left[place].unit == entry.unit {
        sums.append((entry.unit, left[place].score + entry.score))
        place += 1
      } else {
        sums.append(entry)
      }
    }
    sums += left[place...]
    return sums
  }

  /// 1 for the best unit; nil for one without any of the words.
  func rank(of unit: Int64) -> Int? {
    var found = units[...]
    while found.count > 1 {
      let middle = found.startIndex + found.count / 2
      found = units[middle].unit <= unit ? found[middle...] : found[..<middle]
    }
    guard let own = found.first, own.unit == unit else { return nil }
    return 1 + units.count { $0.score > own.score }
  }
}
