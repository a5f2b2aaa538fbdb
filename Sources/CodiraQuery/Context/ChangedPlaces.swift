import CodiraModel
import CodiraStore

/// A file that is not as it was at some revision.
package struct ChangedFile: Sendable {
  package enum Status: String, CaseIterable, Sendable {
    case added
    case modified
    case deleted
  }

  package var path: RepositoryPath
  package var status: Status
  /// Nothing for a deleted file.
  package var lines: LineChanges?
  /// The file's row in the index; nil where it has none.
  package var row: FileRow?

  package init(path: RepositoryPath, status: Status, lines: LineChanges?, row: FileRow?) {
    self.path = path
    self.status = status
    self.lines = lines
    self.row = row
  }
}

extension IndexView {
  /// The places that changes touch: symbols of code, and lines outside of them; code first, then tests, then the rest.
  ///
  /// In a file that changed since it was indexed no line is a symbol's.
  package func targets(of files: [ChangedFile]) throws -> [ContextTarget] {
    var targets: [(order: Int, target: ContextTarget)] = []
    for file in files {
      guard let row = file.row, let lines = file.lines, let source = source(of: row) else { continue }
      let traits = PathSignals(row).traits
      let order = traits.contains(.document) || row.symbolCount == 0 ? 2 : traits.contains(.test) ? 1 : 0
      let symbols = freshness(of: row) == .current ? try snapshot.symbols(of: row.id) : []
      var places = ChangedPlaces(row, symbols, lineCount: source.lineCount, lines)
      for line in lines.touched where line <= source.lineCount { places.add(line) }
      targets += places.targets.map { (order, $0) }
    }
    return targets.enumerated().sorted {
      ($0.element.order, $0.offset) < ($1.element.order, $1.offset)
    }.map(\.element.target)
  }
}

/// Gathers the changed lines of one file into the symbols they belong to.
private struct ChangedPlaces {
  /// Lines around a change that are shown where nothing names what they belong to.
  private static let margin = 3

  private(set) var targets: [ContextTarget] = []
  private let file: FileRow
  private let owners: [SymbolRow]
  private let lineCount: Int
  /// By line, how many of the lines before it are new.
  private let addedBefore: [Int]
  private var places: [Int64: Int] = [:]

  init(_ file: FileRow, _ symbols: [SymbolRow], lineCount: Int, _ lines: LineChanges) {
    self.file = file
    self.lineCount = lineCount
    owners = symbols.filter { $0.symbol.kind != .import && !$0.symbol.flags.contains(.local) }
    var isAdded = [Int](repeating: 0, count: lineCount + 2)
    for line in lines.added where line <= lineCount { isAdded[line] = 1 }
    var count = 0
    addedBefore = isAdded.map { added in
      defer { count += added }
      return count
    }
  }

  mutating func add(_ line: Int) {
    if let owner = owner(of: line) {
      if let place = places[owner.id] {
        targets[place].changes.append(line)
      } else {
        places[owner.id] = targets.count
        var target = ContextTarget(FoundSymbol(row: owner, file: file))
        if owner.symbol.isScope, !isNew(owner.symbol) { target.lines = around(line) }
        target.changes = [line]
        targets.append(target)
      }
    } else if let last = targets.last, last.symbol == nil, line <= last.lines.upperBound + Self.margin {
      targets[targets.count - 1].lines = last.lines.lowerBound...around(line).upperBound
      targets[targets.count - 1].changes.append(line)
    } else {
      targets.append(ContextTarget(file, lines: around(line), changes: [line]))
    }
  }

  /// The largest new symbol that a line stands in, else the smallest: a type only by the line that names it.
  private func owner(of line: Int) -> SymbolRow? {
    let around = owners.filter { $0.symbol.lines.contains(line) }.sorted {
      ($0.symbol.lines.count, $1.id) < ($1.symbol.lines.count, $0.id)
    }
    if let new = around.last(where: { isNew($0.symbol) }) { return new }
    return around.first.flatMap { owner in
      owner.symbol.isScope && owner.symbol.nameRange.start.line != line ? nil : owner
    }
  }

  /// Nearly all of its lines are: a blank one or a brace may have stood there before.
  private func isNew(_ symbol: Symbol) -> Bool {
    guard !symbol.kind.isNamespace else { return false }
    let lines = symbol.lines.clamped(to: 1...lineCount)
    return (addedBefore[lines.upperBound + 1] - addedBefore[lines.lowerBound]) * 5 >= lines.count * 4
  }

  private func around(_ line: Int) -> ClosedRange<Int> {
    max(1, line - Self.margin)...min(line + Self.margin, lineCount)
  }
}

extension Symbol {
  /// Its lines are those of what stands in it.
  fileprivate var isScope: Bool { kind.isType || kind.isNamespace || kind == .section }
}
