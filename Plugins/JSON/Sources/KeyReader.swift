import CodiraAnalyzerKit

/// Reports the keys of one file, each under its path of keys.
struct KeyReader {
  let source: Source
  let output: Output
  private let arena: Arena
  private let fileID: Text
  private let folder: [Text]
  private let name: Text
  private var shape = Shape.data
  private var count = 0

  private static let limit = 5_000

  init(source: Source, output: Output) {
    self.source = source
    self.output = output
    arena = output.arena
    let parts = source.path.split(at: "/")
    folder = Array(parts.dropLast())
    name = parts[parts.count - 1]
    fileID = output.ids.namespace("json", parts)
  }

  mutating func read(_ document: Node) {
    guard let root = document.firstChild else {
      defineFile(nil)
      return
    }
    shape = Shape(source.path, root, source)
    defineFile(root)
    if shape != .data { readObject(root, parent: fileID, path: .empty, depth: 1) }
  }

  /// The file itself; data has nothing more.
  mutating func defineFile(_ root: Node?) {
    var symbol = SymbolDraft(
      .module, id: fileID, name: name, qualifiedName: source.path, start: 0, end: UInt32(source.bytes.count),
      nameStart: 0, nameEnd: 0)
    symbol.signature = shape == .data ? name : signature(name, root)
    symbol.hasPayload = shape != .data
    if let root, root.kind == .object,
      let text = string(of: "description", in: root) ?? string(of: "title", in: root)
    {
      symbol.documentation = text
    }
    output.symbols.append(symbol)
  }

  private mutating func readObject(_ object: Node, parent: Text, path: Text, depth: Int) {
    guard object.kind == .object else { return }
    if shape == .configuration, depth > 1, Shape.isTable(object, source) { return }
    for pair in object.children where pair.kind == .pair {
      guard count < KeyReader.limit, let key = pair.child(.key), let value = pair.child(.value) else {
        continue
      }
      define(pair, named: plain(key), at: key, value, parent: parent, path: path, depth: depth)
      readReference(plain(key), value, owner: parent)
    }
  }

  /// The symbol of a key, or of a record that a list holds.
  private mutating func define(
    _ node: Node, named name: Text, at place: Node, _ value: Node, parent: Text, path: Text, depth: Int
  ) {
    let isSection = value.kind == .object || (value.kind == .array && holdsRecords(value))
    // An id has no empty name.
    let id = output.ids.define(parent, isSection ? .namespace : .term, name.isEmpty ? "\"\"" : name)
    let qualifiedName = path.isEmpty ? name : arena.join(path, ".", name)
    var symbol = SymbolDraft(
      isSection ? .section : .key, id: id, name: name, qualifiedName: qualifiedName, start: node.start,
      end: node.end,
      nameStart: place.start + 1, nameEnd: max(place.start + 1, place.end - 1))
    symbol.parent = parent
    symbol.signature = signature(name, value)
    symbol.visibility = .public
    symbol.documentation = documentation(node, value)
    output.symbols.append(symbol)
    count += 1
    guard depth < shape.depth else { return }
    readObject(value, parent: id, path: qualifiedName, depth: depth + 1)
    if isSection, value.kind == .array {
      readRecords(value, parent: id, path: qualifiedName, depth: depth + 1)
    }
  }

  // MARK: lists of records

  /// `[{ "name": "build", … }, …]`: each record is known by its name.
  private mutating func readRecords(_ array: Node, parent: Text, path: Text, depth: Int) {
    for record in array.children where record.kind == .object && count < KeyReader.limit {
      guard let label = label(of: record), let value = label.child(.value) else { continue }
      define(record, named: plain(value), at: value, record, parent: parent, path: path, depth: depth)
    }
  }

  /// Whether a list holds a few records that all have names.
  private func holdsRecords(_ array: Node) -> Bool {
    var records = 0
    for child in array.children {
      guard child.kind == .object, label(of: child) != nil else { return false }
      records += 1
    }
    return records > 0 && records <= Shape.largestTable
  }

  private func label(of record: Node) -> Node? {
    for pair in record.children where pair.kind == .pair {
      guard let key = pair.child(.key), let value = pair.child(.value), value.kind == .string,
        value.end - value.start > 2
      else { continue }
      switch plain(key) {
      case "name", "label", "id", "taskName", "title": return pair
      default: continue
      }
    }
    return nil
  }

  // MARK: references

