import CodiraModel
import CodiraStore

/// A question in words, and what it may be answered with.
package struct SearchQuestion: Sendable {
  package enum Mode: String, Sendable { case hybrid, lexical, semantic }

  package var text: String
  /// The text is a piece of code: what looks like it is asked for, and nothing in it is a filter.
  package var isCode = false
  /// A type and a member of it may both be answers.
  package var wantsMembers = false
  package var mode: Mode
  package var filter: SymbolFilter
  package var limit: Int
  package var weights = RankingWeights()

  package init(_ text: String, mode: Mode = .hybrid, filter: SymbolFilter = SymbolFilter(), limit: Int = 10) {
    self.text = text
    self.mode = mode
    self.filter = filter
    self.limit = limit
  }

  /// Units that vectors give a share: what the last of them has counts nothing.
  static let pool = 10_000
  /// Units whose cosines are exact however they are stored.
  static let exact = 50
}

/// Ranked places, and how they were found.
package struct SearchAnswer: Sendable {
  package var results: [SearchResult]
  /// What the answer rests on: `lexical` where a hybrid question found no vectors.
  package var mode: SearchQuestion.Mode
  /// What it was taken for: that decides how much vectors count.
  package var kind: QuestionWords.Kind
  /// Texts of current symbols and chunks that have no vector yet.
  package var missingVectors: Int
  /// Why vectors were not used, where they were asked for.
  package var reason: String?
  /// What was looked through, and what may help; only where nothing was found.
  package var search: FruitlessSearch?
}

/// What an empty answer says: nothing of this was found among so much.
package struct FruitlessSearch: Sendable {
  /// Files that the filters let through, of all.
  package var files: Int
  package var allFiles: Int
  /// The languages of the index where a filter names one that no file has.
  package var languages: [String] = []
  /// Names of code that come near the one asked for.
  package var nearest: [String]
}

/// A place that answers a question.
package struct SearchResult: Sendable {
  package enum Unit: Sendable {
    case symbol(SymbolRow)
    /// A part of a file that no analyzer read.
    case chunk(ChunkRow)
    /// A file found by its path alone.
    case file
  }

  package var unit: Unit
  package var file: FileRow
  package var score: Double
  package var explanation: Explanation
  /// Other parts of the same file that score nearly as much, and are no results of their own.
  package var others: [SearchResult] = []

  package var symbol: Symbol? { if case .symbol(let row) = unit { row.symbol } else { nil } }

  /// 1-based, inclusive.
  package var lines: ClosedRange<Int> {
    switch unit {
    case .symbol(let row): row.symbol.lines
    case .chunk(let row): row.lines
    case .file: 1...1
    }
  }

  package var name: String {
    switch unit {
    case .symbol(let row): row.symbol.name
    case .chunk(let row): row.names.first ?? String(file.path.name)
    case .file: String(file.path.name)
    }
  }
}

extension SearchResult {
  /// The symbol's kind, `text` or `file`.
  package var kind: String {
    switch unit {
    case .symbol(let row): row.symbol.kind.name
    case .chunk: "text"
    case .file: "file"
    }
  }

  package var qualifiedName: String {
    switch unit {
    case .symbol(let row): row.symbol.qualifiedName
    case .chunk(let row): row.names.isEmpty ? String(file.path.name) : row.names.joined(separator: " ")
    case .file: file.path.text
    }
  }
}

/// How a result came to its score.
package struct Explanation: Sendable {
  /// 1 for the best; nil where the channel did not find it.
  package var textRank: Int?
  package var vectorRank: Int?
  /// What each channel and signal added, in the order of the table of weights.
  package var added: [(signal: String, effect: Double)] = []
  /// What each demotion multiplied.
  package var multiplied: [(signal: String, effect: Double)] = []
  package init() {}
}
