import CodiraModel
import CodiraStore

/// A line of a file, the first being 1.
package struct SourceLine: Hashable, Sendable {
  package var number: Int
  package var text: String
  /// It is one of a change that was asked for.
  package var isChanged = false
}

/// A place that a pack is to show: a symbol, or lines of a file that no analyzer read.
package struct ContextTarget: Sendable {
  package var file: FileRow
  package var symbol: FoundSymbol?
  /// The lines as they were indexed.
  package var lines: ClosedRange<Int>
  /// Lines of the file as it is now that a change touches, in order; then `lines` are those of now, too.
  package var changes: [Int] = []
  /// Lines as they are now that matter most where not all fit.
  package var focus: [Int] = []

  package init(_ found: FoundSymbol) {
    file = found.file
    symbol = found
    lines = found.symbol.lines
  }

  init(_ file: FileRow, lines: ClosedRange<Int>, changes: [Int]) {
    self.file = file
    self.lines = lines
    self.changes = changes
  }

  package init(_ result: SearchResult) {
    file = result.file
    lines = result.lines
    if case .symbol(let row) = result.unit { symbol = FoundSymbol(row: row, file: result.file) }
  }
}

/// One piece of a context pack: lines of one file, and why they are there.
package struct ContextItem: Sendable {
  package enum Role: String, CaseIterable, Sendable {
    /// What was asked for.
    case target
    case caller
    /// A caller that is a test.
    case test
    /// What a target calls.
    case callee
  }

  package var role: Role
  package var file: FileRow
  /// What the lines are, or what they stand in; nil for a module's own statements and for text.
  package var symbol: FoundSymbol?
  /// In order; where numbers leave some out, so does the text.
  package var lines: [SourceLine]
  /// Lines of the symbol that were left out for the budget.
  package var omitted: Int
  /// How sure the edge is that brought a caller, a test or a callee here.
  package var certainty: Resolution.Certainty
}

/// What is needed to act on a question, within a budget.
package struct ContextPack: Sendable {
  /// Targets in order of rank, then callers, tests, callees.
  package var items: [ContextItem] = []
  /// Found, and left out for the budget.
  package var leftOut: [ContextItem.Role: Int] = [:]
  /// What the items cost, in the unit of the budget.
  package var cost = 0
}
