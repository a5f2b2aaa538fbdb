import CodiraPluginHost

/// One case of a corpus file: a source and the artifacts that its analyzer must report.
///
///     === a title
///     path: app/models.py
///     project: app/__init__.py
///     project: app/settings.json = {"root": true}
///     configuration: {"macros": {}}
///     show: symbols
///
///     source
///     ---
///     expected lines
///
/// The header lines are optional. A project file has the bytes behind its ` = `, with `\n` for a line's end; `show`
/// is `symbols`, `references` or, without it, all. A backslash before `===` or `---` at the start of a source line
/// stands for that line without it.
package struct CorpusCase: Sendable {
  package var title: String
  package var path = ""
  package var project: [String] = []
  package var configuration = ""
  package var show = ""
  package var source = ""
  package var expected = ""

  package init(title: String) { self.title = title }

  /// The cases of a corpus file, in order.
  package static func parse(_ text: String) -> [CorpusCase] {
    var cases: [CorpusCase] = []
    var part = Part.header
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("=== ") {
        cases.append(CorpusCase(title: String(line.dropFirst(4))))
        part = .header
        continue
      }
      guard let last = cases.indices.last else { continue }
      switch part {
      case .header: part = cases[last].readHeader(line)
      case .source where line == "---": part = .expected
      case .source:
        cases[last].source +=
          (line.hasPrefix("\\===") || line.hasPrefix("\\---") ? line.dropFirst() : line) + "\n"
      case .expected: cases[last].expected += line + "\n"
      }
    }
    for index in cases.indices { cases[index].expected = cases[index].expected.trimmed + "\n" }
    return cases
  }

  /// The case as it stands in a corpus file.
  package var text: String {
    var text = "=== \(title)\n"
    if !path.isEmpty { text += "path: \(path)\n" }
    for file in project { text += "project: \(file)\n" }
    if !configuration.isEmpty { text += "configuration: \(configuration)\n" }
    if !show.isEmpty { text += "show: \(show)\n" }
    let lines = source.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("===") || $0.hasPrefix("---") ? "\\" + $0 : $0 }
    return text + "\n" + lines.joined(separator: "\n") + "\n---\n" + expected
  }

  /// The project view of the case, sorted by path.
  package var projectFiles: [ProjectFile] {
    project.sorted().map { line in
      guard let mark = line.firstRange(of: " = ") else { return ProjectFile(path: line) }
      let content = line[mark.upperBound...].replacing("\\n", with: "\n")
      return ProjectFile(path: String(line[..<mark.lowerBound]), bytes: Array(content.utf8))
    }
  }

  private enum Part { case header, source, expected }

  private mutating func readHeader(_ line: Substring) -> Part {
    let pieces = line.split(separator: ": ", maxSplits: 1)
    switch pieces.first {
    case "path" where pieces.count == 2: path = String(pieces[1])
    case "project" where pieces.count == 2: project.append(String(pieces[1]))
    case "configuration" where pieces.count == 2: configuration = String(pieces[1])
    case "show" where pieces.count == 2: show = String(pieces[1])
    case nil: return .source
    default:
      source += line + "\n"
      return .source
    }
    return .header
  }
}

extension String {
  /// Without blank lines at its end.
  fileprivate var trimmed: String {
    var text = self[...]
    while text.last == "\n" { text = text.dropLast() }
    return String(text)
  }
}
