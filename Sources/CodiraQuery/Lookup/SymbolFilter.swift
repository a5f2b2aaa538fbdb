import CodiraModel
import CodiraStore

/// Which symbols a question is about; every part that is set must hold.
package struct SymbolFilter: Sendable {
  package var path: PathGlob?
  package var language: String?
  package var kinds: Set<SymbolKind>

  package init(path: PathGlob? = nil, language: String? = nil, kinds: Set<SymbolKind> = []) {
    self.path = path
    self.language = language
    self.kinds = kinds
  }

  package var isEmpty: Bool { path == nil && language == nil && kinds.isEmpty }
  package var concernsFiles: Bool { path != nil || language != nil }

  package func accepts(_ file: FileRow) -> Bool {
    (language == nil || file.language == language) && (path?.matches(file.path.text) ?? true)
  }

  package func accepts(_ kind: SymbolKind) -> Bool { kinds.isEmpty || kinds.contains(kind) }

  package func accepts(_ found: FoundSymbol) -> Bool {
    accepts(found.symbol.kind) && accepts(found.file)
  }

  /// The rows of the files it lets through; nil where it lets through all.
  package func files(in snapshot: Snapshot) throws -> Set<Int64>? {
    guard concernsFiles else { return nil }
    return Set(try snapshot.files().lazy.filter { accepts($0) }.map(\.id))
  }
}
