import CodiraModel
import CodiraStore

/// A symbol of an outline and how deep it is nested.
package struct OutlineEntry: Sendable {
  package var found: FoundSymbol
  /// 0 for what has no parent in the file.
  package var depth: Int
}

extension IndexView {
  /// The file of that path.
  package func file(at path: RepositoryPath) throws -> FileRow {
    if let file = try snapshot.file(at: path) { return file }
    let name = path.name.lowercased()
    let near = try snapshot.files().map(\.path).filter { $0.name.lowercased() == name }.prefix(5).map(\.text)
    throw QueryError.unknownFile(path: path.text, nearest: near)
  }

  /// The symbols of a file in the order of their places; imports, locals, and labels of what follows them only where
  /// asked for.
  package func outline(of file: FileRow, all: Bool = false) throws -> [OutlineEntry] {
    let found = try snapshot.symbols(of: file.id)
    let starts = Dictionary(found.map { ($0.symbol.id, $0.symbol.range.start.offset) }) { first, _ in first }
    let rows = found.filter { row in
      let isLabel =
        row.symbol.kind == .key && starts[row.symbol.parent, default: 0] > row.symbol.range.start.offset
      return all || (row.symbol.kind != .import && !isLabel && !row.symbol.flags.contains(.local))
    }
    var depths: [StableID: Int] = [:]
    return rows.sorted { Self.precedes($0.symbol, $1.symbol) }.map { row in
      let depth = depths[row.symbol.parent].map { $0 + 1 } ?? 0
      depths[row.symbol.id] = depth
      return OutlineEntry(found: FoundSymbol(row: row, file: file), depth: depth)
    }
  }

  private static func precedes(_ left: Symbol, _ right: Symbol) -> Bool {
    if left.range.start.offset != right.range.start.offset {
      return left.range.start.offset < right.range.start.offset
    }
    return left.range.end.offset > right.range.end.offset
  }

  /// Symbols that the filter lets through, by path and place, and whether there are more.
  package func symbols(
    filter: SymbolFilter, name: PathGlob? = nil, limit: Int
  ) throws -> (symbols: [FoundSymbol], hasMore: Bool) {
    var symbols: [FoundSymbol] = []
    for file in try snapshot.files() where file.symbolCount > 0 && filter.accepts(file) {
      for entry in try outline(of: file, all: !filter.kinds.isDisjoint(with: [.import, .key])) {
        guard filter.accepts(entry.found.symbol.kind), name?.matches(entry.found.symbol.name) ?? true else {
          continue
        }
        if symbols.count == limit { return (symbols, true) }
        symbols.append(entry.found)
      }
    }
    return (symbols, false)
  }
}
