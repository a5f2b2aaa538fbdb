import CodiraModel
import CodiraStore

/// A question in words, and what it may be answered with.
package struct SearchQuestion: Sendable {
  package enum Mode: String, Sendable { case hybrid, lexical, semantic }

  package var text: String
  package var mode: Mode
  package var filter: SymbolFilter
  package var limit: Int

  package init(_ text: String, mode: Mode = .hybrid, filter: SymbolFilter = SymbolFilter(), limit: Int = 10) {
    self.text = text
    self.mode = mode
    self.filter = filter
    self.limit = limit
  }

  /// Candidates that each way of searching gives to the fusion.
  var pool: Int { max(50, limit * 5) }
}

/// Ranked symbols, and how they were found.
package struct SearchAnswer: Sendable {
  package var results: [FoundSymbol]
  /// What the answer rests on: `lexical` where a hybrid question found no vectors.
  package var mode: SearchQuestion.Mode
  /// Texts of current symbols that have no vector yet.
  package var missingVectors: Int
  /// Why vectors were not used, where they were asked for.
  package var reason: String?
}
