/// The text of an answer, line by line, at most 80 columns wide where words allow it.
struct TextPage {
  static let width = 80

  let style: TextStyle
  private(set) var text = ""

  init(style: TextStyle = TextStyle(color: false)) { self.style = style }

  /// A line of text that is safe already, styled or not.
  mutating func line(_ line: String = "") {
    text += line
    text += "\n"
  }

  /// Words from a source, wrapped and indented.
  mutating func paragraph(_ words: String, indent: Int = 0) {
    for source in words.split(separator: "\n", omittingEmptySubsequences: false) {
      wrap(TerminalText.escape(String(source)), indent: indent)
    }
  }

  /// A name and where it is used, with notes in brackets: side by side where they fit, else one below the other.
  mutating func entry(_ name: String, place: String = "", notes: [String] = [], indent: Int = 0) {
    let name = TerminalText.escape(name)
    let place = TerminalText.escape(place)
    let notes = notes.filter { !$0.isEmpty }.map { " [\($0)]" }.joined()
    let margin = String(repeating: " ", count: indent)
    let width = indent + name.count + (place.isEmpty ? 0 : place.count + 2) + notes.count
    if place.isEmpty || width <= Self.width {
      line(margin + name + (place.isEmpty ? "" : "  " + style.dim(place)) + style.warn(notes))
    } else {
      line(margin + name)
      line(margin + "    " + style.dim(place) + style.warn(notes))
    }
  }

  /// Rows in columns as wide as their widest cell; the last column is free.
  mutating func table(_ rows: [[String]], indent: Int = 0) {
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.dropLast().enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.count)
      }
    }
    for row in rows {
      var line = String(repeating: " ", count: indent)
      for (column, cell) in row.enumerated() {
        line += cell
        if column < row.count - 1 { line += String(repeating: " ", count: widths[column] - cell.count + 2) }
      }
      while line.last == " " { line.removeLast() }
      self.line(line)
    }
  }

  /// A safe beginning of a line, then words from a source, wrapped below the first of them.
  mutating func hanging(_ start: String, words: [String]) {
    let margin = String(repeating: " ", count: start.count)
    var current = start
    var isEmpty = true
    for word in words.map({ TerminalText.escape($0) }) {
      if !isEmpty, current.count + 1 + word.count > Self.width {
        line(current)
        (current, isEmpty) = (margin, true)
      }
      current += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    while current.last == " " { current.removeLast() }
    line(current)
  }

  private mutating func wrap(_ source: String, indent: Int) {
    let margin = String(repeating: " ", count: indent)
    var current = ""
    for word in source.split(separator: " ") {
      if !current.isEmpty, indent + current.count + 1 + word.count > Self.width {
        line(margin + current)
        current = ""
      }
      current += (current.isEmpty ? "" : " ") + word
    }
    line(current.isEmpty ? "" : margin + current)
  }
}
