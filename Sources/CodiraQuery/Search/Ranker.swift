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
    var all: [Candidate] = []
    for row in rows {
      let candidates = files[row.id] ?? []
      let path = PathSignals(row, isSuperseded: versions.isSuperseded(row.path.text))
      all += try candidates.map { try judged($0, path) }
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
}
