import CodiraDigest
import CodiraModel
import CodiraQuery
import CodiraStore
import Foundation

/// Facts written as text (see `MemoryFacts`), stored in an index on disk.
final class StoredIndex {
  let folder: URL
  let location: IndexLocation
  private let references: [Int64: [Reference]]

  init(
    _ text: String, references: [Int64: [Reference]] = [:], vectors: [String: [Float]] = [:],
    reversed: Bool = false
  ) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "codira-query-\(UUID().uuidString)")
    location = IndexLocation(directory: folder.path)
    self.references = references
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let stated = MemoryFacts(text).stated
    let numbers = Set(stated.map(\.file)).union(references.keys).sorted(
      by: reversed ? { $0 > $1 } : { $0 < $1 })
    let writer = try IndexWriter(location, lockTimeout: 1)
    try writer.writeStructure { structure in
      for number in numbers {
        _ = try structure.put(file(number, stated.filter { $0.file == number }.map(\.symbol)))
      }
    }
    guard !vectors.isEmpty else { return }
    let set = try writer.activateVectorSet(identity: "test", dimension: 2, instructions: "any")
    let payloads = try writer.read { snapshot in
      try snapshot.unitPayloads().map { ($0.payload, try snapshot.symbol($0.unit)!.symbol.name) }
    }
    try writer.storeVectors(
      payloads.compactMap { payload, name in vectors[name].map { (payload: payload, vector: $0) } },
      in: set.id)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func read<Result>(_ body: (IndexView) throws -> Result) throws -> Result {
    try IndexReader(location).read { try body(IndexView($0, root: folder.path)) }
  }

  private func file(_ number: Int64, _ symbols: [Symbol]) throws -> StoredFile {
    let packed = PackedReferences(references[number] ?? [])
    let row = FileRow(
      path: RepositoryPath(text: "src/f\(number).x"), status: .indexed, language: "x",
      content: SHA256.hash(Array("\(number)".utf8)), symbolCount: symbols.count,
      referenceCount: references[number]?.count ?? 0)
    let stored = symbols.map { symbol in
      if symbol.kind == .import { return StoredSymbol(symbol: symbol) }
      let text = Array("\(symbol.kind.name) \(symbol.qualifiedName)\n\n\n\(symbol.name) body".utf8)
      return StoredSymbol(symbol: symbol, payload: StoredPayload(hash: SHA256.hash(text), text: text))
    }
    return StoredFile(row: row, symbols: stored, references: packed, postingNames: try packed.postingNames())
  }
}

/// A model of two dimensions that knows a few questions.
struct TableEncoder: QuestionEncoder {
  var vectors: [String: [Float]] = [:]

  func vector(of text: String, for set: VectorSet) -> [Float]? { vectors[text] }
}

/// A call on `line`, written by `owner`.
func call(_ owner: String, _ candidate: String, line: UInt32 = 1, name: String? = nil) -> Reference {
  var reference = parse("call " + candidate).1
  reference.owner = MemoryFacts.id(owner)
  if let name { reference.name = name }
  let start = SourcePosition(offset: line * 10, line: line, column: 1)
  reference.range = SourceRange(
    start: start, end: SourcePosition(offset: line * 10 + 1, line: line, column: 2))
  return reference
}
