import CodiraStore
import Glibc

/// Full text: what every unit and every file has of the question's words.
struct LexicalChannel {
  /// By unit, the weighted sum over the terms.
  private(set) var units: [Int64: Double] = [:]
  /// By file, the sum over the terms of what its best unit has of each.
  private(set) var files: [Int64: Double] = [:]
  /// The highest of `files`.
  private(set) var best = 0.0
  /// By word of the question, 1 for the one that stands in the fewest files, less for the others: a word that stands
  /// in every file tells nothing, not in a path either.
  private(set) var rarity: [String: Double] = [:]

  init(_ terms: [QuestionWords.Term], in snapshot: Snapshot, accept: (Int64) throws -> Bool) throws {
    var best: [Int64: Double] = [:]
    var counts: [String: Int] = [:]
    for term in terms {
      best.removeAll(keepingCapacity: true)
      try snapshot.forEachMatch(term.expression) { unit, score in
        guard try accept(unit) else { return }
        let score = score * term.weight
        units[unit, default: 0] += score
        let file = UnitID.file(of: unit)
        if score > best[file, default: 0] { best[file] = score }
      }
      for (file, score) in best { files[file, default: 0] += score }
      if let word = term.word { counts[word] = best.count }
    }
    let all = Double(max(2, try snapshot.fileCount()))
    for (word, count) in counts where count > 0 { rarity[word] = 0.05 + log(all / Double(count)) / log(all) }
    let rarest = rarity.values.max() ?? 1
    for word in rarity.keys { rarity[word]! /= rarest }
    self.best = files.values.max() ?? 0
  }

  /// 1 for the best unit; nil for one without any of the words.
  func rank(of unit: Int64) -> Int? {
    guard let score = units[unit] else { return nil }
    return 1 + units.count { $0.value > score }
  }
}
