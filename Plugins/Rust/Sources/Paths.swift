import CodiraAnalyzerKit

/// One name of a path, where it stands.
struct PathSegment {
  var name: Text
  var start: UInt32
  var end: UInt32
}

extension FileReader {
  /// The names of a path from the outermost; reads the types between its angle brackets.
  ///
  /// A path that begins with `<T>` or `<T as Trait>` has what that stands for as `base`.
  func path(_ node: Node) -> (base: Value?, segments: [PathSegment]) {
    var segments: [PathSegment] = []
    var base: Value?
    var current: Node? = node
    while let part = current {
      current = nil
      switch part.kind {
      case .scopedIdentifier, .scopedTypeIdentifier:
        if let name = part.child(.name) { segments.append(segment(name)) }
        current = part.child(.path)
        if current == nil, source.text(part).hasPrefix("::") {
          segments.append(PathSegment(name: "::", start: part.start, end: part.start))
        }
      case .genericType, .genericTypeWithTurbofish, .genericFunction:
        if let arguments = part.child(.typeArguments) { readTypeArguments(arguments) }
        current = part.child(.type) ?? part.child(.function)
      case .bracketedType: base = part.firstChild.map { qualified($0) } ?? .unknown
      default: segments.append(segment(part))
      }
    }
    return (base, segments.reversed())
  }

  private func segment(_ node: Node) -> PathSegment {
    PathSegment(name: FileReader.plain(source.text(node)), start: node.start, end: node.end)
  }

  /// Without the `r#` of a raw identifier.
  static func plain(_ name: Text) -> Text { name.hasPrefix("r#") ? name.dropFirst(2) : name }

  /// `T`, or `T as Trait`: what the type has comes before what the trait has.
  private func qualified(_ node: Node) -> Value {
    guard node.kind == .qualifiedType else { return typeValue(node) }
    let value = node.child(.type).map { typeValue($0) } ?? .unknown
    let trait = node.child(.alias).map { typeValue($0) } ?? .unknown
    if value.isExternal { return trait.isKnown ? trait : value }
    return Value(chains: join(value.chains, trait.chains))
  }

  /// What a path stands for.
  func resolve(_ path: [PathSegment], base: Value? = nil, asValue: Bool) -> Value {
    var value = base
    for segment in path where segment.name != "::" {
      if let base = value {
        value = segment.name == "super" ? parent(of: base) : member(base, segment.name)
      } else {
        value = root(segment.name, isAlone: path.count == 1, asValue: asValue)
      }
    }
    return value ?? .unknown
  }

  private func root(_ name: Text, isAlone: Bool, asValue: Bool) -> Value {
    switch name {
    case "crate", "$crate": return Value(chains: arena.chains(Chain(crateID)))
    case "self":
      return isAlone && asValue ? lookUp(value: name)?.value ?? .unknown : moduleValue(scope.module)
    case "super": return parent(of: moduleValue(scope.module))
    case "Self": return scope.selfType ?? .unknown
    default: break
    }
    if isAlone, asValue, let binding = lookUp(value: name) { return binding.value }
    if let binding = lookUp(type: name) { return binding.value }
    return unbound(name, isRoot: !isAlone)
  }

  private func moduleValue(_ scope: Scope) -> Value { Value(chains: arena.chains(Chain(scope.id))) }

  /// `super` of a module: the module around an inline one, else the folder's.
  private func parent(of value: Value) -> Value {
    guard let chain = value.chains.first, chain.members.isEmpty else { return .unknown }
    var current: Scope? = scope.module
    while let module = current {
      if module.id == chain.root, let parent = module.parent { return moduleValue(parent.module) }
      current = module.parent?.module
    }
    var components = module.components
    while components.count > module.crateDepth {
      let id = namespace(components)
      components.removeLast()
      if id == chain.root { return Value(chains: arena.chains(Chain(namespace(components)))) }
    }
    return .unknown
  }

