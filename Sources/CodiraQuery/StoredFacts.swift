import CodiraModel
import CodiraStore

/// The resolver's facts, read from one generation of an index and remembered.
package final class StoredFacts: SymbolFacts {
  private struct MemberKey: Hashable {
    let parent: StableID
    let name: String
  }

  private let snapshot: Snapshot
  private let analyzers: [String: AnalyzerDescriptor]
  private var rowMemory: [StableID: [StatedSymbol]] = [:]
  private var memberMemory: [MemberKey: [StatedSymbol]] = [:]
  private var callableMemory: [String: [StatedSymbol]] = [:]
  private var inheritance: [Int64: [StableID: [Reference]]] = [:]

  package init(_ snapshot: Snapshot) throws {
    self.snapshot = snapshot
    var analyzers: [String: AnalyzerDescriptor] = [:]
    for row in try snapshot.analyzers() { analyzers[row.descriptor.id] = row.descriptor }
    self.analyzers = analyzers
  }

  package func rows(of id: StableID) throws -> [StatedSymbol] {
    if let known = rowMemory[id] { return known }
    let rows = try snapshot.symbols(id: id, .facts).map(\.stated)
    rowMemory[id] = rows
    return rows
  }

  package func members(of parent: StableID, named name: String) throws -> [StatedSymbol] {
    let key = MemberKey(parent: parent, name: name)
    if let known = memberMemory[key] { return known }
    let rows = try snapshot.members(of: parent, named: name, .facts).map(\.stated)
    memberMemory[key] = rows
    return rows
  }

  package func children(of parent: StableID) throws -> [StatedSymbol] {
    try snapshot.members(of: parent, named: nil, .facts).map(\.stated)
  }

  package func extensions(of type: StableID) throws -> [StatedSymbol] {
    try snapshot.members(of: type, kind: .extension).map(\.stated)
  }

  package func callables(named name: String, language: Substring) throws -> [StatedSymbol] {
    let all: [StatedSymbol]
    if let known = callableMemory[name] {
      all = known
    } else {
      all = try snapshot.symbols(named: name, .facts).filter { $0.symbol.kind.isCallable }.map(\.stated)
      callableMemory[name] = all
    }
    return all.filter { $0.symbol.id.language == language }
  }

  package func supertypes(of id: StableID, in file: Int64) throws -> [Reference] {
    if let known = inheritance[file] { return known[id] ?? [] }
    var owners: [StableID: [Reference]] = [:]
    let packed = try snapshot.references(of: file)
    for reference in try packed.unpack(mentioning: nil, roles: [.inherits, .implements]) {
      owners[reference.owner, default: []].append(reference)
    }
    inheritance[file] = owners
    return owners[id] ?? []
  }

  package func traits(of language: Substring) -> AnalyzerDescriptor.Traits {
    analyzers[String(language)]?.traits ?? []
  }

  package func conversions(of language: Substring) -> [AnalyzerDescriptor.Conversion] {
    analyzers[String(language)]?.conversions ?? []
  }
}

extension SymbolRow {
  package var stated: StatedSymbol { StatedSymbol(symbol, file: file) }
}
