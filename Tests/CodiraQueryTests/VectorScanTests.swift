import CodiraDigest
import CodiraModel
import CodiraQuery
import CodiraStore
import Foundation
import Testing

@Suite struct VectorScanTests {
  @Test func theBestAreTheBestThereAre() throws {
    let seed = UInt64.random(in: 0 ... .max)
    print("VectorScanTests: seed \(seed)")
    var random = Numbers(seed)
    let dimension = 72
    let center = random.vector(dimension)
    func near(_ share: Float) -> [Float] {
      Numbers.unit(zip(center, random.vector(dimension)).map { $0 + share * $1 })
    }
    var kinds: [[[Float]]] = [
      (0..<1500).map { _ in random.vector(dimension) },
      // All nearly the same: products alone cannot tell them apart.
      (0..<1500).map { _ in near(0.002) },
      (0..<1500).map { $0 % 3 == 0 ? center : near(0.1) },
    ]
    kinds[0][7] = [Float](repeating: 0, count: dimension)
    kinds[0][8] = [1] + [Float](repeating: 0, count: dimension - 1)
    for vectors in kinds {
      let index = try Vectors(vectors)
      for question in [center, near(0.05), random.vector(dimension)] {
        for limit in [60, 1000, 5000] {
          try index.read { snapshot, set in
            let stored = try snapshot.vectorCodes(of: set)
            #expect(stored.isStored)
            try check(snapshot, set, try #require(stored.codes), question, vectors, limit: limit)
          }
        }
      }
    }
  }

  /// The first 50 rows have the 50 highest cosines, computed in double precision.
  private func check(
    _ snapshot: Snapshot, _ set: VectorSet, _ codes: VectorCodes, _ question: [Float], _ vectors: [[Float]],
    limit: Int
  ) throws {
    var scan = try VectorScan(question, codes, accept: nil)
    let bound = codes.bound(CodedQuestion(question))
    let cosines = vectors.map { zip($0, question).reduce(0.0) { $0 + Double($1.0) * Double($1.1) } }
    for (row, cosine) in cosines.enumerated() where abs(Double(scan.scores[row]) - cosine) > Double(bound) {
      Issue.record("row \(row): \(scan.scores[row]) for \(cosine), farther than \(bound)")
    }
    let best = try scan.best(limit, exact: 50) { try snapshot.vector(of: $0, in: set.id) }
    #expect(best.count == min(limit, vectors.count))
    let wanted = cosines.sorted(by: >).prefix(50)
    for (row, cosine) in zip(best, wanted) where abs(cosines[row] - cosine) > 1e-6 {
      Issue.record("\(cosines[row]) stands where \(cosine) belongs")
    }
    for row in best.prefix(50) { #expect(abs(Double(scan.scores[row]) - cosines[row]) < 1e-6) }
  }

  @Test func whatIsRefusedIsNotAmongTheBest() throws {
    var random = Numbers(1)
    let vectors = (0..<400).map { _ in random.vector(32) }
    try Vectors(vectors).read { snapshot, set in
      let codes = try #require(try snapshot.vectorCodes(of: set).codes)
      var scan = try VectorScan(vectors[3], codes) { $0 % 2 == 0 }
      let best = try scan.best(1000, exact: 10) { try snapshot.vector(of: $0, in: set.id) }
      let even = codes.units.filter { $0 % 2 == 0 }
      #expect(best.count == even.count)
      #expect(best.allSatisfy { codes.units[$0] % 2 == 0 })
    }
  }

  @Test func aFileThatIsNotWholeIsNotRead() throws {
    var random = Numbers(2)
    let vectors = (0..<300).map { _ in random.vector(32) }
    let damages: [(inout Data) -> Void] = [
      { $0 = Data() }, { $0.removeLast(1) }, { $0.append(0) }, { $0[0] ^= 1 }, { $0[9] ^= 1 },
      { $0[12] ^= 1 }, { $0[17] ^= 1 }, { $0[23] ^= 0x80 }, { $0 = $0.prefix(40) },
    ]
    for damage in damages {
      let index = try Vectors(vectors)
      let file = try #require(try index.files().first)
      var content = try Data(contentsOf: file)
      damage(&content)
      try content.write(to: file)
      try index.read { snapshot, set in
        let (codes, isStored) = try snapshot.vectorCodes(of: set)
        #expect(!isStored)
        try check(snapshot, set, try #require(codes), vectors[5], vectors, limit: 100)
        let isLacking = try snapshot.lacksVectorCodes()
        #expect(isLacking)
      }
      try index.writer { try $0.writeVectorCodes() }
      try index.read { snapshot, set in
        let isStored = try snapshot.vectorCodes(of: set).isStored
        #expect(isStored)
      }
      #expect(try index.files().count == 1)
    }
  }

  @Test func aChangedByteIsFoundByItsSum() throws {
    var random = Numbers(3)
    let index = try Vectors((0..<50).map { _ in random.vector(32) })
    try index.read { snapshot, set in
      let codes = try snapshot.storedVectorCodes(of: set)
      #expect(codes?.isIntact == true)
    }
    let file = try #require(try index.files().first)
    var content = try Data(contentsOf: file)
    content[content.count - 5] ^= 4
    try content.write(to: file)
    try index.read { snapshot, set in
      let codes = try snapshot.storedVectorCodes(of: set)
      #expect(codes?.isIntact == false)
    }
  }

  @Test func aNewGenerationHasAFileOfItsOwn() throws {
    var random = Numbers(4)
    let vectors = (0..<120).map { _ in random.vector(32) }
    let index = try Vectors(vectors)
    let first = try index.files()
    let more = (0..<60).map { _ in random.vector(32) }
    try index.writer { writer in
      try index.add(more, to: writer)
      try writer.read { snapshot in
        let set = try #require(try snapshot.activeVectorSet())
        let (codes, isStored) = try snapshot.vectorCodes(of: set)
        #expect(!isStored)
        #expect(codes?.count == 180)
      }
      try index.complete(writer)
    }
    let second = try index.files()
    #expect(second.count == 1)
    #expect(second != first)
    try index.read { snapshot, set in
      let (codes, isStored) = try snapshot.vectorCodes(of: set)
      #expect(isStored)
      try check(snapshot, set, try #require(codes), more[1], vectors + more, limit: 100)
    }
    _ = try index.writer { try $0.collectGarbage() }
    try index.read { snapshot, set in
      let (codes, isStored) = try snapshot.vectorCodes(of: set)
      #expect(isStored)
      try check(snapshot, set, try #require(codes), more[1], vectors + more, limit: 100)
    }
    #expect(try index.files().count == 1)
  }
}

/// An index of texts with these vectors, in files of fifty.
private final class Vectors {
  private let folder: URL
  private var location: IndexLocation { IndexLocation(directory: folder.path) }
  private var texts = 0

  init(_ vectors: [[Float]]) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("codira-scan-\(UUID().uuidString)")
    try writer { writer in
      try add(vectors, to: writer)
      try complete(writer)
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func writer<Result>(_ body: (IndexWriter) throws -> Result) throws -> Result {
    try body(try IndexWriter(location, lockTimeout: 1))
  }

  func add(_ vectors: [[Float]], to writer: IndexWriter) throws {
    let first = texts
    try writer.writeStructure { structure in
      for start in stride(from: 0, to: vectors.count, by: 50) {
        let chunks = (start..<min(start + 50, vectors.count)).map { number in
          let text = Array("text \(first + number)".utf8)
          return StoredChunk(
            lines: 1...1, names: [], payload: StoredPayload(hash: SHA256.hash(text), text: text))
        }
        let path = RepositoryPath(text: "f\(first + start)")
        _ = try structure.put(StoredFile(row: FileRow(path: path, status: .unowned), chunks: chunks))
      }
    }
    texts += vectors.count
    let set = try writer.activateVectorSet(
      identity: "test", dimension: vectors[0].count, instructions: "any")
    let payloads = try writer.read { try $0.unitPayloads() }.map(\.payload).suffix(vectors.count)
    try writer.storeVectors(Array(zip(payloads, vectors)).map { (payload: $0, vector: $1) }, in: set.id)
  }

  func complete(_ writer: IndexWriter) throws {
    try writer.setMeta("vectors_complete", String(try writer.read { try $0.generation() }))
    try writer.writeVectorCodes()
  }

  func read(_ body: (Snapshot, VectorSet) throws -> Void) throws {
    try IndexReader(location).read { try body($0, try #require(try $0.activeVectorSet())) }
  }

  func files() throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.lastPathComponent.hasPrefix("vectors-") }
  }
}

private struct Numbers {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func vector(_ dimension: Int) -> [Float] {
    Self.unit(
      (0..<dimension).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Float(state >> 40) / Float(1 << 23) - 1
      })
  }

  static func unit(_ vector: [Float]) -> [Float] {
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return vector.map { $0 / length }
  }
}
