import CodiraAnalyzerKit

/// Tells texts that people read from data that happens to be text: word lists, tables, logs, lists of requirements.
///
/// It decides about `.txt` and `.text` files alone; what has the name or suffix of a document is one. Its README
/// states the rule.
enum DataRule {
  /// Bytes that are looked at.
  private static let sample = 64 << 10
  private static let names: [Text] = [
    "CMakeLists.txt", "robots.txt", "humans.txt", "ads.txt", "SOURCES.txt", "top_level.txt",
    "entry_points.txt",
    "dependency_links.txt", "requires.txt", "installed-files.txt",
  ]
  private static let prefixes: [Text] = ["requirements", "constraints"]

  /// Why the source is data, in a sentence; nil for a document.
  static func reason(_ source: Source) -> String? {
    if source.bytes.prefix(sample).contains(0) { return "it holds bytes of zero" }
    guard source.path.hasSuffix(".txt") || source.path.hasSuffix(".text") else { return nil }
    let name = source.path.lastIndex(of: "/").map { source.path.dropFirst($0 + 1) } ?? source.path
    if names.contains(name) || prefixes.contains(where: { name.hasPrefix($0) })
      || name.hasSuffix("requirements.txt")
    {
      return "files of this name are no documents"
    }
    return Counts(source).reason.flatMap { hasMarkup(source) ? nil : $0 }
  }

  /// Whether a line begins a directive of reStructuredText, or underlines a title: no data has one.
  private static func hasMarkup(_ source: Source) -> Bool {
    var above = Text.empty
    for line in Lines(source, from: source.textStart) {
      if line.start >= sample { break }
      let text = source.text(line)
      if text.hasPrefix(".. "), Directive(text.dropFirst(3)) != nil { return true }
      if let adornment = Adornment(text), adornment.length >= 4, isTitle(above), adornment.fits(above) {
        return true
      }
      above = text.trimmed
    }
    return false
  }

  private static func isTitle(_ line: Text) -> Bool {
    line.count > 3 && Adornment(line) == nil && line.bytes.contains { ($0 | 0x20) &- UInt8(ascii: "a") < 26 }
  }

  /// What the lines of a sample look like.
  private struct Counts {
    var lines = 0
    /// Lines with three or more words.
    var sentences = 0
    /// Lines that begin with a digit or a bracket, as dates, numbers and levels do.
    var numbered = 0
    var characters = 0
    var letters = 0

    init(_ source: Source) {
      for line in Lines(source, from: source.textStart) {
        if line.start >= sample { break }
        count(source.text(line).trimmed)
      }
    }

    var reason: String? {
      if lines == 0 { return nil }
      if sentences * 3 < lines { return "fewer than a third of its lines have three words" }
      if letters * 10 < characters * 7 { return "fewer than seven in ten of its characters are letters" }
      if lines > 5, numbered * 2 > lines { return "most of its lines begin with a number or a bracket" }
      return nil
    }

    /// Lines of one kind of mark only set others off, and do not count.
    private mutating func count(_ line: Text) {
      var words = 0
      var length = 0
      for byte in line.bytes.prefix(sample) {
        let isLetter = byte >= 0x80 || (byte | 0x20) &- UInt8(ascii: "a") < 26
        if !Text.isSpace(byte) { characters += 1 }
        if isLetter {
          letters += 1
          length += 1
          if length == 2 { words += 1 }
        } else if byte != UInt8(ascii: "'") {
          length = 0
        }
      }
      guard let first = line.bytes.first else { return }
      if Adornment(line) != nil {
        characters -= line.count
        return
      }
      lines += 1
      if words >= 3 { sentences += 1 }
      if first &- UInt8(ascii: "0") < 10 || first == UInt8(ascii: "[") { numbered += 1 }
    }
  }
}
