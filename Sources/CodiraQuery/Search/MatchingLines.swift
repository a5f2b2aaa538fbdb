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
  /// The same words as bytes.
  private let asked: [[UInt8]]
  /// Bytes of a line that are shown, and of a file that is looked through.
  private static let width = 240
  private static let largest = 4 << 20

  package init(_ question: SearchQuestion, in view: IndexView) {
    self.view = view
    let read = QuestionFilters(question.text, adding: question.filter)
    words = QuestionWords(read.text, weights: question.weights)
    asked = words.words.map { Array($0.utf8) }
  }

  /// The `most` lines of a result that have most of the question, in their order; with `context` the best line and so
  /// many lines on both sides of it.
  package func lines(of result: SearchResult, most: Int = 2, context: Int? = nil) -> [ShownLine] {
    guard let source = view.source(of: result.file), source.byteCount <= Self.largest else { return [] }
    let span = result.lines.clamped(to: 1...source.lineCount)
    var counts: [(number: Int, matches: Int)] = []
    for number in span {
      let matches = matches(in: source.bytes(ofLine: number).prefix(Self.width)).count
      if matches > 0 { counts.append((number, matches)) }
    }
    let ranked = counts.sorted { left, right in
      left.matches == right.matches ? left.number < right.number : left.matches > right.matches
    }
    guard let context else { return ranked.prefix(most).map(\.number).sorted().map { shown(source, $0) } }
    let center = ranked.first?.number ?? span.lowerBound
    let around = max(1, center - context)...min(source.lineCount, center + context)
    return around.map { shown(source, $0) }
  }

  private func shown(_ source: SourceText, _ number: Int) -> ShownLine {
    let line = source.bytes(ofLine: number).prefix(Self.width)
    return ShownLine(number: number, text: String(decoding: line, as: UTF8.self), matches: matches(in: line))
  }

  /// Where words of the question stand in a line as it is shown.
  private func matches(in line: ArraySlice<UInt8>) -> [Range<Int>] {
    line.withUnsafeBytes { bytes in
      guard let parts = SearchText.asciiWords(bytes) else {
        return matches(in: String(decoding: line, as: UTF8.self))
      }
      return parts.filter { $0.count > 1 && isAsked(UnsafeRawBufferPointer(rebasing: bytes[$0])) }
    }
  }

  private func matches(in text: String) -> [Range<Int>] {
    var matches: [Range<Int>] = []
    for part in SearchText.words(text) where part.count > 1 {
      let word = part.lowercased()
      guard words.words.contains(where: { WordOverlap.isSame($0, word) }) else { continue }
      let start = text.utf8.distance(from: text.startIndex, to: part.startIndex)
      matches.append(start..<(start + part.utf8.count))
    }
    return matches
  }

  private func isAsked(_ part: UnsafeRawBufferPointer) -> Bool {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: part.count) { word in
      for (place, byte) in part.enumerated() { word[place] = SearchText.lower(byte) }
      let word = UnsafeBufferPointer(word)
      return asked.contains { asked in asked.withUnsafeBufferPointer { WordOverlap.isSame($0, word) } }
    }
  }
}
