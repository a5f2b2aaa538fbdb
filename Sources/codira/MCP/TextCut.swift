/// Cuts a text for an answer to a size, by whole lines.
enum TextCut {
  /// The text, or its beginning and what to do for the rest.
  static func cut(_ text: String, to size: Int, hint: String) -> String {
    guard text.utf8.count > size else { return text }
    let kept = text.utf8.prefix(max(0, size - hint.utf8.count - 12))
    let end = kept.lastIndex(of: 10) ?? kept.endIndex
    return String(decoding: text.utf8[..<end], as: UTF8.self) + "\n… cut: \(hint)\n"
  }
}
