import CodiraAnalyzerKit
import CodiraModel

/// Turns what the patterns found in one file into symbols and references.
final class FileReader {
  let source: Source
  let output: Output
  let rules: RuleSet
  let captures: Captures
  let module: ModuleName
  var arena: Arena { output.arena }

  /// The definitions of the file, parents before what they contain.
  var nodes: [DefinitionNode] = []
  /// Nodes by the container and the name they have there; -1 is the module.
  var members: [MemberKey: [Int]] = [:]
  /// Names bound in a definition without being one.
  var locals: Set<MemberKey> = []
  /// What is said of the visibility of a name, elsewhere than at its definition.
  var named: [MemberKey: Visibility] = [:]
  /// What stands for the module itself: Lua's `return M`.
  var exports: Set<Text> = []
  /// Symbols that are in the output, with their place there.
  var emitted: [Text: Int] = [:]

  /// Definitions nested in each other: their ids grow with every one.
  private static let depthLimit = 64

  struct MemberKey: Hashable {
    var container: Int
    var name: Text
  }

  init(source: Source, output: Output, rules: RuleSet, captures: Captures) {
    self.source = source
    self.output = output
    self.rules = rules
    self.captures = captures
    module = ModuleName(source, output, rules, captures.module)
  }

  func read() {
    leaveOut()
    exports = Set(captures.exports.map { text($0) })
    defineModule()
    nest()
    for span in captures.locals {
      locals.insert(MemberKey(container: innermost(at: span.start), name: text(span)))
    }
    for row in captures.named {
      let key = MemberKey(container: innermost(at: row.name.start), name: NamePath.bare(text(row.name)))
      named[key] = row.visibility
    }
    nodes.indices.forEach(define)
    writeReferences()
    markTests()
  }

  func text(_ span: ByteSpan) -> Text { source.text(span.start, span.end) }

  /// What no payload holds: comments, and what the queries say.
  private func leaveOut() {
    guard !captures.exclusions.isEmpty else { return }
    output.comments += captures.exclusions
    output.comments.sort { ($0.start, $0.end) < ($1.start, $1.end) }
  }

  private func defineModule() {
    var symbol = SymbolDraft(
      .module, id: module.id, name: module.name, qualifiedName: module.qualifiedName, start: 0,
      end: UInt32(source.bytes.count), nameStart: 0, nameEnd: 0)
    symbol.visibility = .public
    symbol.signature = arena.join("module", " ", source.path)
    let comments = CommentReader(source, output, rules)
    if let (text, span) = comments.head(before: captures.definitions.first?.span.start ?? symbol.end) {
      symbol.documentation = text
      symbol.documentationSpan = span
      if !text.isEmpty {
        output.documentation.append(
          DocumentationDraft(
            id: output.ids.id(module.id, .term, "comment"), owner: module.id, format: "plain", text: text,
            start: span.start, end: span.end))
      }
    }
    output.symbols.append(symbol)
    emitted[module.id] = 0
  }

  /// Finds the container of each definition, and what name it has there.
  private func nest() {
    var open: [Int] = []
    for found in captures.definitions {
      while let last = open.last, !isInside(found, nodes[last].found) { open.removeLast() }
      if open.count >= Self.depthLimit {
        output.diagnose(
          .warning, code: "nesting", "this definition is nested too deep and left out", found.span)
        continue
      }
      var path = NamePath(text(found.name), found.parent.map { text($0) }, rules)
      if !found.isNamed, found.source != nil {
        path.name = NamePath.split(path.name, rules.importSeparators).last { !$0.isEmpty } ?? path.name
        path.prefix = []
      }
      nodes.append(DefinitionNode(found: found, path: path, container: open.last ?? -1, rules: rules))
      let index = nodes.count - 1
      if path.prefix.isEmpty, found.isNamed {
        members[MemberKey(container: nodes[index].home, name: path.name), default: []].append(index)
      }
      open.append(index)
    }
  }

  private func isInside(_ found: FoundDefinition, _ around: FoundDefinition) -> Bool {
    around.span.contains(found.span) && around.span != found.span
  }

  private func markTests() {
    let isTestFile = rules.testPaths.contains { $0.matches(source.path.bytes) }
    for index in output.symbols.indices {
      let symbol = output.symbols[index]
      let isTest = symbol.kind.isCallable && rules.testNames.contains { $0.matches(symbol.name.bytes) }
      if isTestFile || isTest { output.symbols[index].flags.insert(.test) }
    }
  }
}

/// A definition among the others of its file.
struct DefinitionNode {
  let found: FoundDefinition
  let path: NamePath
  /// The definition around it; -1 is the module.
  let container: Int
  /// What it belongs to: the container, or the module where its rule says so.
  let home: Int
  let rule: RuleSet.Definition?
  let descriptor: DescriptorKind
  /// Its id, and that of what it is a member of; set by `define`.
  var id = Text.empty
  var parentID = Text.empty
  var qualifiedName = Text.empty
  /// Whether it has a row of its own in the output.
  var isSymbol = false

  init(found: FoundDefinition, path: NamePath, container: Int, rules: RuleSet) {
    self.found = found
    self.path = path
    self.container = container
    switch found.rule {
    case .definition(let index):
      rule = rules.definitions[index]
      descriptor = rules.definitions[index].descriptor
    case .scope(let index):
      rule = nil
      descriptor = rules.scopes[index].descriptor
    }
    home = rule?.isModuleLevel == true ? -1 : container
  }

  var isCallable: Bool { rule?.kind.isCallable ?? false }
  var isType: Bool { rule?.kind.isType ?? (descriptor == .type) }
}
