import CodiraAnalyzerKit

extension FileReader {
  /// The value of something that is annotated so; reports the types it uses.
  ///
  /// Annotations are read from their text: the grammar has five shapes for them, and quoted ones none.
  func annotation(_ node: Node) -> Value {
    for inner in node.descendants where inner.kind == .call { visit(inner) }
    return readAnnotation(source.text(node), refers: true)
  }

  /// `refers`: whether the names in it are reported as uses of types.
  func readAnnotation(_ text: Text, refers: Bool) -> Value {
    var reader = AnnotationReader(file: self, text: text, refers: refers)
    return reader.readUnion()
  }

  /// A use of a type by a name that stands at `text`.
  fileprivate func referToType(_ path: Text, _ last: Text, _ value: Value, _ binding: Binding?) {
    guard binding?.kind != .external, let start = offset(of: last) else { return }
    var reference = ReferenceDraft(
      .typeUse, owner: scope.owner, name: last, start: start, end: start + UInt32(last.count))
    if path.count > last.count { reference.receiver = path.dropLast(last.count + 1) }
    reference.candidates = value.chains
    reference.noName = true
    if let binding, binding.externalKind != .none {
      reference.externalKind = binding.externalKind
      let dot = path.firstIndex(of: ".") ?? path.count
      reference.external = arena.join(binding.external, "", path.dropFirst(dot))
    }
    output.references.append(reference)
  }

  /// Where in the source a text begins that was cut out of it.
  private func offset(of text: Text) -> UInt32? {
    guard let place = text.bytes.baseAddress, let base = source.bytes.baseAddress else { return nil }
    let offset = place - base
    return offset >= 0 && offset <= source.bytes.count ? UInt32(offset) : nil
  }
}

/// Reads `a.B[C, "D"] | None` from its bytes.
private struct AnnotationReader {
  let file: FileReader
  let text: Text
  let refers: Bool
  var index = 0
  var depth = 0

  private static let depthLimit = 60

  init(file: FileReader, text: Text, refers: Bool) {
    self.file = file
    self.text = text
    self.refers = refers
  }

  mutating func readUnion() -> Value {
    var value = readOne()
    while true {
      skipSpace()
      guard peek == UInt8(ascii: "|") else { return value }
      index += 1
      value = file.either(value, readOne())
    }
  }

  private var peek: UInt8 { index < text.count ? text[index] : 0 }

  private mutating func readOne() -> Value {
    skipSpace()
    switch peek {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return readQuoted()
    case UInt8(ascii: "["), UInt8(ascii: "("):
      guard enter() else { return .unknown }
      let values = readList()
      depth -= 1
      return values.count == 1 ? values[0] : .unknown
    case UInt8(ascii: "*"):
      index += 1
      return readOne()
    default:
      guard AnnotationReader.isName(peek) else {
        skipUnknown()
        return .unknown
      }
      return readName()
    }
  }

  private mutating func enter() -> Bool {
    depth += 1
    if depth < AnnotationReader.depthLimit { return true }
    index = text.count
    return false
  }

  private mutating func readQuoted() -> Value {
    let quote = peek
    index += 1
    let start = index
    while index < text.count, text[index] != quote { index += 1 }
    let inner = text[start..<index]
    index += 1
    guard !inner.isEmpty, depth < 4 else { return .unknown }
    var reader = AnnotationReader(file: file, text: inner, refers: refers)
    reader.depth = depth + 1
    return reader.readUnion()
  }

  /// The parts of a bracket, behind its closing; the opening stands at `index`.
  private mutating func readList() -> [Value] {
    var values: [Value] = []
    index += 1
    while true {
      skipSpace()
      switch peek {
      case 0: return values
      case UInt8(ascii: "]"), UInt8(ascii: ")"):
        index += 1
        return values
      case UInt8(ascii: ","): index += 1
      default:
        let before = index
        values.append(readUnion())
        if index == before { index += 1 }
      }
    }
  }

  private mutating func readName() -> Value {
    let start = index
    var last = index
    while AnnotationReader.isName(peek) || peek == UInt8(ascii: ".") {
      if peek == UInt8(ascii: ".") { last = index + 1 }
      index += 1
    }
    let path = text[start..<index]
    let name = text[last..<index]
    if path.isEmpty || name.isEmpty || (name[0] >= UInt8(ascii: "0") && name[0] <= UInt8(ascii: "9")) {
      return .unknown
    }
    if path == "None" || path == "True" || path == "False" { return .unknown }
    let (value, binding) = resolve(path)
    if refers { file.referToType(path, name, value, binding) }
    skipSpace()
    if peek == UInt8(ascii: "(") { skipBalanced() }
    guard peek == UInt8(ascii: "[") else { return plain(name, value, binding) }
    if name == "Literal" {
      skipBalanced()
      return .unknown
    }
    guard enter() else { return .unknown }
    let arguments = readList()
    depth -= 1
    return generic(name, value, arguments)
  }

