import CodiraModel

extension Resolver {
  /// One member further from every place: of alternatives the first that has it, of parallel places all.
  func walk(_ from: Outcome, _ member: String, members: Int, nesting: Int) throws -> Outcome {
    var result = Outcome()
    let isStep = Candidate.Step.isReserved(member)
    let (name, count) = isStep ? (member, nil) : Self.called(member)
    for place in isStep || from.places.count == 1 ? from.places : valuesFirst(from) {
      var next =
        isStep
        ? try step(place, member, members: members, nesting: nesting)
        : try named(place, Self.plain(name), members: members, nesting: nesting)
      if let count { next.places = callables(next.places, taking: count) }
      if from.isParallel {
        result.unite(next)
      } else if next.isEmpty {
        result.noteFailure(next)
      } else {
        next.noteCost(result)
        return next
      }
    }
    return result
  }

  /// A callable has been called by now, or it is none: what goes on from a bare name goes on from the value.
  private func valuesFirst(_ from: Outcome) -> [Place] {
    guard from.isParallel else { return from.places }
    let values = from.places.filter { !table[$0.symbol].isCallable }
    return values.isEmpty ? from.places : values
  }

  /// What a call of so many arguments may mean: callables that take them, else values.
  private func callables(_ places: [Place], taking count: Int32) -> [Place] {
    let callables = places.filter { table[$0.symbol].isCallable }
    guard !callables.isEmpty else { return places }
    let fitting = callables.filter { place in
      table[place.symbol].rows.contains { $0.symbol.takes(count) }
    }
    return fitting.isEmpty ? callables : fitting
  }

  /// The member `name` of a place: of a type or namespace its own and inherited, of a callable its own or its
  /// result's, of a value its own or its type's.
  private func named(_ place: Place, _ name: String, members: Int, nesting: Int) throws -> Outcome {
    // A list, a map, a channel: what the language gives it has no row here.
    if place.path != nil { return .external }
    let entry = table[place.symbol]
    if entry.isType { return try typeMember(place.symbol, name, members: members, nesting: nesting) }
    if entry.isNamespace {
      return try namespaceMember(place.symbol, name, members: members, nesting: nesting)
    }
    return try answer(
      .valueMember(place.symbol, receiver: place.receiver, name), members: members, nesting: nesting
    ) {
      let own = try own(place.symbol, named: name, members: members, nesting: nesting + 1)
      if !own.isEmpty { return own }
      let type = try values(
        place.symbol, receiver: place.receiver, [], members: members, nesting: nesting + 1)
      var result = try walk(type, name, members: members, nesting: nesting + 1)
      var unknownType = type.withoutPlaces
      unknownType.isLacking = false
      result.noteFailure(unknownType)
      return result
    }
  }

  private func typeMember(_ type: Int, _ name: String, members: Int, nesting: Int) throws -> Outcome {
    try answer(.member(type, name), members: members, nesting: nesting) {
      let line = try linearization(of: type, members: members, nesting: nesting + 1)
      let overloads = try traits(of: table[type].id.languagePrefix).contains(.overloads)
      var result = Outcome()
      for level in line.levels {
        var found = Outcome()
        for ancestor in level {
          found.unite(try own(ancestor, named: name, members: members, nesting: nesting + 1))
        }
        if overloads { found.places.removeAll { isOverridden($0, by: result.places) } }
        result.unite(found)
        if !result.isEmpty, !overloads { break }
      }
      if result.isEmpty, table[type].hasUnderlyingType {
        let underlying = try values(type, receiver: nil, [], members: members, nesting: nesting + 1)
        result.noteFailure(underlying.withoutPlaces)
        result.unite(try walk(underlying, name, members: members, nesting: nesting + 1))
      }
      for index in result.places.indices where result.places[index].receiver == nil {
        result.places[index].receiver = type
      }
      result.noteCost(line.cost)
      result.isMissing = result.isMissing || line.isMissing
      result.isLacking = result.isEmpty && !result.isMissing && !result.isExternal && table[type].kind != nil
      return result
    }
  }

  private func namespaceMember(_ namespace: Int, _ name: String, members: Int, nesting: Int) throws -> Outcome
  {
    try answer(.member(namespace, name), members: members, nesting: nesting) {
      var result = try own(namespace, named: name, members: members, nesting: nesting + 1)
      if !result.isEmpty { return result }
      for wildcard in try wildcards(of: namespace) {
        let source = try follow(wildcard, members: members, nesting: nesting + 1)
        var brought = try walk(source, name, members: members, nesting: nesting + 1)
        brought.places.removeAll { place in
          table[place.symbol].rows.contains { $0.symbol.visibility == .private }
        }
        result.unite(brought)
        result.noteFailure(source.withoutPlaces)
      }
      let isOpen = table[namespace].kind == nil
      result.isMissing = result.isMissing || (isOpen && result.isEmpty)
      result.isLacking = result.isEmpty && !result.isMissing && !result.isExternal
      return result
    }
  }

