import CodiraAnalyzerKit

/// The macros that a file defines, read from its directives.
enum Macros {
  /// A `#define` taken apart.
  struct Definition {
    var name: ByteSpan
    /// nil: an object-like macro.
    var parameters: [Text]?
    var isVariadic = false
    /// Where its replacement begins.
    var body: UInt32
    var end: UInt32
  }

  static func collect(_ file: FileContext, into found: inout [Found]) {
    let directives = file.preparation.directives
    for (index, directive) in directives.enumerated() where directive.kind == .define && !directive.isDead {
      guard let definition = parse(directive, file) else { continue }
      let before = index > 0 ? directives[index - 1] : nil
      found.append(macro(directive, definition, file, isGuard: isGuard(definition, before, file)))
    }
  }

  static func parse(_ directive: Directive, _ file: FileContext) -> Definition? {
    let bytes = file.source.bytes
    var end = directive.end
    while end > directive.start, Text.isSpace(bytes[Int(end) - 1]) { end -= 1 }
    if let last = file.comments.last(endingAt: end), last.start > directive.body {
      end = last.start
      while end > directive.start, Text.isSpace(bytes[Int(end) - 1]) { end -= 1 }
    }
    var place = skipBlanks(directive.body, end, bytes)
    let start = place
    while place < end, Lexer.isWordByte(bytes[Int(place)]) { place += 1 }
    guard place > start else { return nil }
    var definition = Definition(name: ByteSpan(start: start, end: place), body: place, end: end)
    if place < end, bytes[Int(place)] == UInt8(ascii: "(") {
      let open = place + 1
      while place < end, bytes[Int(place)] != UInt8(ascii: ")") { place += 1 }
      let list = file.source.text(min(open, place), place).split(at: ",").map(\.trimmed).filter {
        !$0.isEmpty
      }
      definition.isVariadic = list.last?.hasSuffix("...") ?? false
      definition.parameters = definition.isVariadic ? list.dropLast() : list
      place = min(place + 1, end)
    }
    definition.body = skipBlanks(place, end, bytes)
    return definition
  }

  private static func skipBlanks(_ start: UInt32, _ end: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
    var place = start
    while place < end, Text.isSpace(bytes[Int(place)]) || bytes[Int(place)] == UInt8(ascii: "\\") {
      place += 1
    }
    return place
  }

  private static func macro(
    _ directive: Directive, _ definition: Definition, _ file: FileContext, isGuard: Bool
  ) -> Found {
    let name = definition.name
    var found = Found(
      kind: .macro, descriptor: .macro, name: file.source.text(name.start, name.end), nameStart: name.start,
      nameEnd: name.end, start: directive.start, end: definition.end, commentPlace: directive.start)
    found.isAlias = definition.parameters == nil
    if let parameters = definition.parameters {
      found.parametersMin = Int32(parameters.count)
      found.parametersMax = definition.isVariadic ? -1 : Int32(parameters.count)
    }
    let whole = file.oneLine(directive.start, definition.end, limit: 100)
    let head = headEnd(definition, file)
    found.signature = whole.count <= 100 ? whole : file.oneLine(directive.start, head)
    found.hasPayload = !isGuard
    found.hasTrailingComment = true
    return found
  }

  private static func headEnd(_ definition: Definition, _ file: FileContext) -> UInt32 {
    guard definition.parameters != nil else { return definition.name.end }
    var place = definition.name.end
    while place < definition.end, file.source.bytes[Int(place)] != UInt8(ascii: ")") { place += 1 }
    return min(place + 1, definition.end)
  }

  /// `#ifndef NAME` and then `#define NAME` alone.
  private static func isGuard(_ definition: Definition, _ before: Directive?, _ file: FileContext) -> Bool {
    guard let before, before.kind == .conditional, definition.body >= definition.end else { return false }
    let condition = file.source.text(before.body, before.end).trimmed
    return condition == file.source.text(definition.name.start, definition.name.end)
  }
}
