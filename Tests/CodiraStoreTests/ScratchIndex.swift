import CodiraModel
import Foundation

import CodiraStore

/// An index in a folder of its own, removed with the value.
final class ScratchIndex {
  let folder: URL
  let location: IndexLocation

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("codira-store-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    location = IndexLocation(directory: folder.appendingPathComponent(".codira").path)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func writer() throws -> IndexWriter { try IndexWriter(location, lockTimeout: 1) }
  func read<Value>(_ body: (Snapshot) throws -> Value) throws -> Value {
    try IndexReader(location).read(body)
  }
}

/// Values that tests put into the store.
enum Sample {
  static let place = SourceRange(
    start: SourcePosition(offset: 0, line: 1, column: 1), end: SourcePosition(offset: 9, line: 2, column: 3))

  static func symbol(_ name: String, in parent: String = "toy m/", kind: SymbolKind = .function) -> Symbol {
    Symbol(
      id: StableID("\(parent)\(name)()."), parent: StableID(parent), kind: kind, visibility: .public,
      flags: [.async, .test], name: name, qualifiedName: "m.\(name)", signature: "def \(name)(a, b)",
      documentation: "Does \(name).", range: place, nameRange: place, parametersMin: 1, parametersMax: 2,
      aliases: [Candidate(root: StableID("toy x/"), members: ["y", "()"], flags: .external)],
      valueTypes: [ValueTypeEntry(path: ["[]"], candidates: [Candidate(root: StableID("toy T#"))])])
  }

  static func stored(_ symbol: Symbol, body: String = "return one") -> StoredSymbol {
    let text = Array("\(symbol.kind.name) \(symbol.qualifiedName)\n\(symbol.signature)\n\n\(body)".utf8)
    var hash = [UInt8](repeating: 0, count: 32)
    for (index, byte) in text.enumerated() { hash[index % 32] = hash[index % 32] &* 31 &+ byte }
    return StoredSymbol(symbol: symbol, payload: StoredPayload(hash: ContentHash(bytes: hash), text: text))
  }

  static func reference(_ name: String, candidate: String? = nil) -> Reference {
    Reference(
      owner: StableID("toy m/f()."), role: .call, name: name, range: place,
      candidates: candidate.map { [Candidate(root: StableID("toy m/"), members: [$0])] } ?? [])
  }

  static func file(
    _ path: String, id: Int64 = 0, symbols: [StoredSymbol] = [], references: [Reference] = []
  ) throws -> StoredFile {
    let packed = PackedReferences(references)
    return StoredFile(
      row: FileRow(id: id, path: RepositoryPath(text: path), status: .indexed, language: "toy"),
      symbols: symbols,
      references: packed, postingNames: try packed.postingNames(),
      documentation: [
        Documentation(
          id: StableID("toy d."), owner: StableID("toy m/"), format: "plain", headings: ["a", "b"],
          text: "words",
          range: place)
      ],
      diagnostics: [Diagnostic(severity: .warning, code: "syntax", message: "odd", range: place)])
  }
}

extension Snapshot {
  /// What full text finds of a word, in the order of units.
  func matches(of word: String) throws -> [Int64] {
    var units: [Int64] = []
    try forEachMatch(SearchText.quoted(word)) { unit, _ in units.append(unit) }
    return units.sorted()
  }
}
