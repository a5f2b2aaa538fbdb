import CodiraAnalyzerKit
import CodiraModel

extension FileReader {
  /// What an import stands for: the module that its source names.
  func readImport(_ symbol: inout SymbolDraft, _ node: DefinitionNode) {
    let span = node.found.source ?? node.found.name
    let written = NamePath.unquoted(text(span))
    guard let parts = moduleParts(written, isRelative: node.found.isRelative) else { return }
    let chain = Chain(output.ids.namespace(rules.id, parts))
    symbol.aliases = arena.chains(chain)
    var reference = ReferenceDraft(
      .imports, owner: owner(at: span.start), name: parts.last ?? written, start: span.start, end: span.end)
    reference.candidates = symbol.aliases
    output.references.append(reference)
  }

  /// The names of the module that a source means: seen from this file's folder where it is relative.
  private func moduleParts(_ written: Text, isRelative: Bool) -> [Text]? {
    var words = NamePath.split(written, rules.importSeparators)
    let isDotted = written.hasPrefix("./") || written.hasPrefix("../")
    if isDotted { words = written.split(at: "/") }
    var parts = isRelative || isDotted ? folder : []
    for word in words {
      switch word {
      case "", ".": continue
      case "..": if parts.popLast() == nil { return nil }
      default: parts.append(word)
      }
    }
    guard let last = parts.popLast() else { return nil }
    // An extension that is written belongs to no name.
    return ModuleName.parts(of: arena.join(parts + [last], separator: "/"), rules)
  }

  /// The folders of this file, from the repository's root.
  private var folder: [Text] {
    Array(source.path.split(at: "/").filter { !$0.isEmpty && $0 != "." }.dropLast())
  }
}

extension NamePath {
  /// The text of a literal: without quotes or long brackets around it.
  static func unquoted(_ text: Text) -> Text {
    guard text.count >= 2 else { return text }
    let (first, last) = (text[0], text[text.count - 1])
    switch first {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
      if text.count >= 6, text[1] == first, text[2] == first { return text[3..<(text.count - 3)] }
      return last == first ? text[1..<(text.count - 1)] : text
    case UInt8(ascii: "["):
      return text.hasPrefix("[[") && text.hasSuffix("]]") && text.count >= 4
        ? text[2..<(text.count - 2)] : text
    case UInt8(ascii: "<"): return last == UInt8(ascii: ">") ? text[1..<(text.count - 1)] : text
    default: return text
    }
  }
}
