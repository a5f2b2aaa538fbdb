import CodiraModel
import CodiraStore

extension IndexView {
  /// Answers a question by words, by meaning, or by both.
  ///
  /// Both means reciprocal rank fusion, with definitions of exactly the asked name before everything. Where
  /// there are no vectors or no model a hybrid question is answered by words; a semantic one fails.
  package func search(_ question: SearchQuestion, encoder: some QuestionEncoder) throws -> SearchAnswer {
    let files = try question.filter.files(in: snapshot)
    var answer = SearchAnswer(results: [], mode: question.mode, missingVectors: 0)
    var fusion = RankFusion()
    if question.mode != .lexical {
      do {
        let (set, vector) = try encode(question.text, encoder)
        let found = try semantic(question, files: files, set: set, vector: vector)
        if question.mode == .semantic {
          answer.results = try results(found.map { ($0.symbol, $0.score) }, question)
        }
        fusion.add(found.map(\.symbol))
        answer.missingVectors = try snapshot.payloadsWithoutVector(in: set.id).count
      } catch let error as QueryError where question.mode == .hybrid {
        answer.mode = .lexical
        answer.reason = error.reason
      }
    }
    if question.mode == .semantic { return answer }
    fusion.add(try lexical(question, files: files))
    fusion.putFirst(try definitions(question))
    answer.results = try results(fusion.ranked(), question)
    return answer
  }

  /// The best rows; a declaration gives its place to its definition.
  private func results(
    _ ranked: [(symbol: Int64, score: Double)], _ question: SearchQuestion
  ) throws -> [FoundSymbol] {
    var results: [FoundSymbol] = []
    var seen: Set<Int64> = []
    for (symbol, score) in ranked where results.count < question.limit {
      var best = try found(try row(symbol), score: score)
      if best.symbol.flags.contains(.declarationOnly) {
        let definitions = try snapshot.symbols(id: best.symbol.id)
          .filter { !$0.symbol.flags.contains(.declarationOnly) }.map { try self.found($0, score: score) }
        best = definitions.first { question.filter.accepts($0) } ?? best
      }
      if seen.insert(best.row.id).inserted { results.append(best) }
    }
    return results
  }

  private func encode(_ text: String, _ encoder: some QuestionEncoder) throws -> (VectorSet, [Float]) {
    guard let set = try snapshot.activeVectorSet() else { throw QueryError.noVectors }
    guard let vector = try encoder.vector(of: text, for: set) else {
      throw QueryError.modelMissing(identity: set.identity)
    }
    return (set, vector)
  }

  private func row(_ symbol: Int64) throws -> SymbolRow {
    guard let row = try snapshot.symbol(symbol) else {
      throw QueryError.inconsistent("the text index names symbol \(symbol), which has no row")
    }
    return row
  }
}

extension QueryError {
  /// Why vectors could not be used, in words.
  package var reason: String {
    switch self {
    case .noVectors: "the index has no vectors"
    case .modelMissing: "the model that made the index's vectors is not installed"
    case .unknownFile(let path, _): "\(path) is not in the index"
    case .inconsistent(let what): what
    }
  }
}

/// Reciprocal rank fusion: 1 / (60 + rank) from each list, summed.
struct RankFusion {
  private static let constant = 60.0
  private var scores: [Int64: Double] = [:]

  mutating func add(_ ranked: [Int64]) {
    for (rank, symbol) in ranked.enumerated() {
      scores[symbol, default: 0] += 1 / (Self.constant + Double(rank + 1))
    }
  }

  /// Above everything else, in this order.
  mutating func putFirst(_ symbols: [Int64]) {
    for (rank, symbol) in symbols.enumerated() {
      scores[symbol, default: 0] += 1 + 1 / (Self.constant + Double(rank + 1))
    }
  }

  func ranked() -> [(symbol: Int64, score: Double)] {
    scores.map { (symbol: $0.key, score: $0.value) }
      .sorted { $0.score == $1.score ? $0.symbol < $1.symbol : $0.score > $1.score }
  }
}
