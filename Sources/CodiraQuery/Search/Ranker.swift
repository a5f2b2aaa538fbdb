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
  private let overlap: WordOverlap
  /// Kinds of files that the question has a word for: they are not demoted.
  private let asked: PathSignals.Traits
  /// The names of the question as a file would be named after them.
  private let stems: [String]

  init(
    view: IndexView, question: SearchQuestion, words: QuestionWords, text: LexicalChannel,
    vectors: VectorChannel, names: NameChannel
  ) {
    self.view = view
    self.question = question
    self.words = words
    self.text = text
    self.vectors = vectors
    self.names = names
    overlap = WordOverlap(words, rarity: text.rarity)
    asked = PathSignals.Traits(askedBy: words.words)
    stems = words.names.map { QuestionWords.parts($0).joined() }
  }

  var weights: RankingWeights { question.weights }

  /// A unit on its way into the answer.
  struct Candidate {
    var unit: Int64
    var symbol: SymbolRow? {
      get { row?.value }
      set { row = newValue.map { Row($0) } }
    }
    var score: Double
    var explanation = Explanation()
    private var row: Row?

    init(unit: Int64, score: Double) {
      self.unit = unit
      self.score = score
    }

    /// Candidates are moved about; what they are is not.
    private final class Row {
      let value: SymbolRow

      init(_ value: SymbolRow) { self.value = value }
    }
  }

  func results() throws -> [SearchResult] {
    let files = candidates()
    let rows = try files.keys.map { try view.file($0) }
    let versions = VersionFolders(rows.map(\.path.text))
    var all = try withSymbols(rows.flatMap { files[$0.id] ?? [] })
    var next = 0
    for row in rows {
      let path = JudgedPath(PathSignals(row, isSuperseded: versions.isSuperseded(row.path.text)), by: self)
      for _ in files[row.id] ?? [] {
        try judge(&all[next], path)
        next += 1
      }
    }
    try join(&all)
    let candidates = try defined(all)
    let shown = try spread(candidates).prefix(question.limit)
    var others = others(candidates, than: Array(shown))
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

  /// The candidates with what is read of those that are symbols: no texts, which only answers show.
  private func withSymbols(_ candidates: [Candidate]) throws -> [Candidate] {
    var candidates = candidates
    let places = candidates.indices.filter { UnitID.kind(of: candidates[$0].unit) == .symbol }
    let symbols = try view.snapshot.symbols(rows: places.map { candidates[$0].unit }, .outline)
    for (place, symbol) in zip(places, symbols) { candidates[place].symbol = symbol }
    return candidates
  }

  /// What a file's path says to the question, the same for all its candidates.
  private struct JudgedPath {
    let traits: PathSignals.Traits
    let stem: Double
    let folder: Double
    /// Whether the file is named after a name of the question.
    let isNamesake: Bool

    init(_ path: PathSignals, by ranker: Ranker) {
      traits = path.traits
      stem = ranker.weights.stem * ranker.overlap.share(of: path.stem)
      folder = ranker.weights.folder * ranker.overlap.count(in: path.folders)
      isNamesake = ranker.stems.contains(path.joinedStem)
    }
  }

  /// Adds what the candidate's name and path say.
  private func judge(_ candidate: inout Candidate, _ path: JudgedPath) throws {
    func add(_ signal: String, _ effect: Double) {
      guard effect > 0 else { return }
      candidate.score += effect
      candidate.explanation.added.append((signal, effect))
    }
    if let exactness = names.units[candidate.unit] {
      let isAsked = words.kind == .name || names.whole.contains(candidate.unit)
      let weight = isAsked ? weights.definition : weights.definitionInside
      add("definition", weight * exactness)
      if path.isNamesake { add("definition_stem", weight * exactness * weights.definitionStem) }
    }
    add("unit_name", weights.unitName * (try unitNames(candidate).map { nameShare($0) }.max() ?? 0))
    add("stem", path.stem)
    add("folder", path.folder)
    // Code may come from anywhere.
    if words.kind != .code { demote(&candidate, path.traits) }
  }

  private func unitNames(_ candidate: Candidate) throws -> [String] {
    if let symbol = candidate.symbol?.symbol { return symbol.kind.isNamespace ? [] : [symbol.name] }
    return try view.snapshot.chunk(candidate.unit)?.names ?? []
  }

  /// How much of a name the question has, and how much of the question the name.
  private func nameShare(_ name: String) -> Double {
    let own = QuestionWords.parts(name)
    let share = overlap.share(of: own)
    return share == 0 ? 0 : share * overlap.count(in: own).squareRoot()
  }

  private func demote(_ candidate: inout Candidate, _ traits: PathSignals.Traits) {
    func multiply(_ signal: String, _ factor: Double) {
      candidate.score *= factor
      candidate.explanation.multiplied.append((signal, factor))
    }
    var demoted = traits
    let flags = candidate.symbol?.symbol.flags ?? []
    if flags.contains(.test) { demoted.insert(.test) }
    if flags.contains(.generated) { demoted.insert(.vendored) }
    demoted.subtract(asked)
    if demoted.contains(.test) { multiply("test", weights.test) }
    if demoted.contains(.example) { multiply("example", weights.example) }
    if demoted.contains(.vendored) { multiply("vendored", weights.vendored) }
    if demoted.contains(.legacy) { multiply("legacy", weights.legacy) }
    if demoted.contains(.document) { multiply("document", weights.document) }
    if demoted.contains(.changelog) { multiply("changelog", weights.changelog) }
    if demoted.contains(.data) { multiply("data", weights.data) }
    if let kind = candidate.symbol?.symbol.kind, Self.minor.contains(kind), names.units[candidate.unit] == nil
    {
      multiply("minor", weights.minor)
    }
    if demoted.contains(.reexport) { multiply("reexport", weights.reexport) }
    if demoted.contains(.stub) { multiply("stub", weights.stub) }
  }

  private static let minor: Set<SymbolKind> = [
    .field, .constant, .enumerator, .variable, .property, .key, .import,
  ]
}

extension PathSignals.Traits {
  /// The kinds of files that one of the words speaks of.
  fileprivate init(askedBy words: [String]) {
    self = []
    for (trait, names) in Self.names where words.contains(where: { names.contains($0) }) { insert(trait) }
  }

  private static let names: [(PathSignals.Traits, Set<String>)] = [
    (.test, ["test", "tests", "testing", "spec", "mock", "fixture"]),
    (.example, ["example", "examples", "demo", "sample", "benchmark", "tutorial", "docs"]),
    (.vendored, ["vendor", "vendored", "generated"]),
    (.legacy, ["legacy", "compat", "compatibility", "deprecated", "old"]),
    (.document, ["documentation", "docs", "readme", "changelog", "guide"]),
    (.changelog, ["changelog", "changes", "history", "news", "release", "releases", "version", "versions"]),
    (.data, ["configuration", "config", "settings", "template", "build", "package"]),
  ]
}
