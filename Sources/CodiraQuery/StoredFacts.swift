import CodiraModel
import CodiraStore

/// The resolver's facts, read from one generation of an index and remembered.
package final class StoredFacts: SymbolFacts {
  private struct MemberKey: Hashable {
    let parent: StableID
    let name: String
  }

  private struct CallableKey: Hashable {
    let name: String
    let language: Substring
  }

  private let snapshot: Snapshot
  private let analyzers: [String: AnalyzerDescriptor]
  private var rowMemory: [StableID: [StatedSymbol]] = [:]
  private var memberMemory: [MemberKey: [StatedSymbol]] = [:]
  private var constructorMemory: [StableID: [StatedSymbol]] = [:]
  private var callableMemory: [CallableKey: [StatedSymbol]] = [:]
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

  package func constructors(of type: StableID) throws -> [StatedSymbol] {
    if let known = constructorMemory[type] { return known }
    let rows = try snapshot.members(of: type, kind: .constructor, .facts).map(\.stated)
    constructorMemory[type] = rows
    return rows
  }

  package func extensions(of type: StableID) throws -> [StatedSymbol] {
    try snapshot.extensions(of: type, .facts).map(\.stated)
  }

  package func wildcards(of namespace: StableID) throws -> [StatedSymbol] {
    try snapshot.wildcards(of: namespace, .facts).map(\.stated)
  }

  package func callables(named name: String, language: Substring) throws -> [StatedSymbol] {
    let key = CallableKey(name: name, language: language)
    if let known = callableMemory[key] { return known }
    let callables = try snapshot.symbols(named: name, .facts).filter { row in
      row.symbol.kind.isCallable && row.symbol.id.language == language
    }.map(\.stated)
    callableMemory[key] = callables
    return callables
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