  func lookUp(type name: Text) -> Binding? {
    var current: Scope? = scope
    while let scope = current {
      if let binding = scope.types[name] { return binding }
      if scope.kind == .module { return nil }
      current = scope.parent
    }
    return nil
  }

  func lookUp(value name: Text) -> Binding? {
    var current: Scope? = scope
    while let scope = current {
      if let binding = scope.values[name] ?? scope.types[name] { return binding }
      if scope.kind == .module { return nil }
      current = scope.parent
    }
    return nil
  }

  /// A name that nothing in the file binds: what globs bring in, another crate, the prelude.
  private func unbound(_ name: Text, isRoot: Bool) -> Value {
    var chains: [Chain] = []
    var hasGlobs = false
    var current: Scope? = scope
    while let scope = current {
      for glob in scope.globs where scope.kind != .module && chains.count < 3 {
        if let chain = arena.chain(glob, then: name) { chains.append(chain) }
      }
      hasGlobs = hasGlobs || !scope.globs.isEmpty
      if scope.kind == .module { break }
      current = scope.parent
    }
    let isKnown = names.prelude.contains(name) || names.primitives.contains(name)
    if isKnown, !hasGlobs || name != "Result" { return Value(chains: external(name)) }
    if isRoot, let library = crate(name) {
      if !hasGlobs || library.isExternal { return Value(chains: arena.chains(library)) }
      chains.append(library)
    }
    chains.append(arena.chain(scope.module.id, name))
    if isKnown || (isRoot && !FileReader.isCapitalized(name)) { chains.append(Chain(name, flags: .external)) }
    return Value(chains: arena.copy(chains))
  }

  /// The crate that a name means at the beginning of a path.
  func crate(_ name: Text) -> Chain? {
    if names.libraries.contains(name) { return Chain(name, flags: .external) }
    let written = name.description
    if let library = crates.library(written, from: module) { return Chain(namespace([library])) }
    return crates.isDependency(written, of: module) ? Chain(name, flags: .external) : nil
  }

  // MARK: references

  /// A use of what stands at the end of a path.
  func refer(
    _ role: ReferenceRole, _ segment: PathSegment, _ value: Value, owner: Text? = nil,
    receiver: Text = .empty,
    argumentCount: Int32 = -1, noName: Bool = true
  ) {
    var reference = ReferenceDraft(
      role, owner: owner ?? scope.owner, name: segment.name, start: segment.start, end: segment.end)
    reference.candidates = value.chains
    reference.argumentCount = argumentCount
    reference.receiver = receiver.count > 120 ? .empty : receiver
    reference.noName = noName
    setExternal(&reference)
    output.references.append(reference)
  }

  private func setExternal(_ reference: inout ReferenceDraft) {
    guard let first = reference.candidates.first, first.isExternal else { return }
    var text = first.root
    for member in first.members where member != "[]" && member != "()" {
      text = arena.join(text, "::", member)
    }
    reference.external = text
    let crate = first.root.firstIndex(of: ":").map { first.root[0..<$0] } ?? first.root
    if names.macros.contains(crate) {
      reference.externalKind = .standardLibrary
    } else if names.primitives.contains(crate) {
      reference.externalKind = .builtin
    } else if names.libraries.contains(crate) || FileReader.isCapitalized(crate)
      || names.prelude.contains(crate)
    {
      reference.externalKind = .standardLibrary
    } else {
      reference.externalKind = .dependency
    }
  }

  /// A use of the type before the last name of a path: `Type::function`.
  func referToPrefix(_ path: [PathSegment], base: Value?) {
    guard path.count > 1, base == nil else { return }
    let prefix = path[path.count - 2]
    guard FileReader.isCapitalized(prefix.name), prefix.name != "Self" else { return }
    if path.count == 2, lookUp(type: prefix.name)?.kind == .parameter { return }
    refer(.typeUse, prefix, resolve(path.dropLast(), asValue: false))
  }
}
