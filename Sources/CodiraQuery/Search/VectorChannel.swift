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
  /// The same in the order of units.
  private(set) var pool: [(unit: Int64, score: Double)] = []
  /// Between the file at `lastFile` (0) and the best one (1).
  private(set) var files: [Int64: Double] = [:]
  private static let lastFile = 60

  init() {}

  /// One pass over all vectors of the set; what `accept` refuses counts not at all, nil accepts all.
  ///
  /// The `exact` first, and a few behind them, have their cosines to the last bit; the others to within what a byte a
  /// value can tell.
  init(
    _ question: [Float], set: VectorSet, in snapshot: Snapshot, limit: Int, exact: Int,
    accept: ((Int64) throws -> Bool)?
  ) throws {
    guard question.count == set.dimension else { return }
    let (codes, isStored) = try snapshot.vectorCodes(of: set)
    guard let codes else { return }
    do {
      var scan = try VectorScan(question, codes, accept: accept)
      try take(&scan, limit: limit, exact: exact) { try snapshot.vector(of: $0, in: set.id) }
    } catch VectorScan.Failure.missing where isStored {
      guard let made = try VectorCodes.make(of: set, in: snapshot) else { return }
      var scan = try VectorScan(question, made, accept: accept)
      try take(&scan, limit: limit, exact: exact) { try snapshot.vector(of: $0, in: set.id) }
    }
  }

  private mutating func take(
    _ scan: inout VectorScan, limit: Int, exact: Int, vector: (Int64) throws -> [UInt8]?
  ) throws {
    let best = try scan.best(limit, exact: exact, vector: vector)
    ranked = best.map { (unit: scan.codes.units[$0], score: Double(scan.scores[$0])) }
    pool = best.sorted().map { (unit: scan.codes.units[$0], score: Double(scan.scores[$0])) }
    var sums: [(file: Int64, sum: Double)] = []
    var own = FileScores()
    for (row, unit) in scan.codes.units.enumerated() where !scan.scores[row].isNaN {
      if UnitID.file(of: unit) != own.file {
        sums.append((own.file, own.sum))
        own = FileScores(file: UnitID.file(of: unit))
      }
      own.offer(Double(scan.scores[row]))
    }
    sums.append((own.file, own.sum))
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
}
