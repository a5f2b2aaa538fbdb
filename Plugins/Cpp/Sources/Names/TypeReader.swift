import CodiraAnalyzerKit

/// What a written type says of a value.
struct TypeReader {
  let file: FileContext
  let scope: Scope

  /// nil: nothing is known (`auto`, a template's parameter).
  func value(_ type: Node?, _ path: [Text] = [], depth: Int = 0) -> Value? {
    guard let type, depth < 12, let value = bare(type, depth) else { return nil }
    var result = value.behind(path)
    if !path.isEmpty { result.stars = path.allSatisfy { $0 == Step.element } ? path.count : 3 }
    return result
  }

  /// The value that a declaration gives its name.
  func declared(_ node: Node, _ type: Node?, _ path: [Text]) -> Value? {
    guard var value = value(type, path) else { return nil }
    value.isConst = node.isConst(file)
    value.isDeclared = true
    return value
  }

  /// A type with an abstract declarator: a template's argument, a cast's type.
  func value(descriptor: Node, depth: Int = 0) -> Value? {
    var value = value(descriptor.child(.type), Declarator(descriptor.child(.declarator)).path, depth: depth)
    value?.isConst = descriptor.isConst(file)
    return value
  }

  private func bare(_ type: Node, _ depth: Int) -> Value? {
    switch type.kind {
    case .primitiveType, .sizedTypeSpecifier:
      let name = file.oneLine(type.start, type.end, limit: 60)
      return Value([Chain(Arithmetic.canonical(name) ?? name, flags: .external)])
    case .typeIdentifier, .identifier, .namespaceIdentifier: return named([file.text(type)])
    case .templateType: return template(type, [NameParts.simple(type, file)], depth)
    case .qualifiedIdentifier:
      let parts = NameParts.parts(type, file)
      var last = type
      while last.kind == .qualifiedIdentifier, let inner = last.child(.name) { last = inner }
      if last.kind == .templateType { return template(last, parts, depth) }
      return named(parts)
    case .dependentType: return type.firstChild.flatMap { bare($0, depth + 1) }
    case .structSpecifier, .classSpecifier, .unionSpecifier, .enumSpecifier:
      guard let name = type.child(.name) else { return nil }
      return bare(name, depth + 1)
    default: return nil
    }
  }

  private func named(_ parts: [Text]) -> Value? {
    if let first = parts.first, scope.isTemplateParameter(first) { return nil }
    var chains = Array(scope.chains(parts).prefix(Value.limit))
    if let last = parts.last, let known = Arithmetic.canonical(last) {
      chains = chains.filter { !$0.isExternal } + [Chain(known, flags: .external)]
    }
    return chains.isEmpty ? nil : Value(chains)
  }

  private func template(_ node: Node, _ parts: [Text], _ depth: Int) -> Value? {
    let name = parts.last ?? .empty
    let isStandard = parts.count > 1 || !scope.chains(parts).contains { isKnown($0) }
    if parts.first == "std",
      let known = StandardTypes.ofLetters(name, node.child(.arguments)?.firstChild.map { file.text($0) })
    {
      return Value([Chain(known, flags: .external)])
    }
    guard isStandard, let shape = StandardTypes.shape(name), let arguments = node.child(.arguments) else {
      return named(parts)
    }
    let types = arguments.children.filter { $0.kind == .typeDescriptor }
    func argument(_ index: Int) -> Value? {
      index < types.count ? value(descriptor: types[index], depth: depth + 1) : nil
    }
    let unknown = Value([Chain(name, flags: .external)])
    var result: Value
    switch shape {
    case .element: result = (argument(0) ?? unknown).behind([Step.element])
    case .map:
      let value = (argument(1) ?? unknown).behind([Step.element])
      result = argument(0).map { value.or($0.behind([Step.key])) } ?? value
    case .pair:
      var value = (argument(0) ?? unknown).behind(["#0"])
      if let second = argument(1) { value = value.or(second.behind(["#1"])) }
      result = value
    case .transparent: return argument(0) ?? unknown
    case .function:
      let given = types.first.flatMap { value($0.child(.type), [], depth: depth + 1) }
      result = (given ?? unknown).behind([Step.call])
    }
    (result.outer, result.stars, result.isConst) = (name, 0, nil)
    return result
  }

  /// A chain of one name to a type that this file declares.
  private func isKnown(_ chain: Chain) -> Bool { chain.members.isEmpty }
}

/// Templates of the standard library, and of those that copy it, by what a value of them gives.
enum StandardTypes {
  enum Shape { case element, map, pair, transparent, function }

  static func shape(_ name: Text) -> Shape? { shapes[name] }

  /// `basic_string<char>` is `string`.
  static func ofLetters(_ name: Text, _ letter: Text?) -> Text? {
    switch letter {
    case "char": letters[name]?.narrow
    case "wchar_t": letters[name]?.wide
    default: nil
    }
  }

  private static let letters: [Text: (narrow: Text, wide: Text)] = [
    "basic_string": ("string", "wstring"), "basic_string_view": ("string_view", "wstring_view"),
    "basic_istream": ("istream", "wistream"), "basic_ostream": ("ostream", "wostream"),
    "basic_iostream": ("iostream", "wiostream"), "basic_stringstream": ("stringstream", "wstringstream"),
    "basic_istringstream": ("istringstream", "wistringstream"),
    "basic_ostringstream": ("ostringstream", "wostringstream"),
  ]

  /// Members that give an element.
  static let elementMembers: Set<Text> = [
    "front", "back", "at", "begin", "end", "cbegin", "cend", "rbegin", "rend", "find", "top", "value",
    "lower_bound", "upper_bound", "data", "value_or",
  ]

  private static let shapes: [Text: Shape] = {
    var shapes: [Text: Shape] = [:]
    for name: Text in [
      "unique_ptr", "shared_ptr", "weak_ptr", "vector", "list", "deque", "set", "multiset", "unordered_set",
      "array", "optional", "span", "stack", "queue", "priority_queue", "initializer_list", "forward_list",
      "scoped_ptr", "intrusive_ptr", "InlinedVector", "FixedArray", "flat_hash_set", "Span", "auto_ptr",
      "iterator", "const_iterator", "QVector", "QList", "QSharedPointer", "QPointer", "SmallVector",
    ] { shapes[name] = .element }
    for name: Text in [
      "map", "multimap", "unordered_map", "unordered_multimap", "flat_hash_map", "node_hash_map", "btree_map",
      "QMap", "QHash",
    ] { shapes[name] = .map }
    shapes["pair"] = .pair
    for name: Text in ["atomic", "reference_wrapper", "remove_reference_t", "decay_t", "add_const_t"] {
      shapes[name] = .transparent
    }
    shapes["function"] = .function
    return shapes
  }()
}
