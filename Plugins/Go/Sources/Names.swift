import CodiraAnalyzerKit

extension FileReader {
  /// What a bare name stands for: a local, an import, else something of the package, wherever it is declared.
  func lookUp(_ name: Text) -> Value { scope[name] ?? imports[name]?.value ?? packageValue(name) }

  /// Whether a name may be declared in another file, or is in this one, outside functions.
  func isPackageLevel(_ name: Text) -> Bool { scope[name] == nil && imports[name] == nil }

  private func packageValue(_ name: Text) -> Value {
    if let value = packageValues[name] { return value }
    let member = FileReader.member(name)
    var chains = [arena.chain(packageID, member)]
    let kind = declared[name]
    if kind == nil {
      for chain in dotImports { if let longer = arena.chain(chain, then: member) { chains.append(longer) } }
      for item in looseImports where FileReader.contains(FileReader.packageName(item.path), name) {
        chains.append(item.value.chains[0])
      }
      if name == "error" || Predeclared.functions.contains(name) {
        chains.append(Chain(name, flags: .external))
      }
    }
    let value = Value(nature: kind == .type ? .type : .value, chains: arena.copy(chains))
    packageValues[name] = value
    return value
  }

  // MARK: references

  /// Adds a reference by a bare name.
  func refer(_ role: ReferenceRole, _ node: Node, _ value: Value, argumentCount: Int32 = -1) {
    let name = source.text(node)
    var reference = ReferenceDraft(role, owner: owner, name: name, start: node.start, end: node.end)
    reference.candidates = value.chains
    reference.argumentCount = argumentCount
    reference.noName = true
    if value.isExternal { setExternal(&reference, value.chains[0].root) }
    output.references.append(reference)
  }

  /// Adds a reference to `value`, which is the member `name` of what `operand` gives.
  func refer(
    _ role: ReferenceRole, member name: Node, of operand: Node, _ base: Value, _ value: Value,
    argumentCount: Int32 = -1
  ) {
    let text = source.text(name)
    var reference = ReferenceDraft(role, owner: owner, name: text, start: name.start, end: name.end)
    let receiver = source.text(operand)
    if receiver.count <= 120 { reference.receiver = receiver }
    reference.candidates = value.chains
    reference.argumentCount = argumentCount
    // Only a method that is called on something unknown may be found by its name alone.
    reference.noName = base.nature == .package || base.nature == .local || role != .call
    if base.nature == .package, let item = imports[receiver], item.kind != .none {
      reference.externalKind = item.kind
      reference.external = arena.join(item.path, ".", text)
    } else if value.isExternal {
      setExternal(&reference, value.chains[0].root)
      reference.external = .empty
    }
    output.references.append(reference)
  }

  private func setExternal(_ reference: inout ReferenceDraft, _ root: Text) {
    let isBuiltin = root == "error" || Predeclared.functions.contains(root)
    reference.externalKind = isBuiltin ? .builtin : .standardLibrary
    reference.external = root
  }
}
