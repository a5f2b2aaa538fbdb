import CodiraAnalyzerKit

/// A type that a comment of a JavaScript file defines: `@typedef {Base} Name`, `@property {Type} member`.
struct Typedef {
  var name: Text
  /// As written between the braces.
  var type: Text
  var properties: [(name: Text, type: Text)] = []
  var comment: ByteSpan
  var documentation = Text.empty
  var id = Text.empty
}

extension FileReader {
  /// The types that comments define, in the order of the file.
  func findTypedefs() -> [Typedef] {
    guard !path.isTyped else { return [] }
    var found: [Typedef] = []
    for span in output.comments {
      let text = source.text(span.start, span.end)
      guard text.hasPrefix("/**"), text.count > 14 else { continue }
      let comment = comment(text.dropFirst(3).dropLast(2))
      for (index, var typedef) in comment.typedefs.enumerated() {
        typedef.comment = span
        // Of several in one comment the first has its text, and each the lines from its name on.
        if index == 0 { typedef.documentation = comment.text }
        if comment.typedefs.count > 1 {
          let last = typedef.properties.last?.name ?? typedef.name
          typedef.comment = ByteSpan(
            start: offset(of: typedef.name), end: offset(of: last) + UInt32(last.count))
        }
        found.append(typedef)
      }
    }
    return found
  }

  /// Gives ids to those above `place`, so that ids go by the order of the file.
  func hoistTypedefs(before place: UInt32) {
    while nextTypedef < typedefs.count, typedefs[nextTypedef].comment.start < place {
      typedefs[nextTypedef].id = output.ids.define(
        scope.id, .type, typedefs[nextTypedef].name)
      nextTypedef += 1
    }
  }

  func readTypedefs() {
    for typedef in typedefs where scope.types[typedef.name] == nil {
      let value = Value(nature: .object, chains: arena.chains(Chain(typedef.id)))
      scope.types[typedef.name] = Binding(kind: .variable, value: value)
    }
    for typedef in typedefs {
      var symbol = draft(.typeAlias, typedef.id, typedef.name, of: typedef, in: scope.id)
      symbol.signature = arena.join(
        "type ", "", arena.join(typedef.name, " = ", collapsed(typedef.type, limit: 200)))
      symbol.documentation = typedef.documentation
      symbol.valueTypes = valueTypes(documentedType(typedef.type))
      add(symbol)
      for property in typedef.properties {
        let id = output.ids.define(typedef.id, .term, property.name)
        var symbol = draft(.field, id, property.name, of: typedef, in: typedef.id)
        (symbol.start, symbol.end) = (symbol.nameStart, symbol.nameEnd)
        symbol.qualifiedName = arena.join(
          arena.join(scope.qualifiedName, ".", typedef.name), ".", property.name)
        symbol.signature = arena.join(property.name, ": ", collapsed(property.type, limit: 200))
        symbol.valueTypes = valueTypes(documentedType(property.type))
        add(symbol)
      }
    }
  }

  private func draft(
    _ kind: SymbolKind, _ id: Text, _ name: Text, of typedef: Typedef, in parent: Text
  ) -> SymbolDraft {
    let start = offset(of: name)
    var symbol = SymbolDraft(
      kind, id: id, name: name, qualifiedName: arena.join(scope.qualifiedName, ".", name),
      start: typedef.comment.start, end: typedef.comment.end, nameStart: start,
      nameEnd: start + UInt32(name.count))
    symbol.parent = parent
    symbol.visibility = .public
    symbol.hasPayload = kind == .typeAlias
    if isTestFile { symbol.flags.insert(.test) }
    return symbol
  }

  /// Where a text that was cut out of the source stands in it.
  private func offset(of text: Text) -> UInt32 {
    guard let place = text.bytes.baseAddress, let start = source.bytes.baseAddress else { return 0 }
    return UInt32(place - start)
  }
}
