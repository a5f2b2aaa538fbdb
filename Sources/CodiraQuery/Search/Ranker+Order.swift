import CodiraModel
import CodiraStore

extension Ranker {
  /// Candidates among which references are looked for, and candidates of one name above which it tells nothing.
  private static let joined = 40
  private static let namesakes = 2

  /// What refers to a good candidate of another file, or is referred to by it, is a better one: by name, among the
  /// best.
  func join(_ candidates: inout [Candidate]) throws {
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
          for target in named[reference.name] ?? []
          where UnitID.file(of: candidates[target].unit) != file {
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

  /// A declaration gives its place to its definition, where the filter lets that through.
  func defined(_ candidates: [Candidate]) throws -> [Candidate] {
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
  func spread(_ candidates: [Candidate]) throws -> [Candidate] {
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

  /// At most so many other parts of a file are named beside the one that is shown, if they score nearly as much.
  private static let otherLimit = 3
  private static let otherShare = 0.6

  /// By file the best parts that are no results of their own, best first; no type around a result, or field in it.
  func others(_ candidates: [Candidate], than shown: [Candidate]) -> [Int64: [Candidate]] {
    let units = Set(shown.map(\.unit))
    let byFile = Dictionary(grouping: shown) { UnitID.file(of: $0.unit) }
    return Dictionary(grouping: candidates) { UnitID.file(of: $0.unit) }.mapValues { own in
      let results = own.first.flatMap { byFile[UnitID.file(of: $0.unit)] } ?? []
      let floor = Self.otherShare * (own.lazy.map(\.score).max() ?? 0)
      return Array(
        own.filter { other in
          other.score >= floor && !units.contains(other.unit) && UnitID.kind(of: other.unit) != .file
            && (other.symbol?.symbol.kind.isCallable == true || !results.contains { isNested($0, other) })
        }.sorted(by: precedes).prefix(Self.otherLimit))
    }
  }
}

extension SymbolKind {
  /// Code refers to it by its name.
  fileprivate var isReferable: Bool { isCallable || isType }
}
