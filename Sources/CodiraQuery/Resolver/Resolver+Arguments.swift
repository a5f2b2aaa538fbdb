import CodiraModel

/// What is known of an argument's type.
enum ArgumentType: Equatable {
  case unknown
  /// A type with rows.
  case symbol(Int)
  /// A type without, by the last component of its name; `;null` and `;lambda n` too.
  case external(String)
}

/// How an argument goes with a parameter.
enum Fit: Equatable {
  case equal
  /// The same type, passed less directly than it could be.
  case near(Int)
  case subtype(Int)
  case convertible(Conversions.Conversion)
  case unknown
  case cannot

  static func == (left: Fit, right: Fit) -> Bool {
    switch (left, right) {
    case (.equal, .equal), (.unknown, .unknown), (.cannot, .cannot): true
    default: left.rank != nil && left.rank == right.rank
    }
  }

  /// Less is better; nil where nothing is known.
  var rank: Int? {
    switch self {
    case .equal: 0
    case .near(let distance): distance
    case .subtype(let distance): 10 * distance
    case .convertible(let conversion): 1_000 * (Int(conversion.phase) + 1) + min(conversion.order, 999)
    case .unknown, .cannot: nil
    }
  }

  var isEqual: Bool {
    switch self {
    case .equal, .near: true
    default: false
    }
  }

  /// The phase in which a language would find it; nil where nothing is known.
  var phase: UInt32? {
    switch self {
    case .equal, .near, .subtype: 0
    case .convertible(let conversion): conversion.phase
    case .unknown, .cannot: nil
    }
  }
}

extension Resolver {
  func argumentType(_ candidates: [Candidate], in file: Int64) throws -> ArgumentType {
    if let first = candidates.first, first.flags.contains(.external), first.root.text.utf8.first == 0x3B {
      return .external(first.root.text)
    }
    let outcome = try chains(candidates, file: file, receiver: nil, members: 0, nesting: 0)
    guard !outcome.isEmpty else { return outsideType(outcome) }
    var types: [ArgumentType] = []
    for place in outcome.places {
      let type = try typeOfValue(place)
      if !types.contains(type) { types.append(type) }
      if !outcome.isParallel, type != .unknown { break }
    }
    if outcome.isParallel { return types.count == 1 ? types[0] : .unknown }
    return types.first { $0 != .unknown } ?? .unknown
  }

  func typeOfValue(_ place: Place) throws -> ArgumentType {
    guard place.path == nil else { return .unknown }
    if table[place.symbol].isType { return try typeBehindAliases(place.symbol) }
    let type = try values(place.symbol, receiver: place.receiver, [], members: 0, nesting: 0)
    guard let value = type.places.first else { return outsideType(type) }
    guard !type.isParallel, value.path == nil, table[value.symbol].isType else { return .unknown }
    return try typeBehindAliases(value.symbol)
  }

  /// Another name for a type of elsewhere is that type.
  private func typeBehindAliases(_ symbol: Int) throws -> ArgumentType {
    let entry = table[symbol]
    guard entry.kind == .typeAlias, let row = entry.rows.first, !row.symbol.aliases.isEmpty else {
      return .symbol(symbol)
    }
    let outcome = try chains(row.symbol.aliases, file: row.file, receiver: nil, members: 0, nesting: 0)
    let outside = outcome.isEmpty ? outsideType(outcome) : .unknown
    return outside == .unknown ? .symbol(symbol) : outside
  }

  func outsideType(_ outcome: Outcome) -> ArgumentType {
    let names = Set(outcome.outside.map(TypeText.lastComponent))
    guard names.count == 1, let name = names.first else { return .unknown }
    return .external(name)
  }

  func fit(_ argument: ArgumentType, _ parameter: String, _ conversions: Conversions) throws -> Fit {
    switch argument {
    case .unknown: .unknown
    case .external(let name):
      name.utf8.first == UInt8(ascii: ";")
        ? fit(reserved: name, parameter, conversions) : fit(name, parameter, conversions)
    case .symbol(let symbol): try fit(symbol, parameter, conversions)
    }
  }

  /// `null` and lambdas: what the table does not close takes them.
  private func fit(reserved name: String, _ parameter: String, _ conversions: Conversions) -> Fit {
    if let known = conversions.conversion(from: name, to: parameter) { return .convertible(known) }
    if conversions.isClosed(parameter) { return .cannot }
    guard name != Argument.null else { return .subtype(1) }
    return TypeText.isArray(parameter) && conversions.closesArrays ? .cannot : .unknown
  }

  private func fit(_ name: String, _ parameter: String, _ conversions: Conversions) -> Fit {
    if name == parameter { return .equal }
    if TypeText.isArray(name), TypeText.isArray(parameter) {
      let inner = fit(TypeText.element(name), TypeText.element(parameter), conversions)
      // An array of numbers is not widened.
      return inner.phase ?? 0 > 0 ? .cannot : inner
    }
    if let known = conversions.conversion(from: name, to: parameter) { return .convertible(known) }
    if let known = conversions.conversion(to: parameter) { return .convertible(known) }
    if conversions.closesArrays, TypeText.isArray(name) != TypeText.isArray(parameter) { return .cannot }
    return conversions.knowsAll(from: name) || conversions.isClosed(parameter) ? .cannot : .unknown
  }

  private func fit(_ symbol: Int, _ parameter: String, _ conversions: Conversions) throws -> Fit {
    let line = try linearization(of: symbol, members: 0, nesting: 0)
    for (distance, level) in line.levels.enumerated()
    where level.contains(where: { StableID.lastName(of: table[$0].id.text) == parameter }) {
      return distance == 0 ? .equal : .subtype(distance)
    }
    if line.outside.contains(parameter) { return .subtype(line.levels.count) }
    let name = StableID.lastName(of: table[symbol].id.text)
    if let known = conversions.conversion(from: name, to: parameter) { return .convertible(known) }
    if let known = conversions.conversion(to: parameter) { return .convertible(known) }
    if conversions.isClosed(parameter) { return .cannot }
    if conversions.closesArrays, TypeText.isArray(parameter) { return .cannot }
    return line.isMissing ? .unknown : .cannot
  }

  func conversionTable(_ language: Substring) throws -> Conversions {
    if let known = conversions[language] { return known }
    let table = Conversions(try facts.conversions(of: language))
    conversions[language] = table
    return table
  }
}

/// The reserved arguments, spelled as they cross the analyzer interface.
enum Argument {
  static let null = ";null"
  /// How the argument is passed, before the candidates of its type.
  static let form = ";as:"
  /// An entry for what the member is called on.
  static let receiver = ";of:"
  /// Nothing stands behind the parameters.
  static let nothing = ";"
}
