import CodiraModel
import CodiraStore

/// Turns a question into a vector with the model that made a set's vectors.
package protocol QuestionEncoder {
  /// nil where that model is not at hand.
  func vector(of text: String, for set: VectorSet) throws -> [Float]?
}

extension IndexView {
  /// Symbols whose text means what the question asks, by cosine, best first.
  ///
  /// One pass over all vectors of the set. Filters count before the cut.
  func semantic(
    _ question: SearchQuestion, files: Set<Int64>?, set: VectorSet, vector: [Float]
  ) throws -> [(symbol: Int64, score: Double)] {
    var symbols: [Int64: [Int64]] = [:]
    for (symbol, payload) in try snapshot.symbolPayloads() {
      if let files, !files.contains(symbol >> IndexView.ordinalBits) { continue }
      symbols[payload, default: []].append(symbol)
    }
    var best = TopScores(limit: question.filter.kinds.isEmpty ? question.pool : Int.max)
    try snapshot.forEachVector(in: set.id) { payload, bytes in
      guard symbols[payload] != nil, bytes.count == vector.count * 4 else { return }
      best.offer(payload, Self.dot(bytes, vector))
    }
    var found: [(symbol: Int64, score: Double)] = []
    for (payload, score) in best.sorted() {
      for symbol in symbols[payload] ?? [] {
        if !question.filter.kinds.isEmpty {
          guard let row = try snapshot.symbol(symbol), question.filter.accepts(row.symbol.kind) else {
            continue
          }
        }
        found.append((symbol, Double(score)))
      }
      if found.count >= question.pool { break }
    }
    return found
  }

  /// Both are of length one, so the product is the cosine.
  private static func dot(_ bytes: UnsafeRawBufferPointer, _ vector: [Float]) -> Float {
    var sums = SIMD8<Float>(repeating: 0)
    var index = 0
    return vector.withUnsafeBytes { other in
      while index + 8 <= vector.count {
        sums +=
          bytes.loadUnaligned(fromByteOffset: index * 4, as: SIMD8<Float>.self)
          * other.loadUnaligned(fromByteOffset: index * 4, as: SIMD8<Float>.self)
        index += 8
      }
      var sum = sums.sum()
      while index < vector.count {
        sum +=
          bytes.loadUnaligned(fromByteOffset: index * 4, as: Float.self)
          * other.loadUnaligned(fromByteOffset: index * 4, as: Float.self)
        index += 1
      }
      return sum
    }
  }
}

/// The highest scores of many, of equal ones those with the lowest number.
struct TopScores {
  let limit: Int
  private var kept: [(id: Int64, score: Float)] = []
  private var floor = -Float.infinity

  init(limit: Int) { self.limit = limit }

  mutating func offer(_ id: Int64, _ score: Float) {
    guard score > floor || kept.count < limit else { return }
    kept.append((id, score))
    guard limit < Int.max / 2, kept.count >= 2 * limit else { return }
    kept = Array(sorted().prefix(limit))
    floor = kept.last?.score ?? floor
  }

  func sorted() -> [(id: Int64, score: Float)] {
    let all = kept.sorted { $0.score == $1.score ? $0.id < $1.id : $0.score > $1.score }
    return Array(all.prefix(limit))
  }
}