  private func resolve(_ path: Text) -> (Value, Binding?) {
    var value: Value?
    var binding: Binding?
    for part in path.split(at: ".") {
      if let base = value {
        value = file.member(base, part)
      } else {
        binding = file.lookUp(part)
        value = binding?.value ?? file.unbound(part)
      }
    }
    return (value ?? .unknown, binding)
  }

  private func plain(_ name: Text, _ value: Value, _ binding: Binding?) -> Value {
    switch name {
    case "Any", "object", "Optional", "Union", "Callable", "NoReturn", "Never", "TypeVar", "Type", "type":
      return .unknown
    case "Self":
      guard let type = file.scope.type else { return .unknown }
      return Value(nature: .receiver, chains: file.arena.chains(Chain(type.id)))
    default:
      if binding?.kind == .external { return Value(nature: .external, chains: value.chains) }
      let parameter = file.typeParameter(name)
      if !parameter.isEmpty { return Value(nature: .result, chains: file.join(parameter, value.chains)) }
      return Value(nature: .instance, chains: value.chains, parts: value.parts)
    }
  }

  private func generic(_ name: Text, _ value: Value, _ arguments: [Value]) -> Value {
    let first = arguments.first ?? .unknown
    switch name {
    case "Optional", "Union": return arguments.reduce(.unknown) { file.either($0, $1) }
    case "Annotated", "Final", "ClassVar", "Required", "NotRequired", "ReadOnly", "InitVar", "TypeGuard",
      "Awaitable", "ContextManager", "AbstractContextManager", "AsyncContextManager",
      "AbstractAsyncContextManager":
      return first
    case "Coroutine": return arguments.count > 2 ? arguments[2] : .unknown
    case "Type", "type": return Value(nature: .receiverType, chains: first.chains)
    case "Callable": return file.wrap(arguments.last ?? .unknown, in: "()")
    case "Dict", "dict", "Mapping", "MutableMapping", "DefaultDict", "defaultdict", "OrderedDict",
      "WeakValueDictionary", "ChainMap":
      var parts: [ValuePart] = []
      file.append(first, behind: "[k]", to: &parts)
      if arguments.count > 1 { file.append(arguments[1], behind: "[]", to: &parts) }
      return Value(nature: .external, chains: file.builtin("dict").chains, parts: file.arena.copy(parts))
    case "Tuple", "tuple": return tuple(arguments)
    case "List", "list", "Set", "set", "FrozenSet", "frozenset", "Sequence", "MutableSequence", "Iterable",
      "Iterator", "Collection", "Container", "Deque", "deque", "AbstractSet", "MutableSet", "AsyncIterator",
      "AsyncIterable", "Generator", "AsyncGenerator", "ValuesView", "KeysView", "Reversible":
      return file.wrap(first, in: "[]", of: file.builtin("list").chains)
    default: return Value(nature: .instance, chains: value.chains)
    }
  }

  private func tuple(_ arguments: [Value]) -> Value {
    var parts: [ValuePart] = []
    for (index, argument) in arguments.prefix(6).enumerated() {
      file.append(argument, behind: Text.place(index), to: &parts)
    }
    if let first = arguments.first { file.append(first, behind: "[]", to: &parts) }
    return Value(nature: .external, chains: file.builtin("tuple").chains, parts: file.arena.copy(parts))
  }

  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  private mutating func skipSpace() {
    while index < text.count {
      if text[index] == UInt8(ascii: "#") {
        while index < text.count, text[index] != 0x0A { index += 1 }
      } else if Text.isSpace(text[index]) || text[index] == UInt8(ascii: "\\") {
        index += 1
      } else {
        return
      }
    }
  }

  /// From an opening bracket to behind its closing one.
  private mutating func skipBalanced() {
    var depth = 0
    repeat {
      switch peek {
      case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
      index += 1
    } while depth > 0 && index < text.count
  }

  /// Up to something that ends a part.
  private mutating func skipUnknown() {
    while index < text.count {
      switch peek {
      case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: ")"), UInt8(ascii: "|"): return
      default: index += 1
      }
    }
  }
}
