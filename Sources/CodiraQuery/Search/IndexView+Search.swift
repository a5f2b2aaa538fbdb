import CodiraModel
import CodiraStore

extension IndexView {
  /// Answers a question by words, by meaning, or by both, and by what symbols and paths say.
  ///
  /// Where there are no vectors or no model a hybrid question is answered by words; a semantic one fails, and is
  /// answered by cosine alone where there are.
  package func search(_ question: SearchQuestion, encoder: some QuestionEncoder) throws -> SearchAnswer {
    var question = question
    if !question.isCode {
      let read = QuestionFilters(question.text, adding: question.filter)
      question.text = read.text
      question.filter = read.filter
    }
    let words =
      question.isCode
      ? QuestionWords(code: question.text, weights: question.weights)
      : QuestionWords(question.text, weights: question.weights)
    var answer = SearchAnswer(results: [], mode: question.mode, kind: words.kind, missingVectors: 0)
    let filter = try acceptance(of: question.filter)
    let accept = filter ?? { _ in true }
    var vectors = VectorChannel()
    if question.mode != .lexical, !question.text.isEmpty {
      do {
        guard let set = try snapshot.activeVectorSet() else { throw QueryError.noVectors }
        answer.missingVectors = try snapshot.missingVectorCount(in: set.id)
        if question.mode == .hybrid { try requireMostVectors(answer.missingVectors) }
        vectors = try VectorChannel(
          try encode(question.text, encoder, for: set), set: set, in: snapshot, limit: SearchQuestion.pool,
          exact: max(SearchQuestion.exact, question.limit), accept: filter)
      } catch let error as QueryError where question.mode == .hybrid {
        answer.mode = .lexical
        answer.reason = error.reason
      }
    }
    if question.text.isEmpty {
      answer.search = try fruitless(question, name: nil)
      return answer
    }
    if question.mode == .semantic {
      answer.results = try vectors.ranked.prefix(question.limit).enumerated().map { rank, found in
        var explanation = Explanation()
        explanation.vectorRank = rank + 1
        return try result(found.unit, score: found.score, explanation)
      }
      return answer
    }
    let text = try LexicalChannel(words.terms, in: snapshot, accept: accept)
    let names =
      question.isCode
      ? NameChannel() : try NameChannel(words.names, question: question.text, in: snapshot, accept: accept)
    // What is written as no word of a language is means nothing where nothing has it.
    let isUnknownName =
      words.kind == .name && text.units.isEmpty && names.units.isEmpty
      && QuestionWords.looksLikeName(question.text, isFirst: true)
    let ranker = Ranker(
      view: self, question: question, words: words, text: text,
      vectors: isUnknownName ? VectorChannel() : vectors, names: names)
    answer.results = try ranker.results()
    if answer.results.isEmpty { answer.search = try fruitless(question, name: words.names.first) }
    return answer
  }

  private func fruitless(_ question: SearchQuestion, name: String?) throws -> FruitlessSearch {
    let all = try snapshot.fileCount()
    let files = try question.filter.files(in: snapshot)?.count ?? all
    var search = FruitlessSearch(
      files: files, allFiles: all, nearest: try name.map { try nearestNames($0) } ?? [])
    if files == 0, let language = question.filter.language {
      let rows = try snapshot.files()
      if !rows.contains(where: { SymbolFilter(language: language).accepts($0) }) {
        search.languages = Set(rows.map(\.language)).filter { !$0.isEmpty }.sorted()
      }
    }
    return search
  }

  /// Whether a unit may be in the answer: filters count before any cut; nil where every unit may.
  func acceptance(of filter: SymbolFilter) throws -> ((Int64) throws -> Bool)? {
    let files = try filter.files(in: snapshot)
    if files == nil, filter.kinds.isEmpty { return nil }
    return { [snapshot] unit in
      if let files, !files.contains(UnitID.file(of: unit)) { return false }
      if filter.kinds.isEmpty { return true }
      guard UnitID.kind(of: unit) == .symbol, let row = try snapshot.symbol(unit) else { return false }
      return filter.accepts(row.symbol.kind)
    }
  }

  /// The place that a unit's number stands for.
  func result(_ unit: Int64, score: Double, _ explanation: Explanation) throws -> SearchResult {
    let file = try file(UnitID.file(of: unit))
    let found: SearchResult.Unit? =
      switch UnitID.kind(of: unit) {
      case .symbol: try snapshot.symbol(unit).map { .symbol($0) }
      case .chunk: try snapshot.chunk(unit).map { .chunk($0) }
      case .file: .file
      }
    guard let found else { throw QueryError.inconsistent("full text names \(unit), which has no row") }
    return SearchResult(unit: found, file: file, score: score, explanation: explanation)
  }

  /// The few texts that have a vector would outrank all others.
  private func requireMostVectors(_ missing: Int) throws {
    guard missing > 0 else { return }
    let count = try snapshot.payloadCount()
    if 2 * missing > count { throw QueryError.fewVectors(missing: missing, of: count) }
  }

  private func encode(_ text: String, _ encoder: some QuestionEncoder, for set: VectorSet) throws -> [Float] {
    guard let vector = try encoder.vector(of: text, for: set) else {
      throw QueryError.modelMissing(identity: set.identity)
    }
    return vector
  }
}

extension QueryError {
  /// Why vectors could not be used, in words.
  package var reason: String {
    switch self {
    case .noVectors: "the index has no vectors"
    case .fewVectors(let missing, let count): "\(missing) of \(count) texts have no vector yet"
    case .modelMissing: "the model that made the index's vectors is not installed"
    case .unknownFile(let path, _): "\(path) is not in the index"
    case .notEmbedded(let name): "\(name) has no vector"
    case .inconsistent(let what): what
    }
  }
}

extension String {
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return String(text)
  }
}
