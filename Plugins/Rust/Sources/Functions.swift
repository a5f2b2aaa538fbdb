import CodiraAnalyzerKit

extension FileReader {
  func readFunction(_ node: Node, _ attributes: Attributes) {
    let isMethod = scope.kind == .type
    guard var symbol = draft(isMethod ? .method : .function, .callable, node, attributes) else { return }
    let inner = Scope(
      .function, parent: scope, owner: symbol.id, id: symbol.id, qualifiedName: symbol.qualifiedName,
      isLocal: true,
      isTest: attributes.isTest)
    let outer = scope
    readTypeParameters(node, into: inner)
    scope = inner
    let hasReceiver = readParameters(node.child(.parameters), &symbol)
    let result = node.child(.returnType).map { typeValue($0) } ?? .unknown
    scope = outer
    symbol.valueTypes = valueTypes(outer.isTrait ? asked(result, outer.id) : result)
    if isMethod, !hasReceiver { symbol.flags.insert(.static) }
    setFlags(&symbol, node)
    results[outer.kind == .type ? outer.container : outer.id, default: [:]][symbol.name] = result
    results[symbol.id, default: [:]][.empty] = result
    output.symbols.append(symbol)
    if let body = node.child(.body) { pending.append(PendingBody(node: body, scope: inner)) }
  }

  private func setFlags(_ symbol: inout SymbolDraft, _ node: Node) {
    if let modifiers = node.child(of: .functionModifiers), source.text(modifiers).hasPrefix("async") {
      symbol.flags.insert(.async)
    } else if let modifiers = node.child(of: .functionModifiers),
      source.text(modifiers).description.contains("async")
    {
      symbol.flags.insert(.async)
    }
    guard node.kind == .functionSignatureItem else { return }
    symbol.flags.insert(scope.isTrait ? .abstract : .declarationOnly)
  }

  /// In a trait's result `Self` stands for the type that the method was asked of.
  private func asked(_ value: Value, _ trait: Text) -> Value {
    func replaced(_ chains: Chains) -> Chains {
      guard chains.contains(where: { $0.root == trait }) else { return chains }
      return arena.copy(chains.map { $0.root == trait ? Chain(.empty, $0.members, flags: .receiver) : $0 })
    }
    guard value.isKnown else { return value }
    return Value(
      chains: replaced(value.chains),
      parts: arena.copy(value.parts.map { ValuePart(path: $0.path, replaced($0.chains)) }))
  }

  /// Binds parameters; whether the first is `self`.
  private func readParameters(_ list: Node?, _ symbol: inout SymbolDraft) -> Bool {
    var hasReceiver = false
    var count: Int32 = 0
    var isUnlimited = false
    guard let list else { return false }
    for parameter in list.children {
      switch parameter.kind {
      case .selfParameter:
        hasReceiver = true
        scope.values["self"] = Binding(kind: .local, value: scope.selfType ?? .unknown)
      case .parameter:
        guard let pattern = parameter.child(.pattern) else { continue }
        let value = parameter.type.map { typeValue($0) } ?? .unknown
        if pattern.kind == .selfWord {
          hasReceiver = true
          scope.values["self"] = Binding(kind: .local, value: scope.selfType ?? .unknown)
        } else {
          count += 1
          bind(pattern: pattern, value)
        }
      case .variadicParameter: isUnlimited = true
      case .attributeItem: continue
      default:
        count += 1
        typeValue(parameter)
      }
    }
    symbol.parametersMin = count
    symbol.parametersMax = isUnlimited ? -1 : count
    return hasReceiver
  }
}
