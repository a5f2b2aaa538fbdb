import CodiraModel

/// A type and what it inherits from, nearest first; the types of one level stand side by side.
struct Linearization {
  var levels: [[Int]]
  /// Some supertype has no row: a member may be there that nobody sees here.
  var isMissing = false
  /// Names of such supertypes.
  var outside: [String] = []
  /// What it took, as an outcome without places.
  var cost = Outcome()
}

extension Resolver {
  func linearization(of type: Int, members: Int, nesting: Int) throws -> Linearization {
    if let known = linearizations[type], members + known.cost.memberDepth <= Candidate.Step.limit,
      nesting + known.cost.nesting <= Self.nestingLimit
    {
      return known
    }
    if let known = scratchLinearizations[type] { return known }
    let question = Question.supertypes(type)
    var line = Linearization(levels: [[type]])
    let outcome = try answer(question, members: members, nesting: nesting) {
      let isC3 = try traits(of: table[type].id.languagePrefix).contains(.c3)
      line =
        isC3
        ? try c3(type, members: members, nesting: nesting + 1)
        : try breadthFirst(type, members: members, nesting: nesting + 1)
      return line.cost
    }
    line.cost = outcome
    if !outcome.isCut {
      linearizations[type] = line
    } else if !isOpen(question) {
      scratchLinearizations[type] = line
    }
    return line
  }

  /// What extends it, then along `inherits` level by level, then along `implements` of everything found.
  private func breadthFirst(_ type: Int, members: Int, nesting: Int) throws -> Linearization {
    var line = Linearization(levels: [[type]])
    var seen: Set<Int> = [type]
    var implemented: [Int] = []
    func descend(_ start: [Int], alongBoth: Bool) throws {
      var level = start
      while !level.isEmpty {
        var next: [Int] = []
        let extended = try level.flatMap { try extensions(of: $0) }.filter { seen.insert($0).inserted }
        if !extended.isEmpty { line.levels.append(extended) }
        for each in level + extended {
          let above = try directSupertypes(of: each, members: members, nesting: nesting)
          line.isMissing = line.isMissing || above.isMissing
          line.outside += above.outside
          line.cost.noteCost(above.cost)
          next += above.inherits
          if alongBoth { next += above.implements } else { implemented += above.implements }
        }
        level = next.filter { seen.insert($0).inserted }
        if !level.isEmpty { line.levels.append(level) }
      }
    }
    try descend([type], alongBoth: false)
    let interfaces = implemented.filter { seen.insert($0).inserted }
    if !interfaces.isEmpty { line.levels.append(interfaces) }
    try descend(interfaces, alongBoth: true)
    return line
  }

  /// C3 over the bases that have rows; where no such order exists, depth first from the left.
  private func c3(_ type: Int, members: Int, nesting: Int) throws -> Linearization {
    let above = try directSupertypes(of: type, members: members, nesting: nesting)
    var line = Linearization(
      levels: [], isMissing: above.isMissing, outside: above.outside, cost: above.cost)
    let bases = above.inherits + above.implements
    var lists: [[Int]] = []
    for base in bases {
      let inherited = try linearization(of: base, members: members, nesting: nesting)
      line.isMissing = line.isMissing || inherited.isMissing
      line.outside += inherited.outside
      line.cost.noteCost(inherited.cost)
      lists.append(Array(inherited.levels.joined()))
    }
    let order = Self.merge(lists + [bases]) ?? lists.flatMap { $0 }
    var seen: Set<Int> = [type]
    line.levels = [[type]] + order.filter { seen.insert($0).inserted }.map { [$0] }
    return line
  }

  private static func merge(_ lists: [[Int]]) -> [Int]? {
    var lists = lists.filter { !$0.isEmpty }
    var order: [Int] = []
    while !lists.isEmpty {
      let head = lists.lazy.map { $0[0] }.first { candidate in
        !lists.contains { $0.dropFirst().contains(candidate) }
      }
      guard let head else { return nil }
      order.append(head)
      lists = lists.map { $0.first == head ? Array($0.dropFirst()) : $0 }.filter { !$0.isEmpty }
    }
    return order
  }

  private func extensions(of type: Int) throws -> [Int] {
    try facts.extensions(of: table[type].id).map { try table.index(of: $0.symbol.id, from: $0.file) }
  }

  private struct Direct {
    var inherits: [Int] = []
    var implements: [Int] = []
    var isMissing = false
    var outside: [String] = []
    var cost = Outcome()
  }

  /// The types that `type` names as its supertypes, in any of its rows.
  private func directSupertypes(of type: Int, members: Int, nesting: Int) throws -> Direct {
    var direct = Direct()
    for row in table[type].rows {
      for reference in try facts.supertypes(of: row.symbol.id, in: row.file) {
        let found = try types(
          of: try chains(
            reference.candidates, file: row.file, receiver: nil, members: members, nesting: nesting),
          members: members, nesting: nesting)
        direct.cost.noteCost(found)
        let symbols = found.places.map(\.symbol).filter { $0 != type }
        direct.isMissing = direct.isMissing || symbols.isEmpty
        if symbols.isEmpty { direct.outside += found.outside.map(TypeText.lastComponent) }
        let chosen = found.isParallel ? symbols : Array(symbols.prefix(1))
        if reference.role == .inherits {
          direct.inherits += chosen.filter { !direct.inherits.contains($0) }
        } else {
          direct.implements += chosen.filter { !direct.implements.contains($0) }
        }
      }
    }
    return direct
  }

  /// The types among the places; of a callable or value its type, as a class that a function makes.
  private func types(of outcome: Outcome, members: Int, nesting: Int) throws -> Outcome {
    var result = outcome.withoutPlaces
    result.isParallel = outcome.isParallel
    result.places = outcome.places.filter { $0.path == nil && table[$0.symbol].isType }
    guard result.isEmpty else { return result }
    for place in outcome.places where place.path == nil {
      let made = try values(place.symbol, receiver: place.receiver, [], members: members, nesting: nesting)
      result.noteCost(made)
      result.places += made.places.filter { $0.path == nil && table[$0.symbol].isType }
    }
    return result
  }
}
