import CodiraAnalyzerKit

extension FileReader {
  /// What a bare name stands for: a local, a field from the innermost type outwards, a static import, a type.
  func lookUp(_ name: Text) -> Value {
    var inherited: [Chain] = []
    var current: Scope? = scope
    while let scope = current {
      if let local = scope.locals[name] { return local }
      if let type = scope.type {
        if let field = fieldValue(type, name) {
          guard !inherited.isEmpty else { return field }
          return Value(chains: join(arena.copy(inherited), field.chains), parts: field.parts)
        }
        if type.hasSupertypes, inherited.count < 4 { inherited.append(arena.chain(type.id, name)) }
      }
      current = scope.parent
    }
    for type in imports.members[name] ?? [] { inherited.append(arena.chain(type, name)) }
    let isTypeName = FileReader.isTypeName(name)
    let isConstant = FileReader.isConstantName(name)
    if !isTypeName || isConstant {
      for type in imports.staticOnDemand { inherited.append(arena.chain(type, name)) }
    }
    guard isTypeName else {
      return inherited.isEmpty ? .unknown : Value(chains: arena.copy(inherited))
    }
    // `Foo` is a type, `FOO` more likely a constant that is inherited or imported.
    let type = namedType(name, in: scope)
    guard isConstant, !inherited.isEmpty else { return type.isType ? type : localized(type) }
    return Value(chains: join(arena.copy(inherited), type.chains))
  }

  /// The declared type of a field that `type` itself declares.
  func fieldValue(_ type: TypeInfo, _ name: Text) -> Value? {
    guard let field = type.fields[name] else { return nil }
    if let value = field.value { return value }
    var value: Value
    if let node = field.type {
      let outer = scope
      scope = type.scope
      value = localized(typeValue(node, field.dimensions, isVariadic: field.isVariadic, in: type.scope))
      scope = outer
      if !value.isKnown { value = Value(chains: arena.chains(arena.chain(type.id, name))) }
    } else {
      value = Value(chains: arena.chains(Chain(type.id)))
    }
    value.isType = false
    type.fields[name]?.value = value
    return value
  }

  /// Whether a bare name may be a variable here: then it is no package.
  func isVariable(_ name: Text) -> Bool {
    var current: Scope? = scope
    while let scope = current {
      if scope.locals[name] != nil || scope.type?.fields[name] != nil { return true }
      current = scope.parent
    }
    return imports.members[name] != nil
  }

  /// The candidates of a call without receiver.
  func unqualifiedCallees(_ name: Text, as member: Text? = nil) -> Chains {
    let member = member ?? name
    var chains: [Chain] = []
    var current: Scope? = scope
    var isFound = false
    while let scope = current, !isFound {
      if let type = scope.type {
        if type.methods.contains(name) {
          chains.append(arena.chain(type.id, member))
          isFound = true
        } else if type.hasSupertypes, chains.count < 5 {
          chains.append(arena.chain(type.id, member))
        }
      }
      current = scope.parent
    }
    if !isFound {
      for type in imports.members[name] ?? [] { chains.append(arena.chain(type, member)) }
      if imports.members[name] == nil {
        for type in imports.staticOnDemand.prefix(4) { chains.append(arena.chain(type, member)) }
      }
      if library.isOfObject(name) { chains.append(arena.chain(objectID, member)) }
    }
    return arena.copy(chains)
  }

  var objectID: Text { output.ids.id(package("java.lang"), .type, "Object") }

  /// A value of a type of `java.lang`.
  func languageValue(_ name: Text) -> Value {
    Value(chains: arena.chains(Chain(output.ids.id(package("java.lang"), .type, name))))
  }

  /// A type by the text of the library's tables: `int`, `byte[]`, `String`.
  func libraryValue(_ name: Text) -> Value {
    if name.hasSuffix("[]") {
      let element = name.dropLast(2)
      return array(of: libraryValue(element), element)
    }
    return library.isLanguageType(name) ? languageValue(name) : builtin(name)
  }

  func isString(_ value: Value) -> Bool {
    value.chains.count == 1 && value.chains[0].members.isEmpty
      && value.chains[0].root.hasSuffix("java/lang/String#")
  }

  /// Capitals, digits and underscores, with more than one sign.
  static func isConstantName(_ name: Text) -> Bool {
    name.bytes.allSatisfy { byte in
      (byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")) || byte == UInt8(ascii: "_")
        || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }
  }

  // MARK: references

  func refer(
    _ role: ReferenceRole, _ place: Node, _ chains: Chains, receiver: Text = .empty, isKnown: Bool = true,
    arguments: [Value]? = nil, argumentCount: Int32 = -1
  ) {
    var reference = ReferenceDraft(
      role, owner: scope.owner.isEmpty ? packageID : scope.owner, name: source.text(place),
      start: place.start, end: place.end)
    reference.receiver = receiver
    reference.candidates = chains
    reference.argumentCount = argumentCount
    reference.noName = isKnown
    if let arguments, !arguments.isEmpty {
      let list = arguments.map { Argument($0.chains) }
      reference.arguments = arena.copy(list)
    }
    if let first = chains.first, first.isExternal {
      reference.externalKind = .builtin
      reference.external = first.root
    }
    output.references.append(reference)
  }
}
