import CodiraModel
import CodiraQuery

/// Facts held in memory, written as text; every id is of the language `x` unless the text says otherwise.
///
///     file 1
///     module a/
///     class a/C# < b/Base#          inherits; `<<` implements
///     method a/C#m(). > a/D#        value type; `>[]`, `>#0`, `>()` its parts
///     import a/g. = b/ f | c/ f     alias: root and members, alternatives
///     function a/h(). !local @1-2   flags; parameters from 1 to 2
///
/// `EXT:text` is an external candidate, `SELF` the receiver, a trailing `%` open parameters.
final class MemoryFacts: SymbolFacts {
  private(set) var stated: [StatedSymbol] = []
  private var inherited: [(owner: StableID, file: Int64, reference: Reference)] = []
  var traits: AnalyzerDescriptor.Traits
  var table: [AnalyzerDescriptor.Conversion] = []

  init(_ text: String, traits: AnalyzerDescriptor.Traits = [.constructorCalls]) {
    self.traits = traits
    var file: Int64 = 0
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      if words.isEmpty { continue }
      if words[0] == "file" { file = Int64(words[1])! } else { read(words, file) }
    }
  }

  func rows(of id: StableID) -> [StatedSymbol] { stated.filter { $0.symbol.id == id } }

  func members(of parent: StableID, named name: String) -> [StatedSymbol] {
    stated.filter { $0.symbol.parent == parent && $0.symbol.name == name }
  }

  func constructors(of type: StableID) -> [StatedSymbol] {
    children(of: type).filter { $0.symbol.kind == .constructor }
  }

  func extensions(of type: StableID) -> [StatedSymbol] {
    children(of: type).filter { $0.symbol.kind == .extension }
  }

  func wildcards(of namespace: StableID) -> [StatedSymbol] {
    children(of: namespace).filter { $0.symbol.flags.contains(.wildcard) }
  }

  private func children(of parent: StableID) -> [StatedSymbol] {
    stated.filter { $0.symbol.parent == parent }
  }

  func callables(named name: String, language: Substring) -> [StatedSymbol] {
    stated.filter { $0.symbol.name == name && $0.symbol.kind.isCallable && $0.symbol.id.language == language }
  }

  func supertypes(of id: StableID, in file: Int64) -> [Reference] {
    inherited.filter { $0.owner == id && $0.file == file }.map(\.reference)
  }

  func traits(of language: Substring) -> AnalyzerDescriptor.Traits { traits }

  func conversions(of language: Substring) -> [AnalyzerDescriptor.Conversion] { table }

  static let nowhere = SourceRange(
    start: SourcePosition(offset: 0, line: 1, column: 1), end: SourcePosition(offset: 0, line: 1, column: 1))

  /// `root member member`, `EXT:text`, `SELF member`.
  static func candidate(_ words: some Collection<String>) -> Candidate {
    var words = Array(words)
    var flags: Candidate.Flags = []
    if words.last == "%" {
      flags = .openParameters
      words.removeLast()
    }
    let root = words.removeFirst()
    if root.hasPrefix("EXT:") {
      return Candidate(root: StableID(String(root.dropFirst(4))), flags: .external)
    }
    if root == "SELF" { return Candidate(root: StableID(""), members: words, flags: .receiver) }
    return Candidate(root: id(root), members: words, flags: flags)
  }

  static func candidates(_ words: some Collection<String>) -> [Candidate] {
    words.split(separator: "|").map { candidate($0) }
  }

  static func id(_ text: String) -> StableID { StableID(text == "ROOT" ? "x " : "x " + text) }

  private func read(_ words: [String], _ file: Int64) {
    let id = Self.id(words[1])
    let descriptors = try! id.parse().descriptors
    let parent =
      descriptors.count > 1 ? StableID(language: "x", Array(descriptors.dropLast())) : StableID("")
    var symbol = Symbol(
      id: id, parent: parent, kind: SymbolKind(name: words[0])!, name: descriptors.last!.name,
      qualifiedName: descriptors.map(\.name).joined(separator: "."), range: Self.nowhere,
      nameRange: Self.nowhere)
    var rest = words.dropFirst(2)
    while let word = rest.popFirst() {
      let operands = rest.prefix { !Self.isOperator($0) }
      switch word.first {
      case "=":
        symbol.aliases += Self.candidates(operands)
        rest = rest.dropFirst(operands.count)
      case ">":
        let path = word.dropFirst().split(separator: ",").map(String.init)
        symbol.valueTypes.append(ValueTypeEntry(path: path, candidates: Self.candidates(operands)))
        rest = rest.dropFirst(operands.count)
      case "<":
        let reference = Reference(
          owner: id, role: word == "<<" ? .implements : .inherits, name: "", range: Self.nowhere,
          candidates: Self.candidates(operands))
        inherited.append((id, file, reference))
        rest = rest.dropFirst(operands.count)
      case "!": apply(word.dropFirst(), to: &symbol)
      case "@":
        let bounds = word.dropFirst().split(separator: "-")
        symbol.parametersMin = Int32(bounds[0])!
        symbol.parametersMax = bounds.count > 1 ? Int32(bounds[1])! : -1
      default: preconditionFailure("unknown word \(word)")
      }
    }
    stated.append(StatedSymbol(symbol, file: file))
  }

  private func apply(_ word: Substring, to symbol: inout Symbol) {
    if word == "private" {
      symbol.visibility = .private
    } else {
      symbol.flags.insert(SymbolFlags.named.first { $0.name == word }!.flag)
    }
  }

  private static func isOperator(_ word: String) -> Bool {
    ["=", ">", "<", "!", "@"].contains { word.hasPrefix($0) }
  }
}
