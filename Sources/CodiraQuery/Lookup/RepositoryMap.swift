import CodiraModel
import CodiraStore

/// The files and symbols of a repository that the rest of it mentions most.
///
/// A symbol's users are the files beside its own that mention its name; its weight is the square root of their
/// number, shared among all files that define the name. This resolves nothing, so that it is quick on any
/// repository. Tests and generated code are left out.
package struct RepositoryMap {
  package struct Entry {
    package var file: FileRow
    package var weight: Double
    /// The heaviest first.
    package var symbols: [(found: FoundSymbol, users: Int)]
  }

  /// Symbols of a file that are kept, and that its weight is the sum of.
  private static let symbolLimit = 8

  /// The heaviest first.
  package let files: [Entry]

  package init(of view: IndexView, filter: SymbolFilter = SymbolFilter()) throws {
    let all = try view.snapshot.files().filter { $0.symbolCount > 0 }
    var candidates: [(file: FileRow, symbols: [FoundSymbol])] = []
    var namesakes: [String: Int] = [:]
    for file in all {
      let symbols = try view.outline(of: file).map(\.found).filter { Self.counts($0.symbol) }
      for name in Set(symbols.map(\.symbol.name)) { namesakes[name, default: 0] += 1 }
      if filter.accepts(file) { candidates.append((file, symbols.filter { filter.accepts($0) })) }
    }
    var mentions: [String: Set<Int64>] = [:]
    func files(mentioning name: String) throws -> Set<Int64> {
      if let known = mentions[name] { return known }
      let files = Set(try view.snapshot.files(mentioning: name))
      mentions[name] = files
      return files
    }
    var entries: [Entry] = []
    for (file, symbols) in candidates {
      var weighed: [(found: FoundSymbol, users: Int, weight: Double)] = []
      for found in symbols {
        let users = try files(mentioning: found.symbol.name).subtracting([file.id]).count
        weighed.append((found, users, Double(users).squareRoot() / Double(namesakes[found.symbol.name] ?? 1)))
      }
      weighed.sort { ($1.weight, $0.found.row.id) < ($0.weight, $1.found.row.id) }
      let kept = weighed.prefix(Self.symbolLimit).filter { $0.users > 0 }
      guard !kept.isEmpty else { continue }
      entries.append(
        Entry(
          file: file, weight: kept.reduce(0) { $0 + $1.weight },
          symbols: kept.map { (found: $0.found, users: $0.users) }))
    }
    self.files = entries.sorted { ($1.weight, $0.file.path.text) < ($0.weight, $1.file.path.text) }
  }

  private static func counts(_ symbol: Symbol) -> Bool {
    (symbol.kind.isType || symbol.kind.isCallable || symbol.kind == .macro)
      && symbol.flags.isDisjoint(with: [.test, .generated, .declarationOnly])
  }
}
