import CodiraAnalyzerKit
import CodiraModel

/// One value of the embedded rules; what is not there is empty.
struct RuleReader {
  private let value: JSONValue

  init(_ value: JSONValue) { self.value = value }

  subscript(name: String) -> RuleReader {
    if case .object(let object) = value { RuleReader(object[name] ?? .null) } else { RuleReader(.null) }
  }

  var members: [(name: String, value: RuleReader)] {
    if case .object(let object) = value { object.members.map { ($0.name, RuleReader($0.value)) } } else { [] }
  }

  var list: [RuleReader] {
    if case .array(let elements) = value { elements.map { RuleReader($0) } } else { [] }
  }

  var string: String { if case .string(let text) = value { text } else { "" } }
  var bool: Bool { value == .bool(true) }
  var int: Int { if case .int(let number) = value { number } else { 0 } }
  var strings: [String] { list.map(\.string) }

  /// A text that lives as long as the process.
  var text: Text { Self.kept.copy(string) }
  var texts: [Text] { list.map(\.text) }

  var kind: SymbolKind? { SymbolKind(name: string) }
  var visibility: Visibility? { Visibility.allCases.first { $0.name == string } }

  var descriptor: DescriptorKind {
    switch string {
    case "namespace": .namespace
    case "term": .term
    case "callable": .callable
    case "macro": .macro
    default: .type
    }
  }

  // One thread reads the rules, once.
  private nonisolated(unsafe) static let kept = Arena()

  var description: AnalyzerDescription {
    var description = AnalyzerDescription(
      id: self["id"].string, version: self["version"].string, languages: self["languages"].strings)
    description.suffixes = self["suffixes"].strings
    description.suffixLanguages = self["suffix_languages"].strings
    description.fileNames = self["file_names"].strings
    description.interpreters = self["interpreters"].strings
    description.capabilities = self["capabilities"].strings.compactMap { OntologyKind(rawValue: $0) }
    description.grammarName = self["grammar"]["name"].string
    description.grammarVersion = self["grammar"]["version"].string
    description.grammarABI = UInt32(clamping: self["grammar"]["abi"].int)
    description.largestFile = UInt64(clamping: self["largest_file"].int)
    if self["calls"]["constructor_calls"].bool { description.traits.insert(.constructorCalls) }
    if self["calls"]["overloads"].bool { description.traits.insert(.overloads) }
    if self["calls"]["c3"].bool { description.traits.insert(.c3) }
    return description
  }
}
