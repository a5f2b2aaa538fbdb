import CodiraAnalyzerKit

/// Reads one script.
///
/// Functions and variables are the script's own; what it sources is a wildcard import, so that a name may lead there.
final class FileReader {
  let source: Source
  let output: Output
  let arena: Arena
  let fileID: Text
  let fileName: Text
  let folder: [Text]
  let isTestFile: Bool
  /// The symbol that contains what is being read.
  var owner: Text
  /// How many definitions the file has of each function, and the id of the first.
  var functions: [Text: (id: Text, count: Int)] = [:]
  /// Functions that the tree lacks, in order, and their ids.
  var lost: [LostFunction] = []
  var lostIDs: [Text] = []
  var aliases: [Text: Text] = [:]
  var variables: [Text: Int] = [:]
  /// It brings in what other scripts define.
  var isSourcing = false
  var isInFunction = false
  var isInSubshell = false

  init(source: Source, output: Output) {
    self.source = source
    self.output = output
    arena = output.arena
    let parts = source.path.split(at: "/").filter { !$0.isEmpty }
    fileName = parts.last ?? "_"
    folder = Array(parts.dropLast())
    fileID = output.ids.namespace("bash", parts.isEmpty ? ["_"] : parts)
    isTestFile = fileName.hasSuffix(".bats") || fileName.hasPrefix("test_") || fileName.hasSuffix("_test.sh")
    owner = fileID
  }

  /// False when the host no longer wants the result.
  func read(_ root: Node) -> Bool {
    defineFile(root)
    collectFunctions(root)
    for (index, node) in root.children.enumerated() {
      if index & 255 == 255, source.shouldStop { return false }
      visit(node)
    }
    if isTestFile { for index in output.symbols.indices { output.symbols[index].flags.insert(.test) } }
    return true
  }

  /// Notes what functions there are, before anything calls them.
  private func collectFunctions(_ root: Node) {
    var known: Set<UInt32> = []
    for node in root.descendants where node.kind == .functionDefinition || node.kind == .command {
      guard let place = node.child(.name) else { continue }
      if node.kind == .command {
        isSourcing = isSourcing || literal(place) == "source" || literal(place) == "."
      } else {
        known.insert(place.start)
        note(name(of: place))
      }
    }
    guard output.isPartial else { return }
    lost = Recovery(source.bytes, known: known).functions
    for function in lost { note(source.text(function.nameStart, function.nameEnd)) }
    for function in lost { lostIDs.append(define(function)) }
  }

  private func note(_ name: Text) {
    let known = functions[name]
    functions[name] = (known?.id ?? output.ids.id(fileID, .callable, name), (known?.count ?? 0) + 1)
  }

  /// The symbol of a function whose body the grammar did not read as one.
  private func define(_ function: LostFunction) -> Text {
    let name = source.text(function.nameStart, function.nameEnd)
    let id = output.ids.define(fileID, .callable, name)
    var symbol = SymbolDraft(
      .function, id: id, name: name, qualifiedName: name, start: function.start, end: function.end,
      nameStart: function.nameStart, nameEnd: function.nameEnd)
    symbol.parent = fileID
    symbol.visibility = name.hasPrefix("_") ? .internal : .public
    symbol.signature = arena.join(name, "", "()")
    document(&symbol, above: function.start)
    output.symbols.append(symbol)
    return id
  }

  /// What contains a place: the function being read, else a lost one around it.
  func owner(at place: UInt32) -> Text {
    guard owner == fileID, !lost.isEmpty else { return owner }
    var low = 0
    var high = lost.count
    while low < high {
      let middle = (low + high) / 2
      if lost[middle].start <= place { low = middle + 1 } else { high = middle }
    }
    return low > 0 && place < lost[low - 1].end ? lostIDs[low - 1] : owner
  }

  func visit(_ node: Node) {
    switch node.kind {
    case .functionDefinition: readFunction(node)
    case .command: readCommand(node)
    case .declarationCommand: readDeclaration(node)
    case .variableAssignment: readAssignment(node, isDeclared: false)
    case .subshell, .commandSubstitution, .processSubstitution:
      let outer = isInSubshell
      isInSubshell = true
      readChildren(node)
      isInSubshell = outer
    default: readChildren(node)
    }
  }

  func readChildren(_ node: Node) { for child in node.children { visit(child) } }

  private func defineFile(_ root: Node) {
    var symbol = SymbolDraft(
      .module, id: fileID, name: fileName, qualifiedName: source.path, start: 0,
      end: UInt32(source.bytes.count), nameStart: 0, nameEnd: 0)
    symbol.signature = arena.join("script", " ", source.path)
    symbol.visibility = .public
    if let span = headComment(before: root.firstChild?.start ?? symbol.end) {
      symbol.documentation = commentText(span).withoutLicence
      symbol.documentationSpan = bounds(span)
      if !symbol.documentation.isEmpty {
        let place = bounds(span)
        output.documentation.append(
          DocumentationDraft(
            id: output.ids.id(fileID, .term, "comment"), owner: fileID, format: "plain",
            text: symbol.documentation, start: place.start, end: place.end))
      }
    }
    output.symbols.append(symbol)
  }

  /// A function's name; of a bats test its title.
  func name(of place: Node) -> Text {
    guard source.bytes[Int(place.start)] == UInt8(ascii: "@") else { return source.text(place) }
    guard let parent = place.parent, let body = parent.child(.body) else { return source.text(place) }
    return BatsTests.title(source.text(place.start, body.start).trimmed) ?? source.text(place)
  }

  private func readFunction(_ node: Node) {
    guard let place = node.child(.name), place.end > place.start else {
      readChildren(node)
      return
    }
    let name = name(of: place)
    let isTest = source.bytes[Int(place.start)] == UInt8(ascii: "@")
    let id = output.ids.define(fileID, .callable, name)
    let headEnd = node.child(.body)?.start ?? node.end
    var symbol = SymbolDraft(
      .function, id: id, name: name, qualifiedName: name, start: node.start, end: node.end,
      nameStart: place.start, nameEnd: place.end)
    symbol.parent = fileID
    symbol.visibility = name.hasPrefix("_") ? .internal : .public
    if isTest {
      symbol.flags.insert(.test)
      if let title = BatsTests.titlePlace(source.text(place.start, headEnd)) {
        (symbol.nameStart, symbol.nameEnd) = (place.start + title.start, place.start + title.end)
      }
    }
    symbol.signature = isTest ? source.text(node.start, headEnd).trimmed : arena.join(name, "", "()")
    document(&symbol, above: node.start)
    output.symbols.append(symbol)
    let (outer, wasInFunction) = (owner, isInFunction)
    owner = id
    isInFunction = true
    for child in node.children where child != place { visit(child) }
    owner = outer
    isInFunction = wasInFunction
  }
}
