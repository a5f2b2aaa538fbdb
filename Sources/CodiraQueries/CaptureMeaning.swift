import CodiraAnalyzerKit
import CodiraModel

/// What a capture of that name says; docs/plugins/queries.md is the table for people.
enum CaptureMeaning {
  case definition(Int)
  case scope(Int)
  case reference(Int)
  case name, parent, body, documentation, receiver, arguments
  case parameters, parameter, optionalParameter, restParameter, parameterType
  case source, relativeSource
  case module, export
  case visibility(Visibility)
  case section(Visibility)
  case flag(SymbolFlags)
  case exclusion
  case local
  /// Of predicates alone.
  case nothing

  init(_ name: String, _ rules: RuleSet) {
    let dot = name.firstIndex(of: ".") ?? name.endIndex
    let rest = String(name[dot...].dropFirst())
    switch name[..<dot] {
    case "definition": self = Self.index(rest, rules.definitions.map(\.name)).map(Self.definition) ?? .nothing
    case "scope": self = Self.index(rest, rules.scopes.map(\.name)).map(Self.scope) ?? .nothing
    case "reference": self = Self.index(rest, rules.references.map(\.name)).map(Self.reference) ?? .nothing
    case "visibility": self = Self.visibility(rest).map(Self.visibility) ?? .nothing
    case "section": self = Self.visibility(rest).map(Self.section) ?? .nothing
    case "flag":
      self = SymbolFlags.named.first { $0.name == rest }.map { .flag($0.flag) } ?? .nothing
    default: self = Self.plain[name] ?? .nothing
    }
  }

  private static let plain: [String: CaptureMeaning] = [
    "name": .name, "parent": .parent, "body": .body, "doc": .documentation, "receiver": .receiver,
    "arguments": .arguments, "parameters": .parameters, "parameter": .parameter,
    "parameter.optional": .optionalParameter, "parameter.rest": .restParameter,
    "parameter.type": .parameterType, "source": .source, "source.relative": .relativeSource,
    "module": .module, "export": .export, "exclude": .exclusion, "local": .local,
  ]

  private static func index(_ name: String, _ names: [String]) -> Int? { names.firstIndex(of: name) }

  private static func visibility(_ word: String) -> Visibility? {
    Visibility.allCases.first { $0.name == word }
  }
}
