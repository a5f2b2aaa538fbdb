/// A directed graph in the language of Graphviz: what is not sure is dashed.
struct DotGraph {
  private let name: String
  private var numbers: [String: Int] = [:]
  private var lines: [String] = []
  private var known: Set<String> = []

  init(name: String) { self.name = name }

  /// Declares a node once; later declarations of the same key are ignored.
  mutating func node(_ key: String, label: String, isStart: Bool = false) {
    guard numbers[key] == nil else { return }
    numbers[key] = numbers.count
    lines.append("  n\(numbers.count - 1) [label=\(Self.quoted(label))\(isStart ? ", style=bold" : "")];")
  }

  mutating func edge(_ from: String, _ to: String, label: String, isSure: Bool) {
    node(from, label: from)
    node(to, label: to)
    let attributes =
      (label.isEmpty ? [] : ["label=\(Self.quoted(label))"]) + (isSure ? [] : ["style=dashed"])
    let line =
      "  n\(numbers[from]!) -> n\(numbers[to]!)"
      + (attributes.isEmpty ? ";" : " [\(attributes.joined(separator: ", "))];")
    if known.insert(line).inserted { lines.append(line) }
  }

  var text: String {
    (["digraph \(name) {", "  rankdir=LR; node [shape=box];"] + lines + ["}"]).joined(separator: "\n")
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for character in TerminalText.escape(text) {
      if character == "\"" || character == "\\" { result.append("\\") }
      result.append(character)
    }
    return result + "\""
  }
}
