import CodiraModel
import CodiraStore
import Foundation
import Testing

@Suite struct IndexReadersTests {
  private func generation(of readers: IndexReaders) throws -> Int64 {
    try readers.read { try $0.generation() }
  }

  @Test func everyReadSeesTheNewestGeneration() throws {
    let index = try ScratchIndex()
    let readers = IndexReaders(index.location)
    #expect(throws: StoreError.self) { try generation(of: readers) }
    for number in 1...3 as ClosedRange<Int64> {
      let writer = try IndexWriter(index.location, lockTimeout: 1)
      try writer.writeStructure { _ in }
      #expect(try generation(of: readers) == number)
      #expect(try generation(of: readers) == number)
    }
  }

  @Test func aDatabaseThatIsMadeAnewIsOpenedAnew() throws {
    let index = try ScratchIndex()
    let readers = IndexReaders(index.location)
    for _ in 0..<2 {
      try IndexWriter(index.location, lockTimeout: 1).writeStructure { _ in }
      #expect(try generation(of: readers) == 1)
      for file in ["index.db", "index.db-wal", "index.db-shm"] {
        try? FileManager.default.removeItem(atPath: index.location.directory + "/" + file)
      }
      #expect(throws: StoreError.self) { try generation(of: readers) }
    }
  }

  @Test func manyThreadsReadAtOnce() throws {
    let index = try ScratchIndex()
    try IndexWriter(index.location, lockTimeout: 1).writeStructure { _ in }
    let readers = IndexReaders(index.location)
    DispatchQueue.concurrentPerform(iterations: 64) { _ in
      #expect((try? generation(of: readers)) == 1)
    }
  }
}