  /// `"$ref": "#/$defs/Name"`, `"extends": "./base.json"`.
  private func readReference(_ name: Text, _ value: Node, owner: Text) {
    guard value.kind == .string, value.end - value.start > 2 else { return }
    let text = plain(value)
    guard name == "$ref" || (name == "extends" && (text.hasPrefix("./") || text.hasPrefix("../"))) else {
      return
    }
    let hash = text.firstIndex(of: "#") ?? text.count
    guard let target = file(text[0..<hash]) else { return }
    var chain: Chain? = Chain(target)
    for step in text.dropFirst(hash + 1).split(at: "/") where !step.isEmpty {
      chain = chain.flatMap { arena.chain($0, then: unescaped(step)) }
    }
    guard let chain else { return }
    let start = value.start + 1
    var reference = ReferenceDraft(
      name == "$ref" ? .typeUse : .imports, owner: owner, name: chain.members.last ?? text, start: start,
      end: value.end - 1)
    reference.candidates = arena.chains(chain)
    reference.noName = true
    output.references.append(reference)
  }

  /// The id of a file beside this one; nil for an address elsewhere.
  private func file(_ path: Text) -> Text? {
    if path.isEmpty { return fileID }
    if path.bytes.contains(UInt8(ascii: ":")) { return nil }
    var parts = folder
    for part in path.split(at: "/") where part != "." && !part.isEmpty {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.isEmpty ? nil : output.ids.namespace("json", parts)
  }

  /// A step of a JSON pointer: `~1` is `/`, `~0` is `~`.
  private func unescaped(_ step: Text) -> Text {
    guard step.bytes.contains(UInt8(ascii: "~")) else { return step }
    return arena.copy(step.description.replacing("~1", with: "/").replacing("~0", with: "~"))
  }

  // MARK: texts

  /// What stands between the quotes, with the escapes of quotes, backslashes and slashes resolved.
  private func plain(_ string: Node) -> Text {
    let text = source.text(string)
    guard string.kind == .string, text.count >= 2 else { return text }
    let inner = text.dropFirst(1).dropLast(1)
    guard inner.bytes.contains(UInt8(ascii: "\\")) else { return inner }
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in inner.bytes {
      if byte == UInt8(ascii: "\\"), !isEscaped {
        isEscaped = true
        continue
      }
      if isEscaped, ![UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/")].contains(byte) {
        bytes.append(UInt8(ascii: "\\"))
      }
      isEscaped = false
      bytes.append(byte)
    }
    return arena.copy(bytes)
  }

  private func string(of key: Text, in object: Node) -> Text? {
    for pair in object.children where pair.kind == .pair {
      guard let name = pair.child(.key), let value = pair.child(.value), value.kind == .string else {
        continue
      }
      if plain(name) == key { return plain(value) }
    }
    return nil
  }

  /// A schema's description, else the comment right before the key.
  private func documentation(_ node: Node, _ value: Node) -> Text {
    if value.kind == .object, let text = string(of: "description", in: value) { return text }
    guard let comment = output.comments.last(where: { $0.end <= node.start }) else { return .empty }
    guard source.text(comment.end, node.start).trimmed.isEmpty else { return .empty }
    let text = source.text(comment.start, comment.end)
    return text.hasPrefix("//") ? text.dropFirst(2).trimmed : text.dropFirst(2).dropLast(2).trimmed
  }

  /// `"name": value`, of an object the names of its members.
  private func signature(_ name: Text, _ value: Node?) -> Text {
    var bytes = Array(name.bytes)
    guard let value else { return arena.copy(bytes) }
    bytes.append(contentsOf: ": ".utf8)
    if value.kind == .object {
      bytes.append(contentsOf: "{".utf8)
      var separator = " "
      for pair in value.children where pair.kind == .pair {
        guard let key = pair.child(.key) else { continue }
        bytes.append(contentsOf: separator.utf8)
        bytes.append(contentsOf: plain(key).bytes)
        separator = ", "
        if bytes.count > 200 { break }
      }
      bytes.append(contentsOf: separator == " " ? "}".utf8 : " }".utf8)
    } else {
      appendCollapsed(source.text(value), to: &bytes)
    }
    return KeyReader.cut(bytes, arena)
  }

  private func appendCollapsed(_ text: Text, to bytes: inout [UInt8]) {
    for byte in text.bytes {
      if bytes.count > 240 { return }
      if !Text.isSpace(byte) {
        bytes.append(byte)
      } else if let last = bytes.last, last != 0x20, last != UInt8(ascii: "[") {
        bytes.append(0x20)
      }
    }
  }

  /// At most 200 bytes, ending in `…` and never inside a character.
  private static func cut(_ bytes: [UInt8], _ arena: Arena) -> Text {
    guard bytes.count > 200 else { return arena.copy(bytes) }
    var end = 200
    while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return arena.copy(Array(bytes[..<end]) + Array("…".utf8))
  }
}
