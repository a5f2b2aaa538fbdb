import CodiraModel
import CodiraStore

/// Turns a question into a vector with the model that made a set's vectors.
package protocol QuestionEncoder {
  /// nil where that model is not at hand.
  func vector(of text: String, for set: VectorSet) throws -> [Float]?
}

/// Meaning: the cosine of units' vectors with the question's, the best of them, and of every file the three best
/// together.
struct VectorChannel {
  /// Best first; of equal ones the lowest unit first.
  private(set) var ranked: [(unit: Int64, score: Double)] = []
  /// Between the file at `lastFile` (0) and the best one (1).
  private(set) var files: [Int64: Double] = [:]
  private static let lastFile = 60

  init() {}

  /// One pass over all vectors of the set; what `accept` refuses counts not at all.
  init(
    _ question: [Float], set: VectorSet, in snapshot: Snapshot, limit: Int, accept: (Int64) throws -> Bool
  ) throws {
    // By payload: their numbers are dense.
    var scores: [Float] = []
    try snapshot.forEachVector(in: set.id) { payload, bytes in
      guard bytes.count == question.count * 4 else { return }
      while scores.count <= payload { scores.append(.nan) }
      scores[Int(payload)] = Self.dot(bytes, question)
    }
    var best = TopScores(limit: limit)
    var sums: [(file: Int64, sum: Double)] = []
    var own = FileScores()
    for (unit, payload) in try snapshot.unitPayloads() where payload < scores.count {
      let score = scores[Int(payload)]
      guard !score.isNaN, try accept(unit) else { continue }
      best.offer(unit, score)
      if UnitID.file(of: unit) != own.file {
        sums.append((own.file, own.sum))
        own = FileScores(file: UnitID.file(of: unit))
      }
      own.offer(Double(score))
    }
    sums.append((own.file, own.sum))
    ranked = best.sorted().map { (unit: $0.id, score: Double($0.score)) }
    rank(sums.dropFirst())
  }

  /// The three best units of one file; units come file by file.
  private struct FileScores {
    var file: Int64 = 0
    private var best: (Double, Double, Double) = (0, 0, 0)

    init(file: Int64 = 0) { self.file = file }

    var sum: Double { (4 * best.0 + 2 * best.1 + best.2) / 7 }

    mutating func offer(_ score: Double) {
      if score > best.0 {
        best = (score, best.0, best.1)
      } else if score > best.1 {
        best = (best.0, score, best.1)
      } else if score > best.2 {
        best.2 = score
      }
    }
  }

  private mutating func rank(_ sums: some Sequence<(file: Int64, sum: Double)>) {
    let sorted = sums.map(\.sum).sorted(by: >)
    guard let highest = sorted.first else { return }
    let floor = sorted[min(Self.lastFile, sorted.count - 1)]
    for (file, sum) in sums {
      files[file] = highest > floor ? max(0, (sum - floor) / (highest - floor)) : 1
    }
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