  /// The children of that name which a chain may reach, aliases followed.
  ///
  /// Children of a callable that are local to it are not reached from outside, constructors not by their name; of a
  /// name that is a type and a value the value comes first; a setter stands behind its property.
  func own(_ container: Int, named name: String, members: Int, nesting: Int) throws -> Outcome {
    let entry = table[container]
    let rows = try definitions(of: entry, named: name).filter { row in
      (!row.symbol.flags.contains(.wildcard) || row.symbol.kind.isType) && row.symbol.kind != .extension
        && !(entry.isCallable && row.symbol.flags.contains(.local))
        && !(entry.isType && row.symbol.kind == .constructor)
    }
    var values = Outcome()
    var types = Outcome()
    for id in distinct(rows, for: entry) {
      let symbol = try table.index(of: id, from: entry.file ?? -1)
      let outcome = try follow(symbol, members: members, nesting: nesting)
      if outcome.places.allSatisfy({ table[$0.symbol].isType }) {
        types.unite(outcome)
      } else {
        values.unite(outcome)
      }
    }
    var result = values
    result.isParallel = values.isParallel || types.isParallel
    result.places += types.places
    result.noteFailure(types)
    if result.isEmpty, rows.isEmpty, let inner = try namespace(named: name, in: entry) { return .at(inner) }
    if !result.isEmpty {
      result.isExternal = false
      result.isMissing = false
    }
    return result
  }

  /// Where nothing overloads, what a stub declares gives way to what is defined or imported under that name.
  private func definitions(
    of entry: SymbolTable<Facts>.Entry, named name: String
  ) throws -> [StatedSymbol] {
    let rows = try rows(of: entry, named: name)
    guard rows.count > 1, !entry.id.isLanguageRoot,
      try !traits(of: entry.id.languagePrefix).contains(.overloads)
    else { return rows }
    let definitions = rows.filter { !$0.symbol.flags.contains(.declarationOnly) }
    return definitions.isEmpty ? rows : definitions
  }

  private func rows(of entry: SymbolTable<Facts>.Entry, named name: String) throws -> [StatedSymbol] {
    let rows = try facts.members(of: entry.id, named: name)
    guard entry.id.isLanguageRoot else { return rows }
    let roots = try facts.members(of: StableID(""), named: name)
    return rows + roots.filter { $0.symbol.id.languagePrefix == entry.id.languagePrefix }
  }

  /// Ids in the order of their rows; one that plays a role (a setter) gives way to one that plays none.
  private func distinct(_ rows: [StatedSymbol], for entry: SymbolTable<Facts>.Entry) -> [StableID] {
    var ids: [StableID] = []
    for row in rows where !ids.contains(row.symbol.id) { ids.append(row.symbol.id) }
    guard ids.count > 1 else { return ids }
    let plain = ids.filter { !$0.playsRole }
    return plain.isEmpty ? ids : plain
  }

  /// A namespace inside another by its id alone: folders have no rows, and what lies in them may name no parent.
  private func namespace(named name: String, in entry: SymbolTable<Facts>.Entry) throws -> Place? {
    guard entry.kind == nil, entry.id.isNamespaceShaped || entry.id.isLanguageRoot else { return nil }
    var writer = StableIDWriter()
    entry.id.text.withUTF8Copy { writer.start(parent: $0) }
    writer.append(StableIDDescriptor(.namespace, name))
    let symbol = try table.index(of: StableID(writer.text), from: -1)
    return table[symbol].kind == nil ? nil : Place(symbol: symbol)
  }

  private func wildcards(of namespace: Int) throws -> [Int] {
    if let known = wildcardMemory[namespace] { return known }
    var symbols: [Int] = []
    for row in try facts.wildcards(of: table[namespace].id) {
      let symbol = try table.index(of: row.symbol.id, from: row.file)
      if !symbols.contains(symbol) { symbols.append(symbol) }
    }
    wildcardMemory[namespace] = symbols
    return symbols
  }

  /// `name(2)` is a callable of that name, called with two arguments.
  private static func called(_ member: String) -> (name: String, count: Int32?) {
    guard member.utf8.last == UInt8(ascii: ")"), let open = member.lastIndex(of: "("),
      open > member.startIndex,
      let count = Int32(member[member.index(after: open)...].dropLast())
    else { return (member, nil) }
    return (String(member[..<open]), count)
  }

  /// A name that looks like a step stands between back-ticks.
  private static func plain(_ member: String) -> String {
    guard member.utf8.count > 2, member.utf8.first == UInt8(ascii: "`"), member.utf8.last == UInt8(ascii: "`")
    else { return member }
    return String(member.dropFirst().dropLast())
  }
}

extension Outcome {
  /// Why it led nowhere, without where it led.
  var withoutPlaces: Outcome {
    var result = self
    result.places = []
    result.isParallel = false
    return result
  }
}

extension StableID {
  /// Whether its last descriptor carries a role, as a setter's does.
  var playsRole: Bool {
    guard text.utf8.contains(UInt8(ascii: ";")), let last = try? parse().descriptors.last else {
      return false
    }
    if case .role = last.mark { return true }
    return false
  }
}

extension String {
  fileprivate func withUTF8Copy(_ body: (UnsafeRawBufferPointer) -> Void) {
    var copy = self
    copy.withUTF8 { body(UnsafeRawBufferPointer($0)) }
  }
}
