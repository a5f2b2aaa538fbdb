import CodiraModel
import CodiraStore

/// Puts what the channels found into one order: shares of full text and vectors, then what names and paths say, then
/// what is rarely meant, then one file after the other.
struct Ranker {
  let view: IndexView
  let question: SearchQuestion
  let words: QuestionWords
  let text: LexicalChannel
  let vectors: VectorChannel
  let names: NameChannel

  private var weights: RankingWeights { question.weights }
  /// Files whose paths are looked at, and units of each whose names are.
  private static let files = 100
  private static let units = (some: 8, many: 32)

  /// A unit on its way into the answer.
  struct Candidate {
    var unit: Int64
    var symbol: SymbolRow?
    var score: Double
    var explanation = Explanation()
  }

  func results() throws -> [SearchResult] {
    let files = candidates()
    let rows = try files.keys.map { try view.file($0) }
    let versions = VersionFolders(rows.map(\.path.text))
    var all: [Candidate] = []
    for row in rows {
      let candidates = files[row.id] ?? []
      let path = PathSignals(row, isSuperseded: versions.isSuperseded(row.path.text))
      all += try candidates.map { try judged($0, path) }
    }
    try join(&all)
    let candidates = try defined(all)
    let shown = try spread(candidates).prefix(question.limit)
    var others = others(candidates, than: Set(shown.map(\.unit)))
    return try shown.map { candidate in
      var explanation = candidate.explanation
      explanation.textRank = text.rank(of: candidate.unit)
      explanation.vectorRank = vectors.ranked.firstIndex { $0.unit == candidate.unit }.map { $0 + 1 }
      var result = try view.result(candidate.unit, score: candidate.score, explanation)
      result.others =
        try others.removeValue(forKey: UnitID.file(of: candidate.unit))?.map {
          try view.result($0.unit, score: $0.score, $0.explanation)
        } ?? []
      return result
    }
  }

  /// At most so many other parts of a file are named beside the one that is shown, if they score nearly as much.
  private static let otherLimit = 3
  private static let otherShare = 0.6

  /// By file the best parts that are no results of their own, best first.
  private func others(_ candidates: [Candidate], than shown: Set<Int64>) -> [Int64: [Candidate]] {
    Dictionary(grouping: candidates) { UnitID.file(of: $0.unit) }.mapValues { own in
      let floor = Self.otherShare * (own.lazy.map(\.score).max() ?? 0)
      return Array(
        own.filter { $0.score >= floor && !shown.contains($0.unit) && UnitID.kind(of: $0.unit) != .file }
          .sorted(by: precedes).prefix(Self.otherLimit))
    }
  }

  // MARK: - Channels

