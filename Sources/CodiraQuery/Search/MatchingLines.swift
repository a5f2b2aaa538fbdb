import CodiraModel
import CodiraStore
import Glibc

/// A line of a file as an answer shows it, and which parts of it the question has.
package struct ShownLine: Sendable {
  package var number: Int
  package var text: String
  /// Ranges of UTF-8 offsets in `text`.
  package var matches: [Range<Int>]
}

/// Reads the lines that answers show from the files as they are now.
package struct MatchingLines {
  private let root: String
  private let words: QuestionWords
  /// Bytes of a line that are shown, and of a file that are read.
  private static let width = 240
  private static let largest = 4 << 20

  package init(_ question: SearchQuestion, in view: IndexView) {
    root = view.root
    let read = QuestionFilters(question.text, adding: question.filter)
    words = QuestionWords(read.text, weights: question.weights)
  }

  /// The `most` lines of a result that have most of the question, in their order; with `context` the best line and so
  /// many lines on both sides of it.
  package func lines(of result: SearchResult, most: Int = 2, context: Int? = nil) -> [ShownLine] {
    guard let bytes = read(result.file.path) else { return [] }
    let all = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let span = result.lines.clamped(to: 1...max(1, all.count))
    let ranked = span.map { shown(all[$0 - 1], number: $0) }.filter { !$0.matches.isEmpty }.sorted {
      left, right in
      let counts = (left.matches.count, right.matches.count)
      return counts.0 == counts.1 ? left.number < right.number : counts.0 > counts.1
    }
    guard let context else { return ranked.prefix(most).sorted { $0.number < $1.number } }
    let center = ranked.first?.number ?? span.lowerBound
    let around = max(1, center - context)...max(1, min(all.count, center + context))
    return around.map { shown(all[$0 - 1], number: $0) }
  }

  private func shown(_ line: ArraySlice<UInt8>, number: Int) -> ShownLine {
    var line = line.prefix(Self.width)
    if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
    let text = String(decoding: line, as: UTF8.self)
    var matches: [Range<Int>] = []
    for part in SearchText.words(text) where part.count > 1 {
      let word = part.lowercased()
      guard words.words.contains(where: { WordOverlap.isSame($0, word) }) else { continue }
      let start = text.utf8.distance(from: text.startIndex, to: part.startIndex)
      matches.append(start..<(start + part.utf8.count))
    }
    return ShownLine(number: number, text: text, matches: matches)
  }

  private func read(_ path: RepositoryPath) -> [UInt8]? {
    let name = Array(root.utf8) + [UInt8(ascii: "/")] + path.bytes + [0]
    let descriptor = name.withUnsafeBytes { bytes in
      open(
        bytes.baseAddress!.assumingMemoryBound(to: CChar.self), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
      )
    }
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= Self.largest
    else {
      return nil
    }
    return [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
      while count < buffer.count {
        let got = Glibc.read(descriptor, buffer.baseAddress! + count, buffer.count - count)
        if got <= 0 { break }
        count += got
      }
    }
  }
}
