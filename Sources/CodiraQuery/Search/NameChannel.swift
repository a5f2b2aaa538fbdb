import CodiraModel
import CodiraStore

/// Definitions of the names that a question has, and how exactly each has it: 1 as written, less without regard to
/// case.
///
/// A name may be qualified, `Session.get`: then it is a definition whose qualified name ends like that.
struct NameChannel {
  private(set) var units: [Int64: Double] = [:]
  /// Those whose name is the whole question: `impl Display for Error`.
  private(set) var whole: Set<Int64> = []
  /// Definitions of one name from which on each counts less: what everything defines tells nothing.
  private static let common = 4.0

  init() {}

  init(_ names: [String], question: String, in snapshot: Snapshot, accept: (Int64) throws -> Bool) throws {
    for row in try snapshot.symbols(foldedName: question) where Self.isDefinition(row.symbol) {
      guard try accept(row.id) else { continue }
      whole.insert(row.id)
      add(row.id, (row.symbol.name == question ? 1 : 0.8) * Self.share(of: row.symbol.kind))
    }
    for name in names {
      var own: [Int64: Double] = [:]
      func add(_ unit: Int64, _ exactness: Double) { own[unit] = max(own[unit] ?? 0, exactness) }
      for row in try Self.symbols(name, in: snapshot) where Self.isDefinition(row.symbol) {
        guard try accept(row.id) else { continue }
        let exactness = row.symbol.name == name || row.symbol.qualifiedName.hasSuffix(name) ? 1.0 : 0.8
        let isDeclaration = row.symbol.flags.contains(.declarationOnly)
        add(row.id, exactness * Self.share(of: row.symbol.kind) * (isDeclaration ? 0.9 : 1))
      }
      try Self.forEachChunk(name, in: snapshot, accept, add)
      let share =
        names.count == 1 && name == question ? 1 : min(1, (Self.common / Double(own.count)).squareRoot())
      for (unit, exactness) in own { self.add(unit, exactness * share) }
    }
  }

  private mutating func add(_ unit: Int64, _ exactness: Double) {
    units[unit] = max(units[unit] ?? 0, exactness)
  }

  /// Symbols of that name; of a qualified one, those whose qualified names end with it.
  private static func symbols(_ name: String, in snapshot: Snapshot) throws -> [SymbolRow] {
    let parts = IndexView.components(name)
    guard parts.count > 1, let last = parts.last else { return try snapshot.symbols(foldedName: name) }
    let wanted = parts.map { $0.lowercased() }
    return try snapshot.symbols(foldedName: last).filter { row in
      IndexView.components(row.symbol.qualifiedName.lowercased()).suffix(wanted.count) == wanted[...]
    }
  }

  /// Of several things of one name the type is meant first, then what can be called.
  private static func share(of kind: SymbolKind) -> Double {
    switch kind {
    case .constructor: 0.9
    case .class, .struct, .interface, .trait, .enum, .union: 1
    case .function, .method, .macro, .typeAlias, .module, .namespace: 0.97
    default: 0.88
    }
  }

  private static func isDefinition(_ symbol: Symbol) -> Bool {
    !symbol.flags.contains(.local) && ![.import, .section, .key].contains(symbol.kind)
  }

  /// Texts whose lines seem to define it.
  private static func forEachChunk(
    _ name: String, in snapshot: Snapshot, _ accept: (Int64) throws -> Bool,
    _ add: (_ unit: Int64, _ exactness: Double) -> Void
  ) throws {
    let last = IndexView.components(name).last ?? name
    var chunks: [Int64] = []
    try snapshot.forEachMatch("name : " + SearchText.quoted(SearchText.split(last))) { unit, _ in
      if UnitID.kind(of: unit) == .chunk, try accept(unit) { chunks.append(unit) }
    }
    let folded = name.lowercased()
    for unit in chunks {
      guard let names = try snapshot.chunk(unit)?.names else { continue }
      if names.contains(name) {
        add(unit, 1)
      } else if names.contains(where: { $0.lowercased() == folded }) {
        add(unit, 0.8)
      } else if last != name, names.contains(last) {
        add(unit, 0.6)
      }
    }
  }
}