  /// By file the units that the channels alone put first, best first, and every definition of a name asked for.
  private func candidates() -> [Int64: [Candidate]] {
    let weight = vectors.ranked.isEmpty ? 0 : vectorWeight
    let unitShares = vectorShares()
    let fileShares = vectors.files
    var scores: [Int64: Double] = [:]
    func fileScore(_ unit: Int64) -> Double {
      let file = UnitID.file(of: unit)
      let text = text.best > 0 ? self.text.files[file, default: 0] / self.text.best : 0
      return fileText * text + weight * weights.fileVector * fileShares[file, default: 0]
    }
    for (unit, score) in text.units {
      scores[unit] = (1 - fileText) * score / text.best + fileScore(unit)
    }
    for (unit, share) in unitShares {
      scores[unit, default: fileScore(unit)] += weight * (1 - weights.fileVector) * share
    }
    for unit in names.units.keys where scores[unit] == nil { scores[unit] = fileScore(unit) }
    let ranked = scores.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
    var files: [Int64: [Candidate]] = [:]
    for entry in ranked {
      let file = UnitID.file(of: entry.key)
      let count = files[file]?.count
      let isAmongFirst =
        count.map { $0 < (question.wantsMembers ? Self.units.many : Self.units.some) }
        ?? (files.count < Self.files)
      guard isAmongFirst || names.units[entry.key] != nil else { continue }
      var candidate = Candidate(unit: entry.key, score: entry.value / (1 + weight))
      let share = unitShares[entry.key, default: 0]
      let textShare = text.best > 0 ? text.units[entry.key, default: 0] / text.best : 0
      let ownFile = text.best > 0 ? text.files[file, default: 0] / text.best : 0
      candidate.explanation.added = [
        ("text", (1 - fileText) * textShare / (1 + weight)),
        ("file_text", fileText * ownFile / (1 + weight)),
        ("vector", weight * (1 - weights.fileVector) * share / (1 + weight)),
        ("file_vector", weight * weights.fileVector * fileShares[file, default: 0] / (1 + weight)),
      ]
      files[file, default: []].append(candidate)
    }
    return files
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

  /// Cosines between that of the last candidate (0) and that of the first (1).
  private func vectorShares() -> [Int64: Double] {
    guard let first = vectors.ranked.first?.score, let last = vectors.ranked.last?.score else { return [:] }
    return Dictionary(
      vectors.ranked.map { ($0.unit, first > last ? ($0.score - last) / (first - last) : 1) },
      uniquingKeysWith: { first, _ in first })
  }

  // MARK: - Signals

  /// The candidate with what its name and path say.
  private func judged(_ candidate: Candidate, _ path: PathSignals) throws -> Candidate {
    var candidate = candidate
    if UnitID.kind(of: candidate.unit) == .symbol {
      candidate.symbol = try view.snapshot.symbol(candidate.unit)
    }
    func add(_ signal: String, _ effect: Double) {
      guard effect > 0 else { return }
      candidate.score += effect
      candidate.explanation.added.append((signal, effect))
    }
    if let exactness = names.units[candidate.unit] {
      let isAsked = words.kind == .name || names.whole.contains(candidate.unit)
      let weight = isAsked ? weights.definition : weights.definitionInside
      let isNamesake = words.names.contains { QuestionWords.parts($0).joined() == path.joinedStem }
      add("definition", weight * exactness)
      if isNamesake { add("definition_stem", weight * exactness * weights.definitionStem) }
    }
    add("unit_name", weights.unitName * (try unitNames(candidate).map { nameShare($0) }.max() ?? 0))
    add("stem", weights.stem * WordOverlap.share(of: path.stem, in: words, text.rarity))
    add("folder", weights.folder * WordOverlap.count(of: words.words, in: path.folders, text.rarity))
    // Code may come from anywhere.
    if words.kind != .code { demote(&candidate, path) }
    return candidate
  }

  private func unitNames(_ candidate: Candidate) throws -> [String] {
    if let symbol = candidate.symbol?.symbol { return symbol.kind.isNamespace ? [] : [symbol.name] }
    return try view.snapshot.chunk(candidate.unit)?.names ?? []
  }

  /// How much of a name the question has, and how much of the question the name.
  private func nameShare(_ name: String) -> Double {
    let own = QuestionWords.parts(name)
    return WordOverlap.share(of: own, in: words, text.rarity)
      * WordOverlap.count(of: words.words, in: own, text.rarity).squareRoot()
  }

  private func demote(_ candidate: inout Candidate, _ path: PathSignals) {
    func multiply(_ signal: String, _ factor: Double) {
      candidate.score *= factor
      candidate.explanation.multiplied.append((signal, factor))
    }
    let flags = candidate.symbol?.symbol.flags ?? []
    let asks = { (asked: Set<String>) in words.words.contains { asked.contains($0) } }
    if path.traits.contains(.test) || flags.contains(.test),
      !asks(["test", "tests", "testing", "spec", "mock", "fixture"])
    {
      multiply("test", weights.test)
    }
    if path.traits.contains(.example),
      !asks(["example", "examples", "demo", "sample", "benchmark", "tutorial", "docs"])
    {
      multiply("example", weights.example)
    }
    if path.traits.contains(.vendored) || flags.contains(.generated),
      !asks(["vendor", "vendored", "generated"])
    {
      multiply("vendored", weights.vendored)
    }
    if path.traits.contains(.legacy), !asks(["legacy", "compat", "compatibility", "deprecated", "old"]) {
      multiply("legacy", weights.legacy)
    }
    if path.traits.contains(.document), !asks(["documentation", "docs", "readme", "changelog", "guide"]) {
      multiply("document", weights.document)
    }
    if path.traits.contains(.changelog),
      !asks(["changelog", "changes", "history", "news", "release", "releases", "version", "versions"])
    {
      multiply("changelog", weights.changelog)
    }
    if path.traits.contains(.data),
      !asks(["configuration", "config", "settings", "template", "build", "package"])
    {
      multiply("data", weights.data)
    }
    if let kind = candidate.symbol?.symbol.kind, Self.minor.contains(kind), names.units[candidate.unit] == nil
    {
      multiply("minor", weights.minor)
    }
    if path.traits.contains(.reexport) { multiply("reexport", weights.reexport) }
    if path.traits.contains(.stub) { multiply("stub", weights.stub) }
  }

  private static let minor: Set<SymbolKind> = [
    .field, .constant, .enumerator, .variable, .property, .key, .import,
  ]

  // MARK: - Neighbours

  /// Candidates among which references are looked for, and candidates of one name above which it tells nothing.
  private static let joined = 40
  private static let namesakes = 2

  /// What refers to a good candidate, or is referred to by it, is a better one: by name, among the best.
  private func join(_ candidates: inout [Candidate]) throws {
    guard weights.neighbour > 0, words.kind == .words || words.kind == .sentence else { return }
    let best = candidates.indices.filter { candidates[$0].symbol?.symbol.kind.isReferable == true }
      .sorted { precedes(candidates[$0], candidates[$1]) }.prefix(Self.joined)
    let named = Dictionary(grouping: best) { candidates[$0].symbol?.symbol.name ?? "" }
      .filter { $0.value.count <= Self.namesakes }
    let owners = Dictionary(grouping: best) { candidates[$0].symbol?.symbol.id ?? StableID("") }
    let names = NameHashes(named.keys)
    var highest: [Int: Double] = [:]
    for file in Set(best.map { UnitID.file(of: candidates[$0].unit) }) {
      for reference in try view.snapshot.references(of: file).unpack(mentioning: names) {
        for owner in owners[reference.owner] ?? [] {
          for target in named[reference.name] ?? [] where target != owner {
            highest[owner] = max(highest[owner] ?? 0, candidates[target].score)
            highest[target] = max(highest[target] ?? 0, candidates[owner].score)
          }
        }
      }
    }
    for (index, score) in highest {
      let product = candidates[index].explanation.multiplied.reduce(1) { $0 * $1.effect }
      candidates[index].explanation.added.append(("neighbour", weights.neighbour * score))
      candidates[index].score += weights.neighbour * score * product
    }
  }

  // MARK: - Order

  /// A declaration gives its place to its definition, where the filter lets that through.
  private func defined(_ candidates: [Candidate]) throws -> [Candidate] {
    var best: [Int64: Candidate] = [:]
    for var candidate in candidates {
      if let symbol = candidate.symbol?.symbol, symbol.flags.contains(.declarationOnly) {
        let rows = try view.snapshot.symbols(id: symbol.id).filter {
          !$0.symbol.flags.contains(.declarationOnly)
        }
        if let row = try rows.first(where: { question.filter.accepts(try view.found($0)) }) {
          candidate.unit = row.id
          candidate.symbol = row
        }
      }
      if let other = best[candidate.unit], other.score >= candidate.score { continue }
      best[candidate.unit] = candidate
    }
    return Array(best.values)
  }

  /// Best first, each further part of a file counting less; of parts that lie in each other only the best.
  private func spread(_ candidates: [Candidate]) throws -> [Candidate] {
    var all: [Candidate] = []
    for (_, own) in Dictionary(grouping: candidates, by: { UnitID.file(of: $0.unit) }) {
      var kept: [Candidate] = []
      for var candidate in own.sorted(by: precedes) {
        let isWhole = UnitID.kind(of: candidate.unit) == .file
        if isWhole ? own.count > 1 : kept.contains(where: { isNested($0, candidate) }) { continue }
        var factor = 1.0
        for _ in kept { factor *= weights.furtherPart }
        if factor < 1 {
          candidate.score *= factor
          candidate.explanation.multiplied.append(("further_part", factor))
        }
        kept.append(candidate)
      }
      all += kept
    }
    return try all.map { (candidate: $0, path: try view.file(UnitID.file(of: $0.unit)).path) }.sorted {
      if $0.candidate.score != $1.candidate.score { return $0.candidate.score > $1.candidate.score }
      return $0.path == $1.path ? $0.candidate.unit < $1.candidate.unit : $0.path < $1.path
    }.map(\.candidate)
  }

  private func precedes(_ left: Candidate, _ right: Candidate) -> Bool {
    left.score == right.score ? left.unit < right.unit : left.score > right.score
  }

  private func isNested(_ left: Candidate, _ right: Candidate) -> Bool {
    if question.wantsMembers, left.symbol?.symbol.kind.isCallable != right.symbol?.symbol.kind.isCallable {
      return false
    }
    guard let left = left.symbol?.symbol.range, let right = right.symbol?.symbol.range else { return false }
    return (left.start.offset <= right.start.offset && right.end.offset <= left.end.offset)
      || (right.start.offset <= left.start.offset && left.end.offset <= right.end.offset)
  }
}

extension SymbolKind {
  /// Code refers to it by its name.
  fileprivate var isReferable: Bool { isCallable || isType }
}
