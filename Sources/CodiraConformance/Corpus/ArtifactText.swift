import CodiraModel

/// Artifacts as lines that a person can read and compare.
///
///     method python app/Box#get(). 3:3-4:17 name 3:7 public static
///       signature def get(self) -> Item
///       type python app/Item#
///     call get 9:5 in python app/main(). of box, 1 argument: python app/Box# get
package enum ArtifactText {
  package static func lines(_ artifacts: FileArtifacts, show: String = "") throws -> String {
    var lines: [String] = []
    if artifacts.isPartial { lines.append("partial") }
    for diagnostic in artifacts.diagnostics {
      lines.append(
        "\(diagnostic.severity.name) \(diagnostic.code) \(range(diagnostic.range)) \(diagnostic.message)")
    }
    if show != "references" {
      for symbol in artifacts.symbols { lines += self.lines(symbol) }
      lines += artifacts.documentation.map { line($0) }
    }
    if show != "symbols" { lines += try artifacts.references.unpack().map { line($0) } }
    return lines.joined(separator: "\n") + "\n"
  }

  package static func lines(_ symbol: Symbol) -> [String] {
    var head = "\(symbol.kind.name) \(symbol.id) \(range(symbol.range))"
    if symbol.nameRange.byteCount > 0 { head += " name \(place(symbol.nameRange.start))" }
    head += " \(symbol.visibility.name)"
    for flag in symbol.flags.names { head += " \(flag)" }
    if symbol.kind.isCallable {
      head += " takes \(symbol.parametersMin)..\(symbol.parametersMax < 0 ? "" : "\(symbol.parametersMax)")"
    }
    var lines = [head]
    if symbol.kind != .module { lines.append("  signature \(symbol.signature)") }
    if !symbol.documentation.isEmpty { lines.append("  documentation \(quoted(symbol.documentation))") }
    if !symbol.aliases.isEmpty { lines.append("  alias \(text(symbol.aliases))") }
    for part in symbol.valueTypes {
      lines.append("  type \((part.path + [text(part.candidates)]).joined(separator: " "))")
    }
    if !symbol.payload.isEmpty {
      lines.append("  payload " + symbol.payload.map { "\($0.start)-\($0.end)" }.joined(separator: " "))
    }
    return lines
  }

  package static func line(_ piece: Documentation) -> String {
    "documentation \(piece.id) \(range(piece.range)) of \(piece.owner) \(quoted(piece.text))"
  }

  package static func line(_ reference: Reference) -> String {
    var line =
      "\(reference.role.name) \(reference.name) \(place(reference.range.start)) in \(reference.owner)"
    if !reference.receiver.isEmpty { line += " of \(reference.receiver)" }
    if reference.role == .call {
      line += reference.argumentCount < 0 ? " (…)" : " (\(reference.argumentCount))"
    }
    if !reference.labels.isEmpty { line += " [\(reference.labels.joined(separator: ","))]" }
    if !reference.arguments.isEmpty {
      line += " with \(reference.arguments.map { $0.isEmpty ? "?" : text($0) }.joined(separator: ", "))"
    }
    if reference.noName { line += " no_name" }
    if reference.externalKind != .none { line += " \(reference.externalKind.name) \(reference.external)" }
    return reference.candidates.isEmpty ? line : "\(line): \(text(reference.candidates))"
  }

  package static func text(_ candidates: [Candidate]) -> String {
    candidates.map { candidate in
      var words = [candidate.root.text] + candidate.members
      if candidate.flags.contains(.external) { words.insert("external", at: 0) }
      if candidate.flags.contains(.receiver) { words = ["receiver"] + candidate.members }
      if candidate.flags.contains(.openParameters) { words.append("(any)") }
      return words.joined(separator: " ")
    }.joined(separator: " | ")
  }

  private static func range(_ range: SourceRange) -> String { "\(place(range.start))-\(place(range.end))" }

  private static func place(_ position: SourcePosition) -> String { "\(position.line):\(position.column)" }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\n", with: "\\n") + "\""
  }
}
