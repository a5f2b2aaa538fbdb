/// Cuts a text for an answer to a size, by whole lines.
enum TextCut {
  /// The text, or its beginning and what to do for the rest.
  static func cut(_ text: String, to size: Int, hint: String) -> String {
    guard text.utf8.count > size else { return text }
    let kept = beginning(text[...], size - hint.utf8.count - 12)
    return kept + "\n… cut: \(hint)\n"
  }

  /// The text from a cursor's line on, or as much of it as there is room for, and the cursor of the rest.
  static func page(
    _ text: String, to size: Int, from cursor: AnswerCursor?, generation: Int?, hint: String
  ) throws(CommandFailure) -> String {
    var rest = text[...]
    let first = cursor?.places.first ?? 0
    if let cursor {
      guard cursor.generation == generation, cursor.places.count == 1 else { throw .staleCursor }
      for _ in 0..<first {
        guard let end = rest.utf8.firstIndex(of: 10) else { throw .staleCursor }
        rest = rest[rest.utf8.index(after: end)...]
      }
    }
    guard rest.utf8.count > size else { return String(rest) }
    let kept = beginning(rest, size - hint.utf8.count - 60)
    let next = AnswerCursor(generation: generation, places: [first + kept.utf8.count { $0 == 10 } + 1])
    return kept + "\n… cut; cursor \"\(next.text)\" goes on. \(hint)\n"
  }

  /// Whole lines of at most so many bytes, the last one's end left out; a part of the first where it is longer.
  private static func beginning(_ text: Substring, _ size: Int) -> String {
    let kept = text.utf8.prefix(max(0, size))
    let end = kept.lastIndex(of: 10) ?? kept.endIndex
    return String(decoding: kept[..<end], as: UTF8.self)
  }
}
