import CodiraAnalyzerKit

/// A `#define` taken apart.
package struct MacroDefinition {
  package var name: ByteSpan
  /// nil: an object-like macro.
  package var parameters: [Text]?
  package var isVariadic = false
  /// Where its replacement begins.
  package var body: UInt32
  package var end: UInt32

  package init?(_ directive: Directive, _ file: SourceFile) {
    let bytes = file.source.bytes
    var end = directive.end
    while end > directive.start, Text.isSpace(bytes[Int(end) - 1]) { end -= 1 }
    if let last = file.comments.last(endingAt: end), last.start > directive.body {
      end = last.start
      while end > directive.start, Text.isSpace(bytes[Int(end) - 1]) { end -= 1 }
    }
    var place = Self.skipBlanks(directive.body, end, bytes)
    let start = place
    while place < end, Lexer.isWordByte(bytes[Int(place)]) { place += 1 }
    guard place > start else { return nil }
    name = ByteSpan(start: start, end: place)
    self.end = end
    if place < end, bytes[Int(place)] == UInt8(ascii: "(") {
      let open = place + 1
      while place < end, bytes[Int(place)] != UInt8(ascii: ")") { place += 1 }
      let list = file.source.text(min(open, place), place).split(at: ",").map(\.trimmed).filter {
        !$0.isEmpty
      }
      isVariadic = list.last?.hasSuffix("...") ?? false
      parameters = isVariadic ? list.dropLast() : list
      place = min(place + 1, end)
    }
    body = Self.skipBlanks(place, end, bytes)
  }

  private static func skipBlanks(_ start: UInt32, _ end: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
    var place = start
    while place < end, Text.isSpace(bytes[Int(place)]) || bytes[Int(place)] == UInt8(ascii: "\\") {
      place += 1
    }
    return place
  }

  /// Where what a caller has to know ends: the name, or its parameters.
  package func headEnd(_ file: SourceFile) -> UInt32 {
    guard parameters != nil else { return name.end }
    var place = name.end
    while place < end, file.source.bytes[Int(place)] != UInt8(ascii: ")") { place += 1 }
    return min(place + 1, end)
  }

  /// `#define strdup _strdup`, `#define X509_free X509_FREE`: the same name as another platform writes it.
  package func isRespelling(_ file: SourceFile) -> Bool {
    guard parameters == nil, body < end else { return false }
    let bytes = file.source.bytes
    guard (body..<end).allSatisfy({ Lexer.isWordByte(bytes[Int($0)]) }) else { return false }
    let (old, new) = (file.source.text(name.start, name.end), file.source.text(body, end))
    return old != new && Self.letters(old) == Self.letters(new)
  }

  /// Without case and underscores.
  private static func letters(_ name: Text) -> [UInt8] {
    name.bytes.compactMap { byte in
      byte == UInt8(ascii: "_")
        ? nil : byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
  }

  /// `#ifndef NAME` and then `#define NAME` alone.
  package func isGuard(behind before: Directive?, _ file: SourceFile) -> Bool {
    guard let before, before.kind == .conditional, body >= end else { return false }
    return file.source.text(before.body, before.end).trimmed == file.source.text(name.start, name.end)
  }
}
