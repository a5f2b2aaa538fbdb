import CodiraAnalyzerKit

extension FileReader {
  /// `export`, `readonly`, `declare`, `typeset`, `local` with names and values.
  func readDeclaration(_ node: Node) {
    let text = source.text(node)
    var options: [UInt8] = []
    var isFunctions = false
    for child in node.children where child.kind == .word {
      let word = source.text(child)
      if word.hasPrefix("-") { options += Array(word.bytes.dropFirst()) }
      if word.hasPrefix("-"),
        word.bytes.contains(where: { $0 == UInt8(ascii: "f") || $0 == UInt8(ascii: "F") })
      {
        isFunctions = true
      }
    }
    let isExport = text.hasPrefix("export")
    let isConstant = text.hasPrefix("readonly") || options.contains(UInt8(ascii: "r"))
    let isGlobal = isExport || text.hasPrefix("readonly") || options.contains(UInt8(ascii: "g"))
    let isOwn = text.hasPrefix("local") || (isInside(node) && !isGlobal)
    for child in node.children {
      switch child.kind {
      case .variableAssignment:
        readAssignment(child, isDeclared: true, isConstant: isConstant, isExported: isExport, isOwn: isOwn)
      case .variableName:
        if isFunctions {
          refer(.callableValue, child, source.text(child))
        } else if !isOwn {
          define(child, node, isConstant: isConstant, isExported: isExport, hasValue: false)
        }
      default: visit(child)
      }
    }
  }

  /// `NAME=value`: outside functions, or declared to be global, a variable of the script.
  func readAssignment(
    _ node: Node, isDeclared: Bool, isConstant: Bool = false, isExported: Bool = false, isOwn: Bool = false
  ) {
    let isGlobal = isDeclared ? !isOwn : !isInside(node)
    if let place = node.child(.name), place.kind == .variableName, isGlobal, !isInSubshell {
      define(place, node, isConstant: isConstant, isExported: isExported, hasValue: true)
    }
    for child in node.children where child.kind != .variableName { visit(child) }
  }

  private func isInside(_ node: Node) -> Bool { isInFunction || owner(at: node.start) != fileID }

  /// The symbol of a variable: one a script, at its first assignment.
  private func define(_ place: Node, _ node: Node, isConstant: Bool, isExported: Bool, hasValue: Bool) {
    let name = source.text(place)
    guard !name.isEmpty else { return }
    if let index = variables[name] {
      if isConstant { output.symbols[index].kind = .constant }
      if isExported { output.symbols[index].visibility = .public }
      return
    }
    let whole = node.parent?.kind == .declarationCommand ? node.parent! : node
    var symbol = SymbolDraft(
      isConstant ? .constant : .variable, id: output.ids.define(fileID, .term, name), name: name,
      qualifiedName: name, start: node.start, end: node.end, nameStart: place.start, nameEnd: place.end)
    symbol.parent = fileID
    symbol.visibility = isExported ? .public : .internal
    symbol.signature = line(hasValue ? source.text(whole.start, node.end) : source.text(whole), limit: 120)
    document(&symbol, above: whole.start)
    variables[name] = output.symbols.count
    output.symbols.append(symbol)
  }

  /// The first line of a text, cut where it is long, never inside a character.
  func line(_ text: Text, limit: Int) -> Text {
    let isOneLine = text.bytes.prefix(limit + 1).allSatisfy { $0 >= 0x20 }
    if isOneLine, text.count <= limit { return text }
    var end = 0
    while end < min(limit, text.count), text[end] >= 0x20 { end += 1 }
    while end > 0, end < text.count, text[end] & 0xC0 == 0x80 { end -= 1 }
    return arena.join(text[0..<end].trimmed, "", "…")
  }
}
