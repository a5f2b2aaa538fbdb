import CodiraModel

/// Symbols by id, loaded when first asked for.
///
/// An id that several files define has one entry a file that asks and states it itself (its own row wins), and
/// one for everybody else. An id without rows has an entry too: a namespace nobody wrote down can have members.
struct SymbolTable<Facts: SymbolFacts> {
  struct Entry {
    let id: StableID
    let kind: SymbolKind?
    /// Definitions, or declarations where there is nothing else.
    let rows: [StatedSymbol]

    /// The one file that states it; nil where several do.
    var file: Int64? {
      let first = rows.first?.file
      return rows.allSatisfy { $0.file == first } ? first : nil
    }

    var isType: Bool { kind?.isType ?? false }
    var isCallable: Bool { kind?.isCallable ?? false }
    var isNamespace: Bool { kind?.isNamespace ?? true }

    /// Of a type: whether it is made of another one, and does not only say what its parts are.
    var hasUnderlyingType: Bool { rows.contains { $0.symbol.valueTypes.contains { $0.path.isEmpty } } }
  }

  private struct Key: Hashable {
    let id: StableID
    let file: Int64
  }

  private let facts: Facts
  private(set) var entries: [Entry] = []
  private var rows: [StableID: [StatedSymbol]] = [:]
  private var indexes: [Key: Int] = [:]

  init(_ facts: Facts) { self.facts = facts }

  subscript(index: Int) -> Entry { entries[index] }

  mutating func index(of id: StableID, from file: Int64) throws -> Int {
    let rows = try self.rows(of: id)
    let own = rows.count > 1 ? rows.filter { $0.file == file } : []
    let key = Key(id: id, file: own.isEmpty ? -1 : file)
    if let index = indexes[key] { return index }
    let chosen = own.isEmpty ? rows : own
    entries.append(Entry(id: id, kind: chosen.first?.symbol.kind, rows: chosen))
    indexes[key] = entries.count - 1
    return entries.count - 1
  }

  private mutating func rows(of id: StableID) throws -> [StatedSymbol] {
    if let known = rows[id] { return known }
    let all = try facts.rows(of: id)
    var definitions = all.filter { !$0.symbol.flags.contains(.declarationOnly) }
    if !definitions.isEmpty, definitions.count < all.count {
      // A declaration may give defaults that the definition does not repeat.
      let fewest = all.map(\.symbol.parametersMin).min() ?? 0
      for index in definitions.indices { definitions[index].symbol.parametersMin = fewest }
    }
    let chosen = definitions.isEmpty ? all : definitions
    rows[id] = chosen
    return chosen
  }
}
