import CodiraAnalyzerKit
import CodiraModel

extension FileReader {
  /// Gives the definition its id, and the output its symbol.
  func define(_ index: Int) {
    let node = nodes[index]
    var (parent, prefix) = base(of: node)
    // What a file imports is its own matter.
    if node.rule?.kind == .import, parent == module.home { (parent, prefix) = (module.id, module.prefix) }
    nodes[index].parentID = parent
    let name = node.path.name
    nodes[index].qualifiedName = arena.join(prefix, prefix.isEmpty ? .empty : rules.join, name)
    guard let rule = node.rule else {
      nodes[index].id = output.ids.id(parent, node.descriptor, name)
      return
    }
    if parent == module.home, node.container < 0, rule.descriptor == .term, exports.contains(name) {
      // It stands for the module: what belongs to it belongs to the module.
      nodes[index].id = module.home
      nodes[index].qualifiedName = module.prefix
      return
    }
    let parameters = self.parameters(of: node.found)
    let overload = overload(rule, parameters)
    let bare = output.ids.id(
      parent, rule.descriptor, name, overload: overload, mark: rule.role.map { .role($0) })
    if rule.isMerged, emitted[bare] != nil {
      nodes[index].id = bare
      return
    }
    var id = output.ids.define(parent, rule.descriptor, name, overload: overload, role: rule.role)
    // The module has an id that a definition may have too.
    while emitted[id] != nil {
      id = output.ids.define(parent, rule.descriptor, name, overload: overload, role: rule.role)
    }
    nodes[index].id = id
    nodes[index].isSymbol = true
    emitted[id] = output.symbols.count
    output.symbols.append(symbol(nodes[index], rule, parameters))
  }

  /// What a definition is a member of, by id and by name: its container, and what its own name says of it.
  private func base(of node: DefinitionNode) -> (id: Text, name: Text) {
    guard let first = node.path.prefix.first else { return home(node.home) }
    var base: (id: Text, name: Text)
    if exports.contains(first) || rules.selfNames.contains(first) && node.container < 0 {
      base = (module.home, module.prefix)
    } else if rules.selfNames.contains(first) {
      base = selfType(from: node.container).map { ($0, .empty) } ?? home(node.home)
    } else {
      base = step(known(first, from: node.container) ?? outer(node), first)
    }
    for part in node.path.prefix.dropFirst() { base = step(base, part) }
    return base
  }

  private func home(_ container: Int) -> (id: Text, name: Text) {
    guard container >= 0 else { return (module.home, module.prefix) }
    return (nodes[container].id, nodes[container].qualifiedName)
  }

  private func step(_ base: (id: Text, name: Text), _ name: Text) -> (id: Text, name: Text) {
    (
      output.ids.id(base.id, rules.qualifier, name),
      arena.join(base.name, base.name.isEmpty ? .empty : rules.join, name)
    )
  }

  /// Where the first part of a qualified name is defined in this file, seen from a container.
  func known(_ name: Text, from container: Int) -> (id: Text, name: Text)? {
    var container = container
    while true {
      if members[MemberKey(container: container, name: name)] != nil { return home(container) }
      if container < 0 { return nil }
      container = nodes[container].container
    }
  }

  /// Where a name that the file does not define is taken to be: a value is the module's, a type is its container's.
  private func outer(_ node: DefinitionNode) -> (id: Text, name: Text) {
    node.path.isRooted || rules.qualifier == .term ? home(-1) : home(node.home)
  }

  /// What a word for "this object" stands for: what the outermost callable around it is a member of, or the type.
  func selfType(from container: Int) -> Text? {
    var container = container
    var type: Text?
    while container >= 0 {
      let node = nodes[container]
      if node.isCallable { type = node.parentID } else if type == nil { return node.id }
      if node.isType { return type }
      container = node.container
    }
    return type
  }

  private func overload(_ rule: RuleSet.Definition, _ parameters: [FoundParameter]) -> Text {
    switch rule.overload {
    case .none: return .empty
    case .count: return arena.copy(String(parameters.count))
    case .types:
      let types = parameters.map { parameter in
        parameter.type.map { arena.copy(Self.oneLine(text($0), limit: 1_000)) } ?? "_"
      }
      return arena.join(types, separator: ",")
    }
  }

  private func parameters(of found: FoundDefinition) -> [FoundParameter] {
    guard let list = found.parameters else { return [] }
    var low = 0
    var high = captures.parameters.count
    while low < high {
      let middle = (low + high) / 2
      if captures.parameters[middle].span.start < list.start { low = middle + 1 } else { high = middle }
    }
    var inside: [FoundParameter] = []
    while low < captures.parameters.count, captures.parameters[low].span.start < list.end {
      let parameter = captures.parameters[low]
      // What lies in another parameter belongs to that one's default.
      if parameter.span.end <= list.end, inside.last.map({ !$0.span.contains(parameter.span) }) ?? true {
        inside.append(parameter)
      }
      low += 1
    }
    return inside
  }
}
