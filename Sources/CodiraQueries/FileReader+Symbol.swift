import CodiraAnalyzerKit
import CodiraModel

extension FileReader {
  private static let signatureLimit = 300

  func symbol(
    _ node: DefinitionNode, _ rule: RuleSet.Definition, _ parameters: [FoundParameter]
  ) -> SymbolDraft {
    let found = node.found
    let nameStart = found.name.end - UInt32(min(node.path.name.count, Int(found.name.end - found.name.start)))
    let isWhole = source.text(nameStart, found.name.end) == node.path.name
    var symbol = SymbolDraft(
      isMember(node) ? rule.memberKind : rule.kind, id: node.id, name: node.path.name,
      qualifiedName: node.qualifiedName, start: found.span.start, end: found.span.end,
      nameStart: isWhole ? nameStart : found.name.start, nameEnd: found.name.end,
      flags: rule.flags.union(found.flags))
    if isLocal(node) {
      symbol.flags.insert(.local)
      symbol.hasPayload =
        symbol.hasPayload && rule.kind.ontology != .variable && rule.kind.ontology != .constant
    }
    symbol.parent = parent(of: node)
    symbol.visibility = visibility(node, rule)
    symbol.signature = signature(found)
    if rule.kind.isCallable, found.asksForParameters { takeParameters(&symbol, parameters) }
    if rule.kind == .import { readImport(&symbol, node) }
    document(&symbol, found)
    return symbol
  }

  /// What it is a member of; where that is a value that this file does not define, what the definition stands in: no
  /// other file has a row of it.
  private func parent(of node: DefinitionNode) -> Text {
    var parent = node.parentID
    if parent.hasSuffix("."), emitted[parent] == nil {
      parent = node.home >= 0 ? nodes[node.home].id : module.home
    }
    return parent == output.ids.root(rules.id) ? .empty : parent
  }

  /// Whether it belongs to a type, or to a value as in `M.f`.
  private func isMember(_ node: DefinitionNode) -> Bool {
    if let first = node.path.prefix.first, !exports.contains(first) { return true }
    return node.home >= 0 && nodes[node.home].isType
  }

  /// No other file can name it: a callable is around it, and its own name does not lead out.
  private func isLocal(_ node: DefinitionNode) -> Bool {
    guard node.path.prefix.isEmpty else { return false }
    var container = node.home
    while container >= 0 {
      if nodes[container].isCallable { return true }
      container = nodes[container].home
    }
    return false
  }

  private func takeParameters(_ symbol: inout SymbolDraft, _ parameters: [FoundParameter]) {
    symbol.parametersMin = Int32(clamping: parameters.count { $0.form == .plain })
    symbol.parametersMax =
      parameters.contains { $0.form == .rest } ? -1 : Int32(clamping: parameters.count)
  }

  private func visibility(_ node: DefinitionNode, _ rule: RuleSet.Definition) -> Visibility {
    if let visibility = node.found.visibility { return visibility }
    let name = node.path.name
    let place = node.found.span.start
    if let visibility = named[MemberKey(container: node.container, name: name)] { return visibility }
    if let visibility = rule.visibility { return visibility }
    if let row = rules.nameRules.first(where: { $0.pattern.matches(name.bytes) }) { return row.visibility }
    return section(before: place, of: node)?.visibility ?? rules.defaultVisibility
  }

  /// The last word before a definition that stands beside it, in the same container.
  private func section(before place: UInt32, of node: DefinitionNode) -> FoundSection? {
    var low = 0
    var high = captures.sections.count
    while low < high {
      let middle = (low + high) / 2
      if captures.sections[middle].start < place { low = middle + 1 } else { high = middle }
    }
    let start = node.container < 0 ? 0 : nodes[node.container].found.span.start
    while low > 0, captures.sections[low - 1].start >= start {
      let section = captures.sections[low - 1]
      if section.end == node.found.end, innermost(at: section.start) == node.container { return section }
      low -= 1
    }
    return nil
  }

  /// The last definition that began before a place and goes on behind it; -1 is the module.
  func innermost(at place: UInt32) -> Int {
    var low = 0
    var high = nodes.count
    while low < high {
      let middle = (low + high) / 2
      if nodes[middle].found.span.start <= place { low = middle + 1 } else { high = middle }
    }
    var index = low - 1
    while index >= 0, nodes[index].found.span.end <= place { index = nodes[index].container }
    return index
  }

  private func signature(_ found: FoundDefinition) -> Text {
    var end = found.bodyStart ?? found.span.end
    if found.bodyStart == nil {
      let rest = text(found.span).bytes
      if let line = rest.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
        end = found.span.start + UInt32(line)
      }
    }
    var signature = Self.oneLine(
      source.text(found.span.start, max(end, found.span.start)), limit: Self.signatureLimit)
    if let last = signature.last, [UInt8(ascii: "{"), UInt8(ascii: "=")].contains(last) {
      signature.removeLast()
      while signature.last == 0x20 { signature.removeLast() }
    }
    return signature.isEmpty
      ? arena.copy(Self.oneLine(text(found.name), limit: Self.signatureLimit)) : arena.copy(signature)
  }

  /// Runs of white space as one space, cut where it grows too long.
  static func oneLine(_ text: Text, limit: Int) -> [UInt8] {
    var line: [UInt8] = []
    for byte in text.trimmed.bytes {
      if line.count >= limit, byte & 0xC0 != 0x80 { break }
      if !Text.isSpace(byte) { line.append(byte) } else if line.last != 0x20 { line.append(0x20) }
    }
    return line
  }

  private func document(_ symbol: inout SymbolDraft, _ found: FoundDefinition) {
    let comments = CommentReader(source, output, rules)
    if let span = found.documentation {
      symbol.documentation = comments.text(of: span)
      symbol.documentationSpan = span
    } else if let (text, span) = comments.above(found.span.start) {
      symbol.documentation = text
      symbol.documentationSpan = span
    }
  }
}
