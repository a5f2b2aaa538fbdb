import CodiraAnalyzerKit

/// `class Stack[T]`, `class Stack(Generic[T])`: what a type variable stands for.
///
/// A result that is a type variable is the `#n` of whatever the method was asked of, and a class that gives its
/// base arguments (`class Boxes(Stack[Box])`) says what its `#n` are.
extension FileReader {
  /// A scope with the type parameters of a definition: `[T: Bound, *Ts]`.
  func typeParameterScope(_ list: Node?, of owner: Text) -> Scope? {
    guard let list else { return nil }
    let outer = scope
    let inner = Scope(
      .comprehension, parent: outer, owner: owner, id: outer.id, qualifiedName: outer.qualifiedName,
      type: outer.type, isLocal: outer.isLocal)
    scope = inner
    defer { scope = outer }
    for parameter in list.children {
      let text = source.text(parameter).trimmed
      let end = text.bytes.firstIndex { !FileReader.isNameByte($0) } ?? text.count
      let name = text[0..<end]
      guard !name.isEmpty else { continue }
      var value = Value.local
      if let colon = text.firstIndex(of: ":") {
        let bound = readAnnotation(text.dropFirst(colon + 1), refers: true)
        if bound.isKnown, bound.nature != .external { value = bound }
      }
      inner.bindings[name] = Binding(kind: .local, value: value)
      inner.typeParameters.append(name)
    }
    return inner
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  /// The arguments of a base: `Generic[T]` names the class's own parameters, another base's are what its are.
  func readTypeArguments(_ node: Node, _ info: ClassInfo, _ index: Int) {
    guard let base = node.child(.value) else { return }
    let arguments = node.children.filter { $0.field == .subscriptIndex }
    let text = source.text(base)
    let name = text.lastIndex(of: ".").map { text.dropFirst($0 + 1) } ?? text
    if name == "Generic" || name == "Protocol" {
      info.typeParameters = arguments.map { source.text($0) }
      return
    }
    guard output.symbols[index].valueTypes.isEmpty else { return }
    var parts: [ValuePart] = []
    for (place, argument) in arguments.prefix(6).enumerated() {
      let value = readAnnotation(source.text(argument), refers: false)
      guard value.nature == .instance, !info.typeParameters.contains(source.text(argument)) else { continue }
      append(value, behind: Text.place(place), to: &parts)
    }
    output.symbols[index].valueTypes = arena.copy(parts)
  }

  /// A type parameter of the class at hand in the annotation of a result.
  func typeParameter(_ name: Text) -> Chains {
    guard readsResult, let place = scope.type?.typeParameters.firstIndex(of: name), place < 6 else {
      return .none
    }
    return arena.chains(arena.chain(.empty, Text.place(place), flags: .receiver))
  }
}
