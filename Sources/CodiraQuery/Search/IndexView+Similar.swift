import CodiraModel
import CodiraStore

extension IndexView {
  /// What comes nearest in meaning to a symbol, best first, by cosine: not itself, nothing it lies in, nothing in it.
  ///
  /// `found` are the rows of one symbol.
  package func similar(to found: [FoundSymbol], filter: SymbolFilter, limit: Int) throws -> SearchAnswer {
    guard let set = try snapshot.activeVectorSet() else { throw QueryError.noVectors }
    guard let payload = found.lazy.compactMap(\.row.payload).first,
      let bytes = try snapshot.vector(of: payload, in: set.id)
    else {
      throw QueryError.notEmbedded(name: found.first?.symbol.qualifiedName ?? "")
    }
    let vector = bytes.withUnsafeBytes { bytes in
      (0..<set.dimension).map { bytes.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
    }
    let accept = try acceptance(of: filter)
    let own = Set(found.map { UnitID.file(of: $0.row.id) })
    let channel = try VectorChannel(
      vector, set: set, in: snapshot, limit: SearchQuestion.pool, exact: max(SearchQuestion.exact, limit)
    ) { [snapshot] unit in
      if let accept, try !accept(unit) { return false }
      guard own.contains(UnitID.file(of: unit)), UnitID.kind(of: unit) == .symbol else { return true }
      guard let row = try snapshot.symbol(unit) else { return false }
      return !found.contains {
        $0.row.id == unit || ($0.row.file == row.file && $0.symbol.overlaps(row.symbol))
      }
    }
    var answer = SearchAnswer(
      results: [], mode: .semantic, kind: .code, missingVectors: try snapshot.missingVectorCount(in: set.id))
    answer.results = try channel.ranked.prefix(limit).enumerated().map { rank, found in
      var explanation = Explanation()
      explanation.vectorRank = rank + 1
      return try result(found.unit, score: found.score, explanation)
    }
    return answer
  }
}

extension Symbol {
  fileprivate func overlaps(_ other: Symbol) -> Bool {
    range.start.offset < other.range.end.offset && other.range.start.offset < range.end.offset
  }
}
