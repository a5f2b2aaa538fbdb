import CodiraAnalyzerKit
import CodiraModel

extension FileReader {
  private static let candidateLimit = 6

  func writeReferences() {
    for found in captures.references {
      let role = rules.references[found.rule].role
      let path = NamePath(text(found.name), found.receiver.map { text($0) }, rules)
      let place = innermost(at: found.name.start)
      if path.prefix.isEmpty, isLocal(path.name, from: place) { continue }
      if rules.references[found.rule].isKnownOnly, known(path.name, from: place) == nil { continue }
      let nameStart = found.name.end - UInt32(min(path.name.count, Int(found.name.end - found.name.start)))
      var reference = ReferenceDraft(
        role, owner: owner(at: found.name.start), name: path.name, start: nameStart, end: found.name.end)
      if role == .call { reference.argumentCount = found.argumentCount }
      let receiver = receiver(found, nameStart)
      reference.receiver = receiver
      // A type's supertype is looked for where the type stands, not in it.
      let scope = role == .inherits && place >= 0 ? nodes[place].container : place
      reference.candidates = candidates(path, role, receiver, scope)
      if reference.candidates.isEmpty, rules.builtins.contains(path.prefix.first ?? path.name) {
        reference.externalKind = .builtin
        reference.external = path.name
      }
      output.references.append(reference)
    }
  }

  /// The innermost symbol around a place.
  func owner(at place: UInt32) -> Text {
    var index = innermost(at: place)
    while index >= 0 {
      let node = nodes[index]
      // An import owns nothing, and the word that defines something does not belong to it.
      let isOwner =
        node.rule?.kind != .import && (node.found.span.start < place || node.found.name.start == place)
      if isOwner, emitted[node.id] != nil { return node.id }
      index = nodes[index].container
    }
    return module.id
  }

  private func receiver(_ found: FoundReference, _ nameStart: UInt32) -> Text {
    if let receiver = found.receiver { return arena.copy(Self.oneLine(text(receiver), limit: 120)) }
    var receiver = source.text(found.name.start, nameStart)
    for separator in rules.separators where receiver.hasSuffix(separator) && receiver.count > separator.count
    {
      receiver = receiver.dropLast(separator.count)
    }
    return receiver.trimmed
  }

  /// What a name may stand for, as far as this file and its imports make known, the nearest first.
  private func candidates(_ path: NamePath, _ role: ReferenceRole, _ receiver: Text, _ place: Int) -> Chains {
    guard path.prefix.allSatisfy({ NamePath.isName($0) }) else { return .none }
    var chains: [Chain] = []
    let names = path.prefix + [path.name]
    if let first = path.prefix.first, rules.selfNames.contains(first) {
      if let type = selfType(from: place) ?? exportedModule { add(Chain(type), names.dropFirst(), &chains) }
    } else if !path.isRooted, !isLocal(names[0], from: place) {
      addKnown(names, from: place, isCall: role == .call, &chains)
    }
    if isGlobalName(names[0]), rules.isGlobal {
      addGlobal(names, from: path.isRooted ? -1 : place, &chains)
    } else if path.prefix.isEmpty, role == .call, rules.isGlobal, rules.implicitReceiver {
      add(Chain(module.home), names[...], &chains)
    }
    return arena.copy(Array(chains.prefix(Self.candidateLimit)))
  }

  /// Whether a parameter or an assignment around the place binds the name, nearer than any definition.
  private func isLocal(_ name: Text, from place: Int) -> Bool {
    var container = place
    while container >= 0 {
      if members[MemberKey(container: container, name: name)] != nil { return false }
      if locals.contains(MemberKey(container: container, name: name)) { return true }
      container = nodes[container].container
    }
    return false
  }

  private var exportedModule: Text? { exports.isEmpty ? nil : module.home }

  /// What this file defines or imports under the first name, walked on by the others.
  private func addKnown(_ names: [Text], from place: Int, isCall: Bool, _ chains: inout [Chain]) {
    var container = place
    // The object itself is one of the innermost type.
    var isImplicit = rules.implicitReceiver
    while true {
      if let index = members[MemberKey(container: container, name: names[0])]?.last(where: {
        nodes[$0].rule != nil
      }) {
        add(chain(of: nodes[index]), names.dropFirst(), &chains)
        return
      }
      if container < 0 { break }
      let node = nodes[container]
      if names.count == 1, isCall, isImplicit, node.isType {
        add(Chain(node.id), names[...], &chains)
        isImplicit = false
      }
      container = node.container
    }
    if names.count > 1, exports.contains(names[0]) { add(Chain(module.home), names.dropFirst(), &chains) }
  }

  /// Of an import what it stands for; the module itself where the name stands for it.
  private func chain(of node: DefinitionNode) -> Chain {
    guard node.rule?.kind == .import, let row = emitted[node.id],
      let alias = output.symbols[row].aliases.first
    else { return Chain(node.id) }
    return alias
  }

  /// A name that every file shares: in the types around the place, the innermost first, then at the root.
  private func addGlobal(_ names: [Text], from place: Int, _ chains: inout [Chain]) {
    var container = place
    while container >= 0 {
      let node = nodes[container]
      if node.isType, emitted[node.id] != nil { add(Chain(node.id), names[...], &chains) }
      container = node.container
    }
    add(Chain(module.home), names[...], &chains)
    // A type whose own container has no row anywhere.
    guard names.count > 1 else { return }
    let written = names.dropLast().reduce(module.home) { output.ids.id($0, rules.qualifier, $1) }
    add(Chain(written), names[(names.count - 1)...], &chains)
  }

  private func isGlobalName(_ name: Text) -> Bool { rules.globalNames?.matches(name.bytes) ?? false }

  private func add(_ chain: Chain, _ names: ArraySlice<Text>, _ chains: inout [Chain]) {
    var chain = chain
    for (index, name) in zip(names.indices, names) {
      let isLast = index == names.endIndex - 1
      let isConstruction = isLast && index > 0 && rules.constructors.contains(name)
      let member: Text = isConstruction ? "new" : plain(name)
      guard let longer = arena.chain(chain, then: member) else { return }
      chain = longer
    }
    if chain.members.isEmpty, chain.root == output.ids.root(rules.id) { return }
    if !chains.contains(chain) { chains.append(chain) }
  }

  /// A name as a member: in back-ticks where it could be read as a step.
  private func plain(_ name: Text) -> Text {
    if NamePath.isName(name), name != "new" { return name }
    return arena.join("`", name, "`")
  }
}
