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
