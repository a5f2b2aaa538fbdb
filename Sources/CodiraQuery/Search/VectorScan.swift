import CodiraEmbedding
import CodiraStore
import Glibc

/// What every row of an index's codes has with a question, and which are the best.
///
/// The first pass multiplies whole numbers, on all cores where there is much to do, so it gives the same on any of
/// them. `best` then looks at the vectors themselves.
package struct VectorScan {
  package enum Failure: Error {
    /// Codes of a vector that the database does not have: they are not its own.
    case missing(payload: Int64)
  }

  package let codes: VectorCodes
  /// By row: the cosine, or nearly; not a number for a row that was refused.
  package private(set) var scores: [Float]
  private let question: [Float]
  private let bound: Float
  /// Rows that a thread takes at a time, and from how many on a second thread is worth its start.
  private static let share = 4096
  private static let few = 2 * share

  package init(_ question: [Float], _ codes: VectorCodes, accept: ((Int64) throws -> Bool)?) throws {
    self.codes = codes
    self.question = question
    let coded = CodedQuestion(question)
    bound = codes.bound(coded)
    let jobs = (codes.count + Self.share - 1) / Self.share
    let threads = codes.count < Self.few ? 1 : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    scores = [Float](unsafeUninitializedCapacity: codes.count) { buffer, count in
      let target = Scores(start: buffer.baseAddress)
      concurrently(jobs: jobs, threads: threads) { _, job in
        guard let start = target.start else { return }
        let rows = job * Self.share..<min((job + 1) * Self.share, codes.count)
        codes.products(of: coded, rows: rows, into: start + rows.lowerBound)
      }
      count = codes.count
    }
    guard let accept else { return }
    for (row, unit) in codes.units.enumerated() where try !accept(unit) { scores[row] = .nan }
  }

  /// The `limit` best rows, best first, of equal ones the first; the `exact` best of them are the best there are.
  ///
  /// A row's product is within `bound` of its cosine. So rows are looked at exactly in the order of their products until
  /// the next one's, and `bound` more, is less than the last of the `exact` best cosines seen: no further row can
  /// have a higher one.
  package mutating func best(_ limit: Int, exact: Int, vector: (Int64) throws -> [UInt8]?) throws -> [Int] {
    var order = ranked(limit)
    var seen = TopScores(limit: exact)
    var next = 0
    while true {
      if next == order.count {
        guard order.count < scores.count, order.count == limit else { break }
        // Very many rows are nearly the same: look through all of them.
        order = ranked(scores.count)
        if next >= order.count { break }
      }
      let row = order[next]
      if let last = seen.last, scores[row] + bound < last { break }
      let payload = codes.payloads[row]
      guard let bytes = try vector(payload), bytes.count == question.count * 4 else {
        throw Failure.missing(payload: payload)
      }
      exactScores.append((row, bytes.withUnsafeBytes { Self.dot($0, question) }))
      seen.offer(exactScores[next].score)
      next += 1
    }
    for (row, score) in exactScores { scores[row] = score }
    return ranked(limit)
  }

  private var exactScores: [(row: Int, score: Float)] = []

  /// The rows of the highest scores, highest first, of equal ones the first.
  private func ranked(_ limit: Int) -> [Int] {
    let lowest = Self.floor(of: scores, above: limit)
    var keys: [UInt64] = []
    keys.reserveCapacity(min(2 * limit, scores.count))
    for (row, score) in scores.enumerated() {
      let place = Self.place(score)
      if place >= lowest, !score.isNaN { keys.append(UInt64(~place) << 32 | UInt64(row)) }
    }
    keys.sort()
    return keys.prefix(limit).map { Int($0 & 0xFFFF_FFFF) }
  }

  /// A place that at least `limit` scores reach, and not many more: the lower end of a bucket.
  private static func floor(of scores: [Float], above limit: Int) -> UInt32 {
    guard scores.count > limit else { return 0 }
    var counts = [Int](repeating: 0, count: 1 << 16)
    for score in scores where !score.isNaN { counts[Int(place(score) >> 16)] += 1 }
    var count = 0
    for bucket in counts.indices.reversed() {
      count += counts[bucket]
      if count >= limit { return UInt32(bucket) << 16 }
    }
    return 0
  }

  /// A whole number that is higher for a higher score.
  private static func place(_ score: Float) -> UInt32 {
    let bits = (score + 0).bitPattern  // no negative zero
    return bits & 0x8000_0000 == 0 ? bits | 0x8000_0000 : ~bits
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

/// The last of the so many highest scores offered, once there are that many.
private struct TopScores {
  let limit: Int
  private var kept: [Float] = []

  init(limit: Int) { self.limit = max(1, limit) }

  var last: Float? { kept.count == limit ? kept.last : nil }

  mutating func offer(_ score: Float) {
    if let last, score <= last { return }
    let place = kept.firstIndex { $0 < score } ?? kept.count
    kept.insert(score, at: place)
    if kept.count > limit { kept.removeLast() }
  }
}

/// Where the scores go; each job writes its own.
private struct Scores: @unchecked Sendable {
  let start: UnsafeMutablePointer<Float>?
}
