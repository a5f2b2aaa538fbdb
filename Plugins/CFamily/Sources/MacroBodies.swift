import CodiraAnalyzerKit

/// Calls in the replacements of macros: a word and a parenthesis behind it.
package enum MacroBodies {
  package static func walk(
    _ file: SourceFile, _ keywords: Keywords, _ call: (UInt32, UInt32, Int32) -> Void
  ) {
    for directive in file.directives where directive.kind == .define && !directive.isDead {
      guard let definition = MacroDefinition(directive, file) else { continue }
      calls(definition, file, keywords, call)
    }
  }

  private static func calls(
    _ definition: MacroDefinition, _ file: SourceFile, _ keywords: Keywords,
    _ call: (UInt32, UInt32, Int32) -> Void
  ) {
    let bytes = file.source.bytes
    var comment = file.comments.firstIndex(from: definition.body)
    var place = definition.body
    while place < definition.end {
      if let span = file.comments.span(comment), span.start <= place {
        place = span.end
        comment += 1
        continue
      }
      let byte = bytes[Int(place)]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        place = literalEnd(place, definition.end, bytes)
      } else if Lexer.isWordByte(byte) {
        let start = place
        while place < definition.end, Lexer.isWordByte(bytes[Int(place)]) { place += 1 }
        let isWord = byte < UInt8(ascii: "0") || byte > UInt8(ascii: "9")
        if isWord, place < definition.end, bytes[Int(place)] == UInt8(ascii: "(") {
          let name = file.source.text(start, place)
          let isParameter = definition.parameters?.contains(name) ?? false
          if !isParameter, keywords.kind(name) == .identifier, !isGlued(start, definition.body, bytes),
            name != "defined"
          {
            call(start, place, -1)
          }
        }
      } else {
        place += 1
      }
    }
  }

  /// `a##b(`: a part of a name.
  private static func isGlued(_ start: UInt32, _ first: UInt32, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var place = start
    while place > first, Text.isSpace(bytes[Int(place) - 1]) { place -= 1 }
    return place > first && bytes[Int(place) - 1] == UInt8(ascii: "#")
  }

  private static func literalEnd(_ start: UInt32, _ end: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
    var place = start + 1
    while place < end, bytes[Int(place)] != bytes[Int(start)] {
      place += bytes[Int(place)] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(place + 1, end)
  }
}
