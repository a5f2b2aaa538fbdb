import CodiraModel
import CodiraStore

/// A line of a file as an answer shows it, and which parts of it the question has.
package struct ShownLine: Sendable {
  package var number: Int
  package var text: String
  /// Ranges of UTF-8 offsets in `text`.
  package var matches: [Range<Int>]
}

/// Reads the lines that answers show from the files as they are now.
package struct MatchingLines {
  private let view: IndexView
  private let words: QuestionWords
  /// Bytes of a line that are shown, and of a file that is looked through.
  private static let width = 240
  private static let largest = 4 << 20

  package init(_ question: SearchQuestion, in view: IndexView) {
    self.view = view
    let read = QuestionFilters(question.text, adding: question.filter)
    words = QuestionWords(read.text, weights: question.weights)
  }

  /// The `most` lines of a result that have most of the question, in their order; with `context` the best line and so
  /// many lines on both sides of it.
  package func lines(of result: SearchResult, most: Int = 2, context: Int? = nil) -> [ShownLine] {
    guard let source = view.source(of: result.file), source.byteCount <= Self.largest else { return [] }
    let span = result.lines.clamped(to: 1...source.lineCount)
    let ranked = span.map { shown(source, $0) }.filter { !$0.matches.isEmpty }.sorted {
      left, right in
      let counts = (left.matches.count, right.matches.count)
      return counts.0 == counts.1 ? left.number < right.number : counts.0 > counts.1
    }
    guard let context else { return ranked.prefix(most).sorted { $0.number < $1.number } }
    let center = ranked.first?.number ?? span.lowerBound
    let around = max(1, center - context)...min(source.lineCount, center + context)
    return around.map { shown(source, $0) }
  }

  private func shown(_ source: SourceText, _ number: Int) -> ShownLine {
    let text = String(decoding: source.bytes(ofLine: number).prefix(Self.width), as: UTF8.self)
    var matches: [Range<Int>] = []
    for part in SearchText.words(text) where part.count > 1 {
      let word = part.lowercased()
      guard words.words.contains(where: { WordOverlap.isSame($0, word) }) else { continue }
      let start = text.utf8.distance(from: text.startIndex, to: part.startIndex)
      matches.append(start..<(start + part.utf8.count))
    }
    return ShownLine(number: number, text: text, matches: matches)
  }
}
