import CodiraAnalyzerKit

/// An imported package.
struct Import {
  var value: Value
  var path: Text
  var kind: ExternalKind
}

extension FileReader {
  func readImports(_ node: Node) {
    for spec in node.descendants where spec.kind == .importSpec { readImport(spec) }
  }

  private func readImport(_ spec: Node) {
    guard let literal = spec.child(.path), literal.end > literal.start + 2 else { return }
    let path = source.text(literal.start + 1, literal.end - 1)
    let place = modules.place(of: path.description)
    let isExternal = place == .standardLibrary
    let kind: ExternalKind =
      switch place {
      case .standardLibrary: .standardLibrary
      case .dependency: .dependency
      case .repository, .unknown: .none
      }
    let chain =
      isExternal ? Chain(path, flags: .external) : Chain(FileReader.namespace(path, output.ids))
    let value = Value(nature: .package, chains: arena.chains(chain))
    let item = Import(value: value, path: path, kind: kind)
    let guess = FileReader.packageName(path)
    var reference = ReferenceDraft(
      .imports, owner: packageID, name: guess, start: literal.start, end: literal.end)
    reference.candidates = value.chains
    reference.noName = true
    reference.externalKind = kind
    if kind != .none { reference.external = path }
    output.references.append(reference)
    define(spec, literal, item, guess)
  }

  private func define(_ spec: Node, _ literal: Node, _ item: Import, _ guess: Text) {
    let alias = spec.child(.name)
    let name = alias.map { source.text($0) } ?? guess
    if alias?.kind == .dot {
      dotImports.append(item.value.chains[0])
    } else if alias?.kind != .blankIdentifier {
      imports[name] = item
      if alias == nil, !name.isEmpty { looseImports.append(item) }
    }
    var symbol = SymbolDraft(
      .import, id: output.ids.define(fileID, .term, item.path), name: name, qualifiedName: item.path,
      start: spec.start, end: spec.end, nameStart: (alias ?? literal).start, nameEnd: (alias ?? literal).end)
    symbol.parent = fileID
    symbol.signature = arena.join("import", " ", source.text(spec))
    symbol.aliases = item.value.chains
    symbol.visibility = .private
    if alias?.kind == .dot { symbol.flags.insert(.wildcard) }
    output.symbols.append(symbol)
  }

  /// The name that a package of that path most likely has: its last component, without a version.
  static func packageName(_ path: Text) -> Text {
    let parts = path.split(at: "/").filter { !$0.isEmpty }
    guard var name = parts.last else { return "_" }
    if parts.count > 1, isVersion(name, "v") { name = parts[parts.count - 2] }
    if let dot = name.lastIndex(of: "."), isVersion(name.dropFirst(dot + 1), "v"), dot > 0 {
      name = name[0..<dot]
    }
    return name
  }

  private static func isVersion(_ text: Text, _ prefix: Text) -> Bool {
    text.count > 1 && text.hasPrefix(prefix)
      && text.bytes.dropFirst().allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
  }

  /// Whether `part` stands somewhere in `whole`, which is longer.
  static func contains(_ whole: Text, _ part: Text) -> Bool {
    guard !part.isEmpty, whole.count > part.count else { return false }
    return (0...(whole.count - part.count)).contains { whole[$0..<($0 + part.count)] == part }
  }
}
