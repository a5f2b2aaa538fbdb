import CodiraModel

extension Resolver {
  /// One reserved step further: an element, a key, a result, what an arrow gives, a type's constructors.
  func step(_ place: Place, _ step: String, members: Int, nesting: Int) throws -> Outcome {
    func part(_ path: [String]) throws -> Outcome {
      try values(place.symbol, receiver: place.receiver, path, members: members, nesting: nesting)
    }
    if step == Candidate.Step.dereference {
      return try dereference(place, members: members, nesting: nesting)
    }
    if let path = place.path { return try part(path + [step]) }
    let entry = table[place.symbol]
    switch step {
    case Candidate.Step.constructor where entry.isType: return try constructors(of: place)
    case Candidate.Step.constructor where !entry.isCallable && !entry.isNamespace:
      // Of a value its type's: what initializes a field.
      return try answer(
        .valueMember(place.symbol, receiver: place.receiver, step), members: members, nesting: nesting
      ) {
        let type = try values(
          place.symbol, receiver: place.receiver, [], members: members, nesting: nesting + 1)
        return try walk(type, step, members: members, nesting: nesting + 1).costing(type)
      }
    case Candidate.Step.constructor: return .unknown
    case Candidate.Step.call where entry.isType && !place.isValue:
      var instance = place
      instance.isValue = true
      return .at(instance)
    case Candidate.Step.call where entry.isCallable:
      // Of a callable that gives one more: what that gives, else itself, to be called in turn.
      var called = try part([step])
      let given = try part([])
      if called.isEmpty { return given.costing(called) }
      called.places += given.places.filter { !called.places.contains($0) }
      return called.costing(given)
    default:
      guard entry.isType else { return try part([step]) }
      return try inheritedPart(of: place.symbol, step, members: members, nesting: nesting)
    }
  }

  /// What stands at `path` of a symbol's value type; rows that name different types hold side by side.
  func values(_ symbol: Int, receiver: Int?, _ path: [String], members: Int, nesting: Int) throws -> Outcome {
    let entry = table[symbol]
    guard entry.rows.contains(where: { !$0.symbol.valueTypes.isEmpty }) else { return .unknown }
    let usesReceiver = entry.rows.contains { $0.symbol.usesReceiver }
    let question = Question.values(symbol, receiver: usesReceiver ? receiver : nil, path)
    return try answer(question, members: members, nesting: nesting) {
      var result = Outcome()
      for row in entry.rows {
        result.unite(
          try values(
            of: row, symbol, receiver: usesReceiver ? receiver : nil, path, members: members,
            nesting: nesting + 1))
      }
      return result
    }
  }

  private func values(
    of row: StatedSymbol, _ symbol: Int, receiver: Int?, _ path: [String], members: Int, nesting: Int
  ) throws -> Outcome {
    let entries = row.symbol.valueTypes(forPath: path)
    if entries.isEmpty { return .unknown }
    for length in stride(from: path.count, through: 0, by: -1) {
      let start = Array(path.prefix(length))
      let here = entries.filter { $0.path == start }
      if here.isEmpty {
        guard length == path.count, entries.contains(where: { $0.path.starts(with: path) }) else { continue }
        return .at(Place(symbol: symbol, receiver: receiver, path: path, isValue: true))
      }
      let from =
        try receiver ?? (row.symbol.parent.isEmpty ? nil : table.index(of: row.symbol.parent, from: row.file))
      var outcome = Outcome()
      for entry in here {
        let next = try chains(
          entry.candidates, file: row.file, receiver: from, members: members, nesting: nesting)
        outcome.places += next.places
        outcome.isParallel = outcome.isParallel || next.isParallel
        outcome.noteFailure(next)
      }
      outcome = typesOnly(outcome)
      for step in path.dropFirst(length) {
        let next = try walk(outcome, step, members: members, nesting: nesting)
        outcome = next.costing(outcome)
      }
      return outcome
    }
    return .unknown
  }

  /// In a value type a name that is a type and a value means the type; what it names is then a value.
  private func typesOnly(_ outcome: Outcome) -> Outcome {
    var result = outcome
    let types = outcome.places.filter { $0.path == nil && table[$0.symbol].isType }
    if !types.isEmpty,
      outcome.places.contains(where: {
        $0.path == nil && !table[$0.symbol].isType && !table[$0.symbol].isCallable
      })
    {
      result.places = types
    }
    for index in result.places.indices where table[result.places[index].symbol].isType {
      result.places[index].isValue = true
    }
    return result
  }

  /// The type's own arrow operator, else its element, else itself; of a value its type's.
  private func dereference(_ place: Place, members: Int, nesting: Int) throws -> Outcome {
    let entry = table[place.symbol]
    if place.path == nil, !entry.isType {
      let question = Question.valueMember(place.symbol, receiver: place.receiver, Candidate.Step.dereference)
      return try answer(question, members: members, nesting: nesting) {
        let type = try values(
          place.symbol, receiver: place.receiver, [], members: members, nesting: nesting + 1)
        return try walk(type, Candidate.Step.dereference, members: members, nesting: nesting + 1).costing(
          type)
      }
    }
    var cost = Outcome()
    for step in [Candidate.Step.dereference, Candidate.Step.element] {
      let next =
        if let path = place.path {
          try values(
            place.symbol, receiver: place.receiver, path + [step], members: members, nesting: nesting)
        } else {
          try inheritedPart(of: place.symbol, step, members: members, nesting: nesting)
        }
      if !next.isEmpty { return next.costing(cost) }
      cost.noteCost(next)
    }
    return Outcome.at(place).costing(cost)
  }

  /// A part of a type's own value type, else of its supertypes'.
  private func inheritedPart(of type: Int, _ step: String, members: Int, nesting: Int) throws -> Outcome {
    let line = try linearization(of: type, members: members, nesting: nesting)
    var result = Outcome()
    for ancestor in line.levels.joined() {
      let next = try values(ancestor, receiver: type, [step], members: members, nesting: nesting)
      if !next.isEmpty { return next.costing(result).costing(line.cost) }
      result.noteFailure(next)
    }
    result.noteCost(line.cost)
    result.isMissing = result.isMissing || line.isMissing
    return result
  }

  func constructors(of place: Place) throws -> Outcome {
    let entry = table[place.symbol]
    guard entry.isType else { return .unknown }
    var result = Outcome(isParallel: true)
    for row in try facts.constructors(of: entry.id) {
      let symbol = try table.index(of: row.symbol.id, from: row.file)
      let constructor = Place(symbol: symbol, receiver: place.symbol)
      if !result.places.contains(constructor) { result.places.append(constructor) }
    }
    return result.isEmpty ? .at(place) : result
  }
}

extension Outcome {
  /// The same, with what `earlier` cost.
  func costing(_ earlier: Outcome) -> Outcome {
    var result = self
    result.noteCost(earlier)
    return result
  }
}

extension Symbol {
  fileprivate var usesReceiver: Bool {
    valueTypes.contains { entry in entry.candidates.contains { $0.flags.contains(.receiver) } }
  }

  /// The entries that may say what stands at `path`: what parameters are declared as says nothing of the value itself,
  /// and where a symbol states it of some, the others' is unknown.
  fileprivate func valueTypes(forPath path: [String]) -> [ValueTypeEntry] {
    func isOfParameter(_ path: [String]) -> Bool { path.first.map(Candidate.Step.isParameter) ?? false }
    let wanted = isOfParameter(path)
    let entries = valueTypes.filter { isOfParameter($0.path) == wanted }
    return entries.isEmpty && wanted ? valueTypes : entries
  }
}
