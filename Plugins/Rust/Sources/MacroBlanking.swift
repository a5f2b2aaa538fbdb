import CodiraAnalyzerKit

/// Opens macro calls that hold items, `cfg_net! { pub mod tcp; }`, by blanking the call around them.
///
/// The grammar sees tokens in them. A call between items is opened first; one whose content the grammar
/// cannot read
/// as items is closed again.
struct MacroBlanking {
  private(set) var bytes: [UInt8] = []
  private var opened: [Opening] = []
  private var round = 0
  private var path = Text.empty

  private struct Opening {
    var start: Int
    var brace: Int
    var end: Int
    var isClosed = false
  }

  private static let rounds = 5
  /// The macro whose name has become a keyword that the grammar knows no macro of.
  static let oldTry: Text = "try!"

  /// Whether the source is to be parsed again, as `bytes`.
  mutating func needsReading(_ tree: SyntaxTree<Rust>, _ source: Source) -> Bool {
    if round == 0 {
      opened.removeAll(keepingCapacity: true)
      bytes.removeAll(keepingCapacity: true)
    }
    round += 1
    if round == 1, !tree.errors.isEmpty, renameTry(source) { return true }
    let closes = close(tree, source)
    let opens = round <= MacroBlanking.rounds - 2 && open(tree, source)
    if (opens || closes) && round < MacroBlanking.rounds { return true }
    round = 0
    return false
  }

  /// Puts a name in the place of every `try!`, so that it is read as a call.
  private mutating func renameTry(_ source: Source) -> Bool {
    let text = Text(source.bytes)
    var hasFound = false
    var index = 0
    while index + 5 < text.count {
      defer { index += 1 }
      guard text[index] == UInt8(ascii: "t"), text[index..<(index + 4)] == MacroBlanking.oldTry,
        index == 0 || !FileReader.isWord(text[index - 1])
      else { continue }
      if bytes.isEmpty { bytes.append(contentsOf: source.bytes) }
      for place in index..<(index + 4) { bytes[place] = UInt8(ascii: "_") }
      hasFound = true
    }
    return hasFound
  }

  private mutating func open(_ tree: SyntaxTree<Rust>, _ source: Source) -> Bool {
    var found: [Opening] = []
    var nodes = tree.root.descendants
    while let node = nodes.next() {
      switch node.kind {
      case .functionItem, .structItem, .enumItem, .useDeclaration, .constItem, .staticItem, .macroDefinition:
        nodes.skipChildren(of: node)
      case .macroInvocation:
        nodes.skipChildren(of: node)
        if let opening = opening(node, source) { found.append(opening) }
      default: break
      }
    }
    guard !found.isEmpty else { return false }
    if bytes.isEmpty { bytes.append(contentsOf: source.bytes) }
    for opening in found {
      opened.append(opening)
      blank(opening.start...opening.brace)
      blank(opening.end...opening.end)
    }
    return true
  }

  private func opening(_ node: Node, _ source: Source) -> Opening? {
    guard let tree = node.child(of: .tokenTree), tree.end - tree.start > 2, node.child(.macroName) != nil
    else { return nil }
    let isBetweenItems =
      switch node.parent?.kind {
      case .sourceFile, .declarationList: true
      case .expressionStatement:
        node.parent?.parent?.kind == .sourceFile || node.parent?.parent?.kind == .declarationList
      default: false
      }
    guard isBetweenItems, source.bytes[Int(tree.start)] == UInt8(ascii: "{"),
      source.bytes[Int(tree.end) - 1] == UInt8(ascii: "}"),
      MacroBlanking.looksLikeItems(source.text(tree.start + 1, tree.end - 1))
    else { return nil }
    let opening = Opening(start: Int(node.start), brace: Int(tree.start), end: Int(tree.end) - 1)
    return opened.contains { $0.start == opening.start && $0.brace == opening.brace } ? nil : opening
  }

  /// Whether an item's first word or an attribute stands at the beginning.
  private static func looksLikeItems(_ text: Text) -> Bool {
    var text = text.trimmed
    while text.hasPrefix("//") { text = text.dropFirst(text.firstIndex(of: "\n") ?? text.count).trimmed }
    if text.hasPrefix("#[") || text.hasPrefix("/*") { return true }
    let end = text.bytes.firstIndex { !FileReader.isWord($0) } ?? text.count
    switch text[0..<end] {
    case "pub", "mod", "fn", "struct", "enum", "union", "trait", "impl", "use", "const", "static", "type",
      "async",
      "unsafe", "extern", "macro_rules":
      return true
    default:
      // Another macro call between items.
      return end > 0 && text.dropFirst(end).trimmed.hasPrefix("!")
    }
  }

  /// Puts back what the grammar could not read.
  private mutating func close(_ tree: SyntaxTree<Rust>, _ source: Source) -> Bool {
    guard !opened.isEmpty, !tree.errors.isEmpty else { return false }
    var hasClosed = false
    for index in opened.indices where !opened[index].isClosed {
      let opening = opened[index]
      let isBroken = tree.errors.contains {
        Int($0.span.start) <= opening.end && Int($0.span.end) >= opening.start
      }
      guard isBroken else { continue }
      opened[index].isClosed = true
      hasClosed = true
      for place in opening.start...opening.brace { bytes[place] = source.bytes[place] }
      bytes[opening.end] = source.bytes[opening.end]
    }
    return hasClosed
  }

  private mutating func blank(_ range: ClosedRange<Int>) {
    for place in range where bytes[place] != 0x0A && bytes[place] != 0x0D { bytes[place] = 0x20 }
  }
}
