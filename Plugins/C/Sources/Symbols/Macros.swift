import CodiraCFamily
import CodiraAnalyzerKit

/// The macros that a file defines, read from its directives.
enum Macros {
  static func collect(_ file: FileContext, into found: inout [Found]) {
    let directives = file.preparation.directives
    for (index, directive) in directives.enumerated() where directive.kind == .define && !directive.isDead {
      guard let definition = MacroDefinition(directive, file.shared) else { continue }
      let before = index > 0 ? directives[index - 1] : nil
      found.append(
        macro(directive, definition, file, isGuard: definition.isGuard(behind: before, file.shared)))
    }
  }

  private static func macro(
    _ directive: Directive, _ definition: MacroDefinition, _ file: FileContext, isGuard: Bool
  ) -> Found {
    let name = definition.name
    var found = Found(
      kind: .macro, descriptor: .macro, name: file.source.text(name.start, name.end), nameStart: name.start,
      nameEnd: name.end, start: directive.start, end: definition.end, commentPlace: directive.start)
    found.isAlias = definition.parameters == nil
    found.isRespelling = definition.isRespelling(file.shared)
    if let parameters = definition.parameters {
      found.parametersMin = Int32(parameters.count)
      found.parametersMax = definition.isVariadic ? -1 : Int32(parameters.count)
    }
    let whole = file.oneLine(directive.start, definition.end, limit: 100)
    let head = definition.headEnd(file.shared)
    found.signature = whole.count <= 100 ? whole : file.oneLine(directive.start, head)
    found.hasPayload = !isGuard
    found.hasTrailingComment = true
    return found
  }
}
