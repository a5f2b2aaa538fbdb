import CodiraModel
import CodiraQuery

/// How a context pack is written, item by item, so that each one's size is known before it is chosen.
enum ContextFormat: String, CaseIterable {
  case markdown
  case json
  case xml

  /// What a token is taken to be: fewer bytes than tokenizers of current models make of source code.
  static let bytesPerToken = 3

  func head(_ question: String) -> String {
    switch self {
    case .markdown: "# Context for \(Self.oneLine(question))\n"
    case .xml: "<context for=\"\(Self.attribute(question))\">\n"
    case .json: ""
    }
  }

  /// A changed file above a pack.
  func change(_ path: String, _ summary: String) -> String {
    switch self {
    case .markdown: "- \(TerminalText.escape(path)) (\(summary))\n"
    case .xml: "  <changed path=\"\(Self.attribute(path))\" summary=\"\(Self.attribute(summary))\"/>\n"
    case .json: ""
    }
  }

  func item(_ item: ContextItem, isFirstOfRole: Bool, in view: IndexView) -> String {
    switch self {
    case .markdown: markdown(item, isFirstOfRole)
    case .xml: xml(item)
    case .json: JSONValue.object(Self.row(item, in: view)).text + ","
    }
  }

  func end(_ pack: ContextPack) -> String {
    let rest = ContextItem.Role.allCases.compactMap { role in
      pack.leftOut[role].map { "\($0) \(role.words)" }
    }
    switch self {
    case .markdown:
      return rest.isEmpty ? "" : "\nLeft out for the budget: " + rest.joined(separator: ", ") + ".\n"
    case .xml:
      let note = rest.isEmpty ? "" : "  <left-out>" + rest.joined(separator: ", ") + "</left-out>\n"
      return note + "</context>\n"
    case .json: return ""
    }
  }

  /// Bytes that `end` takes at most, or the members of an envelope beside its rows.
  static let endSize = 240

  /// The row of an item in an envelope; `text` has its lines, each behind its number and a tab.
  static func row(_ item: ContextItem, in view: IndexView) -> JSONObject {
    var row: JSONObject = [
      "role": .string(item.role.rawValue), "path": .string(item.file.path.text),
      "start_line": .int(item.lines.first?.number ?? 0), "end_line": .int(item.lines.last?.number ?? 0),
      "kind": .string(item.kind), "name": .string(item.symbol?.symbol.name ?? ""),
      "qualified_name": .string(item.symbol?.symbol.qualifiedName ?? ""),
      "id": item.symbol.map { .string($0.symbol.id.text) } ?? .null,
      "language": .string(item.file.language),
    ]
    if item.certainty != .exact { row["resolution"] = .string(item.certainty.rawValue) }
    if item.omitted > 0 { row["omitted_lines"] = .int(item.omitted) }
    let changed = item.lines.filter(\.isChanged)
    if !changed.isEmpty { row["changed_lines"] = .array(changed.map { .int($0.number) }) }
    row["freshness"] = .string(view.freshness(of: item.file).rawValue)
    row["text"] = .string(item.lines.map { "\($0.number)\t\($0.text)\n" }.joined())
    return row
  }

  // MARK: Text

  private func markdown(_ item: ContextItem, _ isFirstOfRole: Bool) -> String {
    let place = TerminalText.escape(item.file.path.text)
    let name = TerminalText.escape(item.symbol?.symbol.qualifiedName ?? "")
    guard item.role == .target else {
      let line = item.lines.first.map { TerminalText.escape(Self.trimmed($0.text)) } ?? ""
      let mark = item.certainty == .exact ? "" : " [\(item.certainty.rawValue)]"
      return (isFirstOfRole ? "\n## \(item.role.heading)\n\n" : "")
        + "- \(place):\(item.lines.first?.number ?? 0) \(name)\(mark): `\(line)`\n"
    }
    var text = "\n## \(place):\(item.lines.first?.number ?? 0) \(item.kind) \(name)\n\n"
    text += "```\(item.file.language)\n"
    text += numbered(item) { $0 } + "```\n"
    if item.omitted > 0 { text += "\(item.omitted) of its lines are left out.\n" }
    return text
  }

  private func xml(_ item: ContextItem) -> String {
    let symbol = item.symbol?.symbol
    var text = "  <\(item.role.rawValue) path=\"\(Self.attribute(item.file.path.text))\""
    text += " start=\"\(item.lines.first?.number ?? 0)\" end=\"\(item.lines.last?.number ?? 0)\""
    if let symbol { text += " kind=\"\(symbol.kind.name)\" name=\"\(Self.attribute(symbol.qualifiedName))\"" }
    if item.certainty != .exact { text += " resolution=\"\(item.certainty.rawValue)\"" }
    if item.omitted > 0 { text += " omitted=\"\(item.omitted)\"" }
    return text + ">\n" + numbered(item, Self.attribute) + "  </\(item.role.rawValue)>\n"
  }

  /// Lines behind their numbers, `+` behind that of a changed one; `…` where some are left out between two.
  private func numbered(_ item: ContextItem, _ escape: (String) -> String) -> String {
    var text = ""
    var next = item.lines.first?.number ?? 0
    for line in item.lines {
      if line.number != next { text += "…\n" }
      text +=
        "\(line.number)\(line.isChanged ? "+" : "")\t\(escape(TerminalText.escape(line.text, keepTabs: true)))\n"
      next = line.number + 1
    }
    return text
  }

  private static func trimmed(_ line: String) -> String {
    let start = line.drop(while: \.isWhitespace)
    return start.count <= 160 ? String(start) : start.prefix(159) + "…"
  }

  private static func oneLine(_ text: String) -> String {
    TerminalText.escape(text.split(whereSeparator: \.isNewline).joined(separator: " "))
  }

  private static func attribute(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension ContextItem {
  /// The symbol's kind; `text` for what no analyzer read, `module` for a module's own statements.
  fileprivate var kind: String { symbol?.symbol.kind.name ?? (role == .target ? "text" : "module") }
}

extension ContextItem.Role {
  fileprivate var heading: String {
    switch self {
    case .target: "Found"
    case .caller: "Called by"
    case .test: "Tested by"
    case .callee: "Calls"
    }
  }

  /// Of several: `3 callers`.
  fileprivate var words: String {
    switch self {
    case .target: "of what was found"
    case .caller: "callers"
    case .test: "tests"
    case .callee: "callees"
    }
  }
}
