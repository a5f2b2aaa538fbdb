import CodiraAnalyzerKit

/// What stands around a place: namespaces, records, functions, and the names declared in them.
struct Scope {
  struct Frame {
    enum Kind { case namespace, record, function }

    var kind: Kind
    var id: Text
    /// For what the file keeps to itself.
    var twin: Text
    var name: Text
    /// As readers write it: `leveldb::DBImpl`.
    var qualified: Text
    /// The language does not overload here: `extern "C"`.
    var isC = false
    /// A `const` member function.
    var isConst = false
  }

  private enum Local {
    case value(Value?)
    case type(Text)
    case alias([Chain])
    case parameter
  }

  private(set) var frames: [Frame] = []
  private var locals: [(name: Text, what: Local)] = []
  private var directives: [Chain] = []
  private let file: FileContext
  private let names: FileNames

  init(_ file: FileContext, _ names: FileNames) {
    self.file = file
    self.names = names
    let twin = file.isHeader ? file.root : file.module
    frames = [Frame(kind: .namespace, id: file.root, twin: twin, name: .empty, qualified: .empty)]
  }

  // Frames

  var top: Frame { frames[frames.count - 1] }

  var namespace: Frame { frames.last { $0.kind == .namespace }! }

  var record: Frame? { frames.last.flatMap { $0.kind == .record ? $0 : nil } }

  /// The record whose member function is around, for `this`.
  var enclosingRecord: Frame? { frames.last { $0.kind == .record } }

  /// Whether `extern "C"` is around.
  var namespaceIsC: Bool { frames.contains { $0.isC } }

  /// Whether `this` is `const`; nil outside of member functions.
  var isThisConst: Bool? {
    guard let index = frames.lastIndex(where: { $0.kind == .function }), index > 0,
      frames[index - 1].kind == .record
    else { return nil }
    return frames[index].isConst
  }

  var isInFunction: Bool { frames.contains { $0.kind == .function } }

  mutating func enter(_ frame: Frame) { frames.append(frame) }

  mutating func leaveFrame() { frames.removeLast() }

  mutating func setC(_ isC: Bool) { frames[frames.count - 1].isC = isC }

  // Locals

  var mark: Int { locals.count }

  mutating func leave(_ mark: Int) { locals.removeSubrange(mark...) }

  mutating func declare(_ name: Text, _ value: Value?) { locals.append((name, .value(value))) }

  mutating func declareType(_ name: Text, _ id: Text) { locals.append((name, .type(id))) }

  mutating func declareAlias(_ name: Text, _ chains: [Chain]) { locals.append((name, .alias(chains))) }

  mutating func declareParameter(_ name: Text) { locals.append((name, .parameter)) }

  mutating func addDirective(_ chains: [Chain]) {
    for chain in chains.prefix(3) where !directives.contains(chain) { directives.append(chain) }
  }

  /// Whether a name is a local variable's, and what is known of it.
  func local(_ name: Text) -> Value?? {
    guard let index = locals.lastIndex(where: { $0.name == name }) else { return nil }
    if case .value(let value) = locals[index].what { return .some(value) }
    return nil
  }

  /// Whether it stands for a type or value that only a use of the template decides.
  func isTemplateParameter(_ name: Text) -> Bool {
    guard let index = locals.lastIndex(where: { $0.name == name }) else { return false }
    if case .parameter = locals[index].what { return true }
    return false
  }

  // Look-up

  /// Where an unqualified name may lead, innermost first.
  func chains(_ name: Text, forScope: Bool = false) -> [Chain] {
    if let index = locals.lastIndex(where: { $0.name == name }) {
      switch locals[index].what {
      case .type(let id): return [Chain(id)]
      case .alias(let chains): return chains
      case .parameter: return []
      case .value: break
      }
    }
    var found: [Chain] = []
    for frame in frames.reversed() where frame.kind != .function {
      if frame.kind == .record, frame.name == name {
        found.append(Chain(frame.id))
        return found
      }
      if frame.twin != frame.id, let own = names.scopes[frame.twin], own.contains(name) {
        found.append(file.arena.chain(frame.twin, name))
        if own.types.contains(name) { return found }
      }
      let known = names.scopes[frame.id]
      if let known, known.contains(name),
        !forScope || known.types.contains(name) || known.namespaces.contains(name)
      {
        found.append(file.arena.chain(frame.id, name))
        return found
      }
      // A record that is whole here and inherits nothing has no other names.
      if frame.kind == .record, let known, known.isRecord, !known.hasBases { continue }
      found.append(file.arena.chain(frame.id, name))
    }
    for directive in directives {
      if let chain = file.arena.chain(directive, then: name) { found.append(chain) }
    }
    return found
  }

  /// Where a qualified name may lead.
  func chains(_ parts: [Text]) -> [Chain] {
    guard let first = parts.first else { return [] }
    if parts.count == 1 { return chains(first) }
    if first == "std" || (first.isEmpty && parts[1] == "std") {
      return [Chain(joined(parts), flags: .external)]
    }
    var found = first.isEmpty ? [Chain(file.root)] : chains(first, forScope: true)
    for part in parts.dropFirst() {
      found = found.compactMap { file.arena.chain($0, then: part) }
    }
    if let own = ownChain(parts) { found.append(own) }
    return found
  }

  /// A name of a namespace that this file keeps to itself.
  private func ownChain(_ parts: [Text]) -> Chain? {
    guard let name = parts.last else { return nil }
    for frame in frames.reversed() where frame.kind == .namespace && frame.twin != frame.id {
      var id = frame.twin
      for part in parts.dropLast() where !part.isEmpty { id = file.ids.id(id, .namespace, part) }
      if names.scopes[id]?.contains(name) == true { return file.arena.chain(id, name) }
    }
    return nil
  }

  private func joined(_ parts: [Text]) -> Text {
    var text = Text.empty
    for part in parts where !part.isEmpty {
      text = text.isEmpty ? part : file.arena.join(text, "::", part)
    }
    return text
  }

  /// The records and namespaces that a definition's qualifier names, outermost first.
  func owners(_ parts: [Text]) -> [(id: Text, name: Text, isRecord: Bool)] {
    let path = parts.filter { !$0.isEmpty }
    guard let first = path.first else { return [(file.root, .empty, false)] }
    var id = file.ids.id(namespace.id, .type, first)
    var isRecord = true
    for frame in frames.reversed() where frame.kind != .function {
      let homes = frame.twin == frame.id ? [frame.id] : [frame.twin, frame.id]
      guard let home = homes.first(where: { declares(first, $0) != nil }), let kind = declares(first, home)
      else { continue }
      id = file.ids.id(home, kind, first)
      isRecord = kind == .type
      break
    }
    var owners = [(id, first, isRecord)]
    for part in path.dropFirst() {
      let kind = declares(part, id) ?? .type
      id = file.ids.id(id, kind, part)
      owners.append((id, part, kind == .type))
    }
    return owners
  }

  private func declares(_ name: Text, _ scope: Text) -> DescriptorKind? {
    guard let known = names.scopes[scope] else { return nil }
    if known.types.contains(name) { return .type }
    return known.namespaces.contains(name) ? .namespace : nil
  }
}
