import CodiraModel
import CodiraStore

/// One generation of an index, with what questions about it share: files, facts, the resolver.
///
/// A value of this class lives inside one `IndexReader.read` and serves one thread.
package final class IndexView {
  package let snapshot: Snapshot
  package let generation: Int64
  /// The folder that the index's paths are relative to.
  package let root: String
  private var fileMemory: [Int64: FileRow] = [:]
  private var freshnessMemory: [Int64: Freshness] = [:]
  private var resolverMemory: Resolver<StoredFacts>?
  private var edgeMemory: EdgeFinder?
  var sourceMemory: [Int64: SourceText] = [:]

  package init(_ snapshot: Snapshot, root: String) throws {
    self.snapshot = snapshot
    self.root = root
    generation = try snapshot.generation()
  }

  package func resolver() throws -> Resolver<StoredFacts> {
    if let resolverMemory { return resolverMemory }
    let resolver = Resolver(try StoredFacts(snapshot))
    resolverMemory = resolver
    return resolver
  }

  package func edges() -> EdgeFinder {
    if let edgeMemory { return edgeMemory }
    let finder = EdgeFinder(self)
    edgeMemory = finder
    return finder
  }

  package func file(_ id: Int64) throws -> FileRow {
    if let known = fileMemory[id] { return known }
    guard let file = try snapshot.file(id) else {
      throw QueryError.inconsistent("a symbol belongs to file \(id), which has no row")
    }
    fileMemory[id] = file
    return file
  }

  /// Whether the file is still as it was indexed; looked up once a file.
  package func freshness(of file: FileRow) -> Freshness {
    if let known = freshnessMemory[file.id] { return known }
    let freshness = Freshness(of: file, root: root)
    freshnessMemory[file.id] = freshness
    return freshness
  }

  package func found(_ row: SymbolRow, score: Double? = nil) throws -> FoundSymbol {
    FoundSymbol(row: row, file: try file(row.file), score: score)
  }
}

/// A symbol in its file, as answers show it.
package struct FoundSymbol: Sendable {
  package var row: SymbolRow
  package var file: FileRow
  /// Higher is better; nil where nothing was ranked.
  package var score: Double?

  package init(row: SymbolRow, file: FileRow, score: Double? = nil) {
    self.row = row
    self.file = file
    self.score = score
  }

  package var symbol: Symbol { row.symbol }
}

extension Symbol {
  /// 1-based, inclusive.
  var lines: ClosedRange<Int> {
    let first = Int(range.start.line)
    return first...max(first, Int(range.lastLine))
  }
}

/// What keeps a question from an answer.
package enum QueryError: Error, Equatable, Sendable {
  /// No file of that path is in the index.
  case unknownFile(path: String, nearest: [String])
  /// The index has no vectors; `reason` says since when or why.
  case noVectors
  /// Most texts have no vector yet.
  case fewVectors(missing: Int, of: Int)
  /// The vectors were made by a model that is not installed.
  case modelMissing(identity: String)
  /// The symbol is of a kind that is not embedded, or its vector is still to be computed.
  case notEmbedded(name: String)
  /// Rows of the index contradict each other.
  case inconsistent(String)
}
