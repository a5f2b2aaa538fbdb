import CodiraStore

extension Ranker {
  /// Files whose paths are looked at, and units of each whose names are.
  private static let files = 100
  private static let units = (some: 8, many: 32)

  /// What the channels have of a unit: its shares of full text and vectors, and what comes of them.
  private struct Found {
    let unit: Int64
    var text = 0.0
    var vector = 0.0
    var score = 0.0

    /// Higher scores first, of equal ones the lower unit.
    func precedes(_ other: Found) -> Bool {
      score == other.score ? unit < other.unit : score > other.score
    }
  }

  /// By file the units that the channels alone put first, best first, and every definition of a name asked for.
  func candidates() -> [Int64: [Candidate]] {
    let weight = vectors.ranked.isEmpty ? 0 : vectorWeight
    var found = found()
    var files: [Int64: [Candidate]] = [:]
    for entry in foremost(&found, weight) {
      let file = UnitID.file(of: entry.unit)
      let count = files[file]?.count
      let isAmongFirst =
        count.map { $0 < (question.wantsMembers ? Self.units.many : Self.units.some) }
        ?? (files.count < Self.files)
      guard isAmongFirst || names.units[entry.unit] != nil else { continue }
      var candidate = Candidate(unit: entry.unit, score: entry.score / (1 + weight))
      let (text, vector) = ownFile(file)
      candidate.explanation.added = [
        ("text", (1 - fileText) * entry.text / (1 + weight)),
        ("file_text", fileText * text / (1 + weight)),
        ("vector", weight * (1 - weights.fileVector) * entry.vector / (1 + weight)),
        ("file_vector", weight * weights.fileVector * vector / (1 + weight)),
      ]
      files[file, default: []].append(candidate)
    }
    return files
  }

  /// The shares of a whole file.
  private func ownFile(_ file: Int64) -> (text: Double, vector: Double) {
    (text.best > 0 ? text.files[file, default: 0] / text.best : 0, vectors.files[file, default: 0])
  }

  /// Every unit that a channel found, in the order of units, and so file by file.
  private func found() -> [Found] {
    let texts = text.units
    let named = names.units.keys.sorted()
    let shares = vectors.pool
    var found: [Found] = []
    found.reserveCapacity(texts.count + named.count + shares.count)
    var (text, name, share) = (0, 0, 0)
    while true {
      let unit = min(
        text < texts.count ? texts[text].unit : .max, name < named.count ? named[name] : .max,
        share < shares.count ? shares[share].unit : .max)
      if unit == .max { return found }
      var entry = Found(unit: unit)
      if text < texts.count, texts[text].unit == unit {
        entry.text = texts[text].score / self.text.best
        text += 1
      }
      if share < shares.count, shares[share].unit == unit {
        entry.vector = vectorShare(shares[share].score)
        share += 1
      }
      if name < named.count, named[name] == unit { name += 1 }
      found.append(entry)
    }
  }

  /// Those that can be candidates, scored, best first: of the files with the best units, and of files that define a
  /// name asked for.
  private func foremost(_ found: inout [Found], _ weight: Double) -> [Found] {
    var files: [(best: Found, range: Range<Int>)] = []
    var start = 0
    while start < found.count {
      let file = UnitID.file(of: found[start].unit)
      let own = ownFile(file)
      let base = fileText * own.text + weight * weights.fileVector * own.vector
      var best = start
      var end = start
      while end < found.count, UnitID.file(of: found[end].unit) == file {
        let entry = found[end]
        found[end].score =
          (1 - fileText) * entry.text + weight * (1 - weights.fileVector) * entry.vector + base
        if found[end].precedes(found[best]) { best = end }
        end += 1
      }
      files.append((found[best], start..<end))
      start = end
    }
    files.sort { $0.best.precedes($1.best) }
    let named = Set(names.units.keys.map { UnitID.file(of: $0) })
    let chosen = files.enumerated().filter { place, file in
      place < Self.files || named.contains(UnitID.file(of: file.best.unit))
    }
    return chosen.flatMap { found[$0.element.range] }.sorted { $0.precedes($1) }
  }

  private var fileText: Double { words.kind == .code ? weights.fileTextCode : weights.fileText }

  private var vectorWeight: Double {
    switch words.kind {
    case .name: weights.vectorName
    case .words: weights.vectorWords
    case .sentence: weights.vectorSentence
    case .code: weights.vectorCode
    }
  }

  /// A cosine between that of the last candidate (0) and that of the first (1).
  private func vectorShare(_ score: Double) -> Double {
    guard let first = vectors.ranked.first?.score, let last = vectors.ranked.last?.score else { return 0 }
    return first > last ? (score - last) / (first - last) : 1
  }
}
