import CodiraAnalyzerKit

/// Which types satisfy which interfaces, as far as one file tells for certain.
///
/// Go does not write it down, but for assertions (`var _ Store = (*file)(nil)`); beside those, a type satisfies an
/// interface of the file when the methods that the file gives it are those of the interface, by name and signature:
/// methods in other files only add to them. Generic types and interfaces are left out, as is what embedding promotes.
extension FileReader {
  func readImplementations(_ root: Node) {
    var sets = MethodSets()
    for node in root.children {
      switch node.kind {
      case .typeDeclaration:
        for spec in node.children where spec.kind == .typeSpec { sets.note(spec, source) }
      case .methodDeclaration:
        guard let name = node.child(.name), let type = node.child(.receiver).flatMap({ receiverType($0) })
        else { continue }
        sets.methods[type, default: [:]][source.text(name)] = node
      case .varDeclaration:
        for spec in node.descendants where spec.kind == .varSpec { readAssertion(spec, &sets) }
      default: continue
      }
    }
    guard !sets.methods.isEmpty, !sets.interfaces.isEmpty else { return }
    var wanted: [(name: Text, methods: [Text: String])] = []
    for name in sets.order {
      if let methods = methods(of: name, &sets), !methods.isEmpty { wanted.append((name, methods)) }
    }
    guard sets.methods.count * wanted.count <= MethodSets.limit else { return }
    for place in sets.types {
      let type = source.text(place)
      guard let own = sets.methods[type]?.mapValues({ signature(of: $0) }) else { continue }
      for (name, methods) in wanted where methods.allSatisfy({ own[$0.key] == $0.value }) {
        if sets.told.count == MethodSets.mostEdges { return }
        guard sets.told.insert(arena.join(type, " ", name)).inserted else { continue }
        let interface = output.ids.id(packageID, .type, name)
        implement(type, name, place, arena.chains(Chain(interface)))
      }
    }
  }

  private func implement(_ type: Text, _ name: Text, _ place: Node, _ chains: Chains) {
    var reference = ReferenceDraft(
      .implements, owner: output.ids.id(packageID, .type, type), name: name, start: place.start,
      end: place.end)
    reference.candidates = chains
    reference.noName = true
    output.references.append(reference)
  }

  /// The methods that an interface asks for; nil where some are not in this file.
  private func methods(of interface: Text, _ sets: inout MethodSets) -> [Text: String]? {
    if let known = sets.known[interface] { return known }
    // An interface in itself, or thousands in each other, are broken.
    sets.known[interface] = .some(nil)
    guard let node = sets.interfaces[interface], sets.depth < 100 else { return nil }
    sets.depth += 1
    defer { sets.depth -= 1 }
    var methods: [Text: String] = [:]
    for element in node.children {
      if element.kind == .methodElem, let name = element.child(.name) {
        methods[source.text(name)] = signature(of: element)
      } else {
        guard let inner = element.firstChild, inner.kind == .typeIdentifier, inner.nextSibling == nil,
          let more = self.methods(of: source.text(inner), &sets)
        else { return nil }
        methods.merge(more) { first, _ in first }
      }
      if methods.count > MethodSets.mostMethods { return nil }
    }
    sets.known[interface] = methods
    return methods
  }

  /// Types of parameters and results as the file writes them, without names.
  private func signature(of node: Node) -> String {
    let result = node.child(.result)
    let results = result?.kind == .parameterList ? types(in: result) : result.map { [plain($0)] } ?? []
    return types(in: node.child(.parameters)).joined(separator: ",") + "|" + results.joined(separator: ",")
  }

  private func types(in list: Node?) -> [String] {
    var types: [String] = []
    for parameter in list?.children.map({ $0 }) ?? [] {
      guard let type = parameter.child(.type) else { continue }
      let count = parameter.children.reduce(0) { $0 + ($1.field == .name ? 1 : 0) }
      let text = (parameter.kind == .variadicParameter ? "..." : "") + plain(type)
      types += Array(repeating: text, count: max(1, count))
    }
    return types
  }

  private func plain(_ type: Node) -> String {
    let text = source.text(type).description.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return text == "interface{}" ? "any" : text
  }

  /// `var _ I = (*T)(nil)`, `T{}`, `&T{}`, `new(T)`.
  private func readAssertion(_ spec: Node, _ sets: inout MethodSets) {
    guard let place = spec.child(.name), source.text(place) == "_", let interface = spec.child(.type),
      let value = spec.child(.value)?.firstChild, let type = assertedType(value), declared[type] == .type
    else { return }
    let count = output.references.count
    let chains = self.type(interface).chains
    output.references.removeLast(output.references.count - count)
    guard chains.first?.isExternal == false, let last = interface.descendants.reduce(nil, { $1 }) else {
      return
    }
    sets.told.insert(arena.join(type, " ", source.text(last)))
    implement(type, source.text(last), last, chains)
  }

  private func assertedType(_ value: Node) -> Text? {
    switch value.kind {
    case .typeIdentifier, .identifier: return source.text(value)
    case .compositeLiteral: return value.child(.type).flatMap { assertedType($0) }
    case .unaryExpression: return value.child(.operand).flatMap { assertedType($0) }
    case .parenthesizedExpression: return value.firstChild.flatMap { assertedType($0) }
    case .callExpression:
      guard let function = value.child(.function) else { return nil }
      guard function.kind == .identifier, source.text(function) == "new" else {
        return assertedType(function)
      }
      return value.child(.arguments)?.firstChild.flatMap { assertedType($0) }
    default: return nil
    }
  }
}

/// What one file declares of types, their methods, and interfaces.
struct MethodSets {
  /// Pairs of a type and an interface that are compared in a file; a file of more is no one's writing.
  static let limit = 1 << 18
  static let mostMethods = 1_000
  static let mostEdges = 2_000

  /// Names of types that are no interfaces, where they stand.
  var types: [Node] = []
  var methods: [Text: [Text: Node]] = [:]
  var interfaces: [Text: Node] = [:]
  /// Names of interfaces in the order of the file.
  var order: [Text] = []
  /// The methods that interfaces ask for, as far as asked; nil where some are in other files.
  var known: [Text: [Text: String]?] = [:]
  var depth = 0
  /// Type and interface, as far as reported.
  var told: Set<Text> = []

  mutating func note(_ spec: Node, _ source: Source) {
    guard let place = spec.child(.name), let type = spec.child(.type), spec.child(.typeParameters) == nil
    else {
      return
    }
    if type.kind == .interfaceType {
      if interfaces.updateValue(type, forKey: source.text(place)) == nil { order.append(source.text(place)) }
    } else {
      types.append(place)
    }
  }
}
