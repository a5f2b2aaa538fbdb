import CodiraAnalyzerKit

/// What the attributes of an item say, and where the item begins with them.
struct Attributes {
  /// Where the item's documentation may begin.
  var from: UInt32
  var start: UInt32?
  var isTest = false
  var isDeprecated = false
  var isExported = false
  /// Its macros are seen outside: `#[macro_use]`.
  var usesMacros = false
  var path: Text?
  var documentation: Text?
  var derives: [Node] = []
}

extension FileReader {
  func note(_ node: Node, in attributes: inout Attributes) {
    attributes.start = attributes.start ?? node.start
    guard let attribute = node.child(of: .attribute), let name = attribute.firstChild else { return }
    let arguments = attribute.child(.arguments)
    let path = source.text(name)
    switch path.lastIndex(of: ":").map({ path.dropFirst($0 + 1) }) ?? path {
    case "test", "rstest", "bench", "test_case", "quickcheck", "wasm_bindgen_test": attributes.isTest = true
    case "cfg": if let arguments, source.text(arguments) == "(test)" { attributes.isTest = true }
    case "deprecated": attributes.isDeprecated = true
    case "macro_export": attributes.isExported = true
    case "macro_use": attributes.usesMacros = true
    case "path":
      if let value = attribute.child(.value), value.end - value.start > 2 {
        attributes.path = source.text(value.start + 1, value.end - 1)
      }
    case "doc": if let text = documentation(attribute: node) { add(text, to: &attributes) }
    case "derive": if let arguments { attributes.derives.append(arguments) }
    default: break
    }
  }

  private func add(_ text: Text, to attributes: inout Attributes) {
    attributes.documentation = attributes.documentation.map { arena.join($0, "\n", text) } ?? text
  }

  /// The traits that a type derives: their implementations stand nowhere.
  func readDerives(_ attributes: Attributes, owner: Text) {
    for arguments in attributes.derives {
      var path: [PathSegment] = []
      for name in arguments.children where name.kind == .identifier {
        let segment = PathSegment(name: source.text(name), start: name.start, end: name.end)
        let isNext = path.last.map { source.text($0.end, name.start).trimmed == "::" } ?? false
        if !isNext, !path.isEmpty { refer(derived: path, owner) }
        path = isNext ? path + [segment] : [segment]
      }
      if !path.isEmpty { refer(derived: path, owner) }
    }
  }

  private func refer(derived path: [PathSegment], _ owner: Text) {
    var value = resolve(path, asValue: false)
    if path.count == 1, FileReader.derivable.contains(path[0].name) {
      value = Value(chains: external(path[0].name))
    }
    refer(.implements, path[path.count - 1], value, owner: owner)
  }

  private static let derivable: Set<Text> = [
    "Clone", "Copy", "Debug", "Default", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash",
  ]
}
